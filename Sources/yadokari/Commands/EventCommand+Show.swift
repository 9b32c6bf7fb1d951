internal import ArgumentParser
internal import Ledger
internal import Reports

extension EventCommand {
  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show everything that is kept of one event.",
      discussion: helpText(
        """
        EXAMPLE
          yadokari event show 43 -o json
        """))

    @OptionGroup(title: "What is read") var reading: ReadOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    @Argument(help: "The event's number.")
    var seq: Int64

    func run() async throws {
      try await reading.read { reader, _ in try output.print(EventLists.report(reader.event(seq))) }
    }
  }
}
