internal import ArgumentParser
internal import Ledger
internal import Reports

struct DatastoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "datastore", abstract: "Datastores, at any time.",
    discussion: helpText(
      """
      EXAMPLE
        yadokari datastore list
      """), subcommands: [List.self])

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the datastores.",
      discussion: helpText(
        """
        EXAMPLE
          yadokari datastore list
        """))

    @OptionGroup(title: "What is read") var reading: ReadOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
      try await reading.read { reader, moment in
        try output.print(InventoryLists.datastores.showingSources(reader.sourceNames().count > 1), at: moment) { row in
          for view in try reader.datastores(at: moment) { try row(InventoryLists.cells(view)) }
        }
      }
    }
  }
}
