internal import ArgumentParser
internal import Inventory
internal import Ledger
internal import Reports

/// Which moves: on `replay`.
struct ReplayOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Only this VM, by name or id.", valueName: "name"))
  var vm: String?

  @Option(help: ArgumentHelp("Only moves from or to this host, by name or id.", valueName: "name"))
  var host: String?

  @Option(help: ArgumentHelp("Only moves within, into or out of this cluster, by name or id.", valueName: "name"))
  var cluster: String?

  @Option(help: ArgumentHelp("Only moves of this source.", valueName: "name"))
  var source: String?

  @OptionGroup(title: "Time range") var history: HistoryOptions

  func validate() throws {
    try refuseBlank(("--vm", vm), ("--host", host), ("--cluster", cluster), ("--source", source))
    if [vm, host, cluster].count(where: { $0 != nil }) > 1 {
      throw ValidationError("--vm, --host and --cluster exclude each other; give one of them")
    }
  }

  var hasWindow: Bool { history.since != nil || history.until != nil }

  func scope(_ reader: borrowing LedgerReader, at moment: Instant) throws -> ReplayScope {
    func object(_ name: String?, _ kind: ObjectKind) throws -> ObjectID? {
      try name.map { try reader.object(named: $0, kind: kind, source: source, at: moment).id }
    }
    var scope = ReplayScope()
    (scope.vm, scope.cluster) = (try object(vm, .vm), try object(cluster, .cluster))
    scope.source = source
    (scope.since, scope.until) = try history.window()
    scope.hosts = try host.map { name in
      let until = min(scope.until, moment)
      return try reader.objects(named: name, kind: .host, source: source, from: scope.since, to: until).map(\.id)
    }
    return scope
  }
}
