internal import ArgumentParser
internal import Reports

extension HighAvailability {
  struct Affected: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Which VMs did a host failure affect, and what happened to each?",
      discussion: helpText(
        """
        Outcomes: restarted, failed, waiting, not_protected, recovered_with_host, duplicate, no_trace. Each VM comes with the
        numbers of the events that say so; what the evidence does not show is listed under its gaps.

        Tables: incidents, one line each with its counts; vms, those they hit (what -o csv prints by itself); gaps, what the
        evidence does not show; unconfirmed, hosts that do not or did not answer while no record shows what became of their
        VMs; unattributed, restarts by HA that belong to no known failure.

        EXAMPLE
          yadokari ha affected --host esx02
          yadokari ha affected --since -7d -o csv > affected.csv
          yadokari ha affected -o csv --table gaps
          yadokari ha affected --out affected/       # incidents.csv, vms.csv, gaps.csv, and two more
          yadokari ha affected --incident 43 -o html > incident-43.html
        """))

    @OptionGroup(title: "What is read") var reading: ReadOptions
    @OptionGroup var incidents: IncidentOptions
    @OptionGroup(title: "Order") var order: OrderOptions
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Tables as CSV") var tables: TableOptions

    func validate() throws { try tables.check(output.format) }

    func run() async throws {
      try await reading.read(incidents.history, source: incidents.source) { reader, moment in
        let report = try AffectedReport.report(
          reader, scope: incidents.scope(reader, at: moment), at: moment, isForPage: output.isPage,
          isNewestFirst: order.isNewestFirst(in: output.format))
        try tables.print(incidents.checkFound(report), output)
      }
    }
  }
}
