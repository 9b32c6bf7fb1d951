internal import ArgumentParser
internal import Ledger
internal import Reports

struct ClusterCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cluster", abstract: "Clusters, at any time.",
    discussion: helpText(
      """
      EXAMPLE
        yadokari cluster list
      """), subcommands: [List.self])

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the clusters.",
      discussion: helpText(
        """
        EXAMPLE
          yadokari cluster list --at 2026-10-13T09:14:00Z
        """))

    @OptionGroup(title: "What is read") var reading: ReadOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
      try await reading.read { reader, moment in
        try output.print(InventoryLists.clusters.showingSources(reader.sourceNames().count > 1), at: moment) { row in
          for view in try reader.clusters(at: moment) { try row(InventoryLists.cells(view)) }
        }
      }
    }
  }
}
