internal import ArgumentParser
internal import Ledger
internal import Reports

extension EventCommand {
  struct Types: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "How often each type of event occurs.",
      discussion: """
        EXAMPLE
          yadokari event types
        """)

    @OptionGroup var reading: ReadOptions
    @OptionGroup var history: HistoryOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      try await reading.read { reader, moment in
        var filter = EventFilter()
        filter.since = try history.sinceInstant()
        filter.until = reading.at == nil ? try history.untilInstant() : min(moment, try history.untilInstant())
        try output.print(EventLists.types, at: moment) { row in
          for type in try reader.eventTypes(filter) {
            try row([.text(type.type), .text(type.foreignType), .int(type.count)])
          }
        }
      }
    }
  }
}
