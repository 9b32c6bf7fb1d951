internal import ArgumentParser
internal import Inventory
internal import Ledger
internal import Reports

struct VMCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vm", abstract: "Virtual machines, at any time.",
    subcommands: [List.self, Where.self, History.self])

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
        try output.print(InventoryLists.vms, at: moment) { row in
          try reader.forEachPlacement(at: moment) { try row(InventoryLists.cells($0)) }
        }
      }
    }
  }

  struct Where: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Where was a VM?",
      discussion: """
        EXAMPLE
          yadokari vm where db1 --at 2026-11-23T02:13:00Z
        """)

    @OptionGroup var reading: ReadOptions
    @OptionGroup var vm: VMArgument
    @OptionGroup var output: OutputOptions

    func run() async throws {
      try output.print(
        try await reading.read { reader, moment in
          VMWhereReport.report(
            try reader.placement(of: vm.find(reader, at: moment).id, at: moment), named: vm.name, at: moment)
        })
    }
  }

  struct History: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Where a VM was and how, span after span, each with the events at its ends.",
      discussion: """
        EXAMPLE
          yadokari vm history db1 --since -30d
        """)

    @OptionGroup var reading: ReadOptions
    @OptionGroup var vm: VMArgument
    @OptionGroup var history: HistoryOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      try output.print(
        try await reading.read { reader, moment in
          try VMHistoryReport.report(
            vm.find(reader, at: moment), since: history.sinceInstant(), until: min(moment, history.untilInstant()), reader,
            at: moment)
        })
    }
  }
}

/// A VM on the command line.
struct VMArgument: ParsableArguments {
  @Argument(help: "The VM's name, or its id such as vm-118.")
  var name: String

  @Option(help: "The source of the VM, where several have one of this name.")
  var source: String?

  func find(_ reader: borrowing LedgerReader, at moment: Instant) throws -> ObjectSummary {
    try reader.object(named: name, kind: .vm, source: source, at: moment)
  }
}
