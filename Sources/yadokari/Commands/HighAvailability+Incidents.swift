internal import ArgumentParser
internal import Reports

extension HighAvailability {
  struct Incidents: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List host failures, one per line.",
      discussion: helpText(
        """
        EXAMPLE
          yadokari ha incidents --since -30d
        """))

    @OptionGroup(title: "What is read") var reading: ReadOptions
    @OptionGroup var incidents: IncidentOptions
    @OptionGroup(title: "Order") var order: OrderOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
      try await reading.read(incidents.history, source: incidents.source) { reader, moment in
        try output.print(
          incidents.checkFound(
            IncidentsReport.report(
              reader, scope: incidents.scope(reader, at: moment), at: moment, isForPage: output.isPage,
              isNewestFirst: order.isNewestFirst(in: output.format))))
      }
    }
  }
}
