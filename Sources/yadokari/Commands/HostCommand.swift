internal import ArgumentParser
internal import Ledger
internal import Reports

struct HostCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "host", abstract: "Hosts, at any time.",
    discussion: helpText(
      """
      EXAMPLE
        yadokari host list --at 2026-10-13T09:14:00Z
      """), subcommands: [List.self])

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the hosts with their state.",
      discussion: helpText(
        """
        EXAMPLE
          yadokari host list -o csv
        """))

    @OptionGroup(title: "What is read") var reading: ReadOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
      try await reading.read { reader, moment in
        try output.print(InventoryLists.hosts.showingSources(reader.sourceNames().count > 1), at: moment) { row in
          let vms = try PlacementCounts(reader, at: moment).hosts
          for view in try reader.hosts(at: moment) { try row(InventoryLists.cells(view, vms: vms[view.host.id] ?? 0)) }
        }
      }
    }
  }
}
