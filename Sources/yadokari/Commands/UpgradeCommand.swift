internal import ArgumentParser
internal import History
internal import Inventory
internal import Ledger
internal import Reports

struct UpgradeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "upgrade",
    abstract: "What upgrade migrations left to be done: new virtual hardware and new guest tools.",
    discussion: helpText(
      """
      EXAMPLE
        yadokari upgrade owed --db lab.db
      """),
    subcommands: [Owed.self, Schedule.self])

  struct Owed: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "What each VM owes since when, what is scheduled, and when it was done.",
      discussion: helpText(
        """
        EXAMPLE
          yadokari upgrade owed --db lab.db
          yadokari upgrade owed -o json --db lab.db
        """))

    @OptionGroup(title: "What is read") var reading: ReadOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
      try await reading.read { reader, moment in
        let debts = try reader.upgradeDebts(at: moment).map { debt in
          let vm = try reader.objects(named: debt.vm.name, kind: .vm, source: debt.source, at: moment).first
          return (debt, try vm.flatMap { try reader.placement(of: $0.id, at: moment) }?.host?.name)
        }
        try output.print(UpgradeReports.owed(debts, at: moment))
      }
    }
  }
}
