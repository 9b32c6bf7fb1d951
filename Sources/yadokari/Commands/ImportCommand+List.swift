internal import ArgumentParser
internal import Ledger
internal import Reports

extension ImportCommand {
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the imports that added something, with their numbers.",
      discussion: helpText(
        """
        EXAMPLE
          yadokari import list
        """))

    @OptionGroup(title: "What is read") var reading: ReadOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
      try await reading.read { reader, moment in
        let imports = try reader.imports()
        try output.print(ImportList.kind, at: moment) { row in for batch in imports { try row(ImportList.cells(batch)) } }
      }
    }
  }
}
