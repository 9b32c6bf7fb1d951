internal import ArgumentParser
internal import Inventory
internal import Ledger

/// Which events: on the commands that list or write them.
struct EventOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Only this type: ours, or the source's own, whatever the case.", valueName: "type"))
  var type: String?

  @Option(help: ArgumentHelp("Only events of this VM, by name or id.", valueName: "name"))
  var vm: String?

  @Option(help: ArgumentHelp("Only events that name this host, by name or id.", valueName: "name"))
  var host: String?

  @Option(help: ArgumentHelp("Only events of this cluster, by name or id.", valueName: "name"))
  var cluster: String?

  @Option(help: ArgumentHelp("Only events of this source.", valueName: "name"))
  var source: String?

  @OptionGroup(title: "Time range") var history: HistoryOptions

  func validate() throws {
    try refuseBlank(
      ("--type", type), ("--vm", vm), ("--host", host), ("--cluster", cluster), ("--source", source))
  }

  /// - Parameter end: nothing that happened later.
  func filter(_ reader: borrowing LedgerReader, at moment: Instant, end: Instant) throws -> EventFilter {
    func object(_ name: String?, _ kind: ObjectKind) throws -> ObjectID? {
      try name.map { try reader.object(named: $0, kind: kind, source: source, at: moment).id }
    }
    var filter = EventFilter()
    (filter.since, filter.until) = try history.window()
    filter.until = min(end, filter.until)
    if let type { try reader.checkEventType(type) }
    (filter.type, filter.source) = (type, source)
    (filter.vm, filter.cluster) = (try object(vm, .vm), try object(cluster, .cluster))
    filter.hosts = try host.map { name in
      try reader.objects(named: name, kind: .host, source: source, from: filter.since, to: filter.until).map(\.id)
    }
    return filter
  }
}
