internal import ArgumentParser
internal import Inventory
internal import Ledger
internal import Reports

/// Which incidents: on the commands about them.
struct IncidentOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Only failures of this host, by name or id.", valueName: "name"))
  var host: String?

  @Option(help: ArgumentHelp("Only the incident of this number.", valueName: "number"))
  var incident: Int64?

  @Option(help: ArgumentHelp("Only failures in this source.", valueName: "name"))
  var source: String?

  @OptionGroup(title: "Time range") var history: HistoryOptions

  func validate() throws { try refuseBlank(("--host", host), ("--source", source)) }

  func scope(_ reader: borrowing LedgerReader, at moment: Instant) throws -> IncidentReader.Scope {
    var scope = IncidentReader.Scope()
    scope.incident = incident
    scope.source = source
    (scope.since, scope.until) = try history.window()
    scope.hosts = try host.map { name in
      let until = min(scope.until, moment)
      return try reader.objects(named: name, kind: .host, source: source, from: scope.since, to: until).map(\.id)
    }
    return scope
  }

  /// - Throws: `notFound` where an incident was asked for by a number that none has.
  func checkFound(_ report: Report) throws -> Report {
    if let incident, report.items.isEmpty {
      throw YadokariError(.notFound, "there is no incident \(incident); see \"yadokari ha incidents\"")
    }
    return report
  }
}
