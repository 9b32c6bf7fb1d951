internal import ArgumentParser
internal import Inventory
internal import Ledger
internal import Reports

extension EventCommand {
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List events: tables and pages newest first, data oldest first.",
      discussion: helpText(
        """
        Objects are shown by name: as the event's own record gives it, else as other records give it for that time, else by
        id. Data has both; "event show" and "event export" say only what the record itself says.

        EXAMPLE
          yadokari event list --vm db1 --since 1d
          yadokari event list --limit 20
          yadokari event list --type ha.vm_restarted -o ndjson
        """))

    @OptionGroup(title: "What is read") var reading: ReadOptions
    @OptionGroup var events: EventOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    @Flag(help: "Also events that no longer count: of retracted imports, or replaced by richer records.")
    var excluded = false
    @Option(parsing: .unconditional, help: ArgumentHelp("Only the newest N.", valueName: "n"))
    var limit: Int?
    @OptionGroup(title: "Order") var order: OrderOptions

    func validate() throws {
      if let limit, limit < 1 { throw ValidationError("--limit must be at least 1") }
    }

    func run() async throws {
      try await reading.read(events.history, source: events.source) { reader, moment in
        var filter = try events.filter(reader, at: moment, end: reading.at == nil ? .distantFuture : moment)
        filter.limit = limit
        filter.isNewestFirst = order.isNewestFirst(in: output.format)
        filter.includesExcluded = excluded
        try output.print(EventLists.events.showingSources(reader.sourceNames().count > 1), at: moment) { row in
          var names = EventNames()
          try reader.forEachEvent(filter) { try row(names.cells($0, reader)) }
        }
      }
    }
  }
}
