internal import ArgumentParser
internal import Inventory
internal import Ledger
internal import Reports

extension VMCommand {
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the VMs with their host.",
      discussion: helpText(
        """
        EXAMPLE
          yadokari vm list --host esx02
          yadokari vm list --at 2026-10-13T09:14:00Z -o csv
        """))

    @OptionGroup(title: "What is read") var reading: ReadOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    @Option(help: "Only VMs on this host, by name or id.")
    var host: String?
    @Option(help: "Only VMs of this cluster, by name or id.")
    var cluster: String?
    @Option(help: "Only VMs of this source.")
    var source: String?

    func validate() throws { try refuseBlank(("--host", host), ("--cluster", cluster), ("--source", source)) }

    func run() async throws {
      try await reading.read { reader, moment in
        try output.print(InventoryLists.vms.showingSources(reader.sourceNames().count > 1), at: moment) { row in
          let host = try host.map { try reader.object(named: $0, kind: .host, source: source, at: moment).id }
          let cluster = try cluster.map { try reader.object(named: $0, kind: .cluster, source: source, at: moment).id }
          if let source { try reader.checkSource(source) }
          try reader.forEachPlacement(at: moment, on: host, in: cluster) { placement in
            if source == nil || placement.vm.source == source { try row(InventoryLists.cells(placement)) }
          }
        }
      }
    }
  }
}
