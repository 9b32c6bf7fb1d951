internal import ArgumentParser
internal import Ledger
internal import Reports

extension EventCommand {
  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show everything that is kept of one event.",
      discussion: """
        EXAMPLE
          yadokari event show 43 -o json
        """)

    @OptionGroup var reading: ReadOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The event's number.")
    var seq: Int64

    func run() async throws {
      try await reading.read { reader, _ in try output.print(EventLists.report(reader.event(seq))) }
    }
  }
}
