internal import ArgumentParser
internal import Inventory
internal import Ledger
internal import Reports

struct HighAvailability: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ha", abstract: "Host failures and whom they hit.",
    subcommands: [Affected.self, Incidents.self])
}

/// Which incidents: shared by the commands about them.
struct IncidentOptions: ParsableArguments {
  @Option(help: "Only failures of this host, by name or id.")
  var host: String?

  @Option(help: "Only the incident of this number.")
  var incident: Int64?

  @Option(help: "The source of the host, where several have one of this name.")
  var source: String?

  @OptionGroup var history: HistoryOptions

  func scope(_ reader: borrowing LedgerReader, at moment: Instant) throws -> IncidentReader.Scope {
    var scope = IncidentReader.Scope()
    scope.host = try host.map { try reader.object(named: $0, kind: .host, source: source, at: moment).id }
    scope.incident = incident
    scope.since = try history.sinceInstant()
    scope.until = try history.untilInstant()
    return scope
  }
}

struct Affected: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Whom did a host failure hit, and what became of each VM?",
    discussion: """
      Outcomes: restarted, failed, waiting, not_protected, recovered_with_host, duplicate, no_trace. Each VM comes with the
      numbers of the events that say so; what the evidence does not show is listed under its gaps.

      EXAMPLE
        yadokari ha affected --host esx07
        yadokari ha affected --since -7d -o csv > affected.csv
      """)

  @OptionGroup var reading: ReadOptions
  @OptionGroup var incidents: IncidentOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let report = try await reading.read { reader, moment in
      let report = try AffectedReport.report(reader, scope: incidents.scope(reader, at: moment), at: moment)
      try incidents.checkFound(report)
      return report
    }
    try output.print(report)
  }
}

struct Incidents: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "All host failures, a line each.",
    discussion: """
      EXAMPLE
        yadokari ha incidents --since -30d
      """)

  @OptionGroup var reading: ReadOptions
  @OptionGroup var incidents: IncidentOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let report = try await reading.read { reader, moment in
      let report = try IncidentsReport.report(reader, scope: incidents.scope(reader, at: moment), at: moment)
      try incidents.checkFound(report)
      return report
    }
    try output.print(report)
  }
}

extension IncidentOptions {
  /// - Throws: `notFound` where an incident was asked for by a number that none has.
  func checkFound(_ report: Report) throws {
    if let incident, report.items.isEmpty {
      throw YadokariError(.notFound, "there is no incident \(incident); see \"yadokari ha incidents\"")
    }
  }
}
