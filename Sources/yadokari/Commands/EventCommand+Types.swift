internal import ArgumentParser
internal import Ledger
internal import Reports

extension EventCommand {
  struct Types: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Count events by type.",
      discussion: helpText(
        """
        EXAMPLE
          yadokari event types
        """))

    @OptionGroup(title: "What is read") var reading: ReadOptions
    @OptionGroup(title: "Time range") var history: HistoryOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
      try await reading.read(history) { reader, moment in
        var filter = EventFilter()
        (filter.since, filter.until) = try history.window()
        if reading.at != nil { filter.until = min(moment, filter.until) }
        try output.print(EventLists.types, at: moment) { row in
          for type in try reader.eventTypes(filter) {
            try row([.text(type.type), .text(type.foreignType), .int(type.count)])
          }
        }
      }
    }
  }
}
