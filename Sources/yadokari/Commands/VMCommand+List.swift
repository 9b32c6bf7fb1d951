internal import ArgumentParser
internal import Ledger
internal import Reports

extension VMCommand {
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the VMs with their host.",
      discussion: """
        EXAMPLE
          yadokari vm list --at 2026-11-23T02:13:00Z -o csv
        """)

    @OptionGroup var reading: ReadOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      try await reading.read { reader, moment in
        try output.print(InventoryLists.vms.showingSources(reader.sourceNames().count > 1), at: moment) { row in
          try reader.forEachPlacement(at: moment) { try row(InventoryLists.cells($0)) }
        }
      }
    }
  }
}
