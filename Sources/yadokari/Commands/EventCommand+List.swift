internal import ArgumentParser
internal import Inventory
internal import Ledger
internal import Reports

extension EventCommand {
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List events in the order of their happening.",
      discussion: """
        EXAMPLE
          yadokari event list --vm db1 --since -1d
          yadokari event list --type ha.vm_restarted -o ndjson
        """)

    @OptionGroup var reading: ReadOptions
    @OptionGroup var history: HistoryOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "Only this type: ours, or the source's own, whatever the case.")
    var type: String?
    @Option(help: "Only events of this VM, by name or id.")
    var vm: String?
    @Option(help: "Only events that name this host, by name or id.")
    var host: String?
    @Option(help: "Only events of this cluster, by name or id.")
    var cluster: String?
    @Option(help: "Only events of this source.")
    var source: String?
    @Flag(help: "Also events that no longer count: of retracted imports, or replaced by richer records.")
    var excluded = false
    @Option(help: "No more than this many.")
    var limit: Int?

    func validate() throws {
      if let limit, limit < 1 { throw ValidationError("--limit must be at least 1") }
    }

    func run() async throws {
      try await reading.read { reader, moment in
        var filter = EventFilter()
        (filter.since, filter.until) = try history.window()
        if reading.at != nil { filter.until = min(moment, filter.until) }
        filter.type = type
        filter.limit = limit
        filter.includesExcluded = excluded
        filter.source = source
        filter.vm = try vm.map { try reader.object(named: $0, kind: .vm, source: source, at: moment).id }
        filter.host = try host.map { try reader.object(named: $0, kind: .host, source: source, at: moment).id }
        filter.cluster = try cluster.map { try reader.object(named: $0, kind: .cluster, source: source, at: moment).id }
        try output.print(EventLists.events.showingSources(reader.sourceNames().count > 1), at: moment) { row in
          try reader.forEachEvent(filter) { try row(EventLists.cells($0)) }
        }
      }
    }
  }
}
