internal import ArgumentParser
internal import Engines
internal import Inventory
internal import Ledger
internal import Reports

struct MigrationCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "migration",
    abstract: "Our own moves of VMs: what became of them, and what is left to do.",
    discussion: helpText(
      """
      EXAMPLE
        yadokari migration list --db lab.db
      """),
    subcommands: [List.self, Show.self, Cancel.self, Resolve.self])

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Every move that was asked for, and how it stands.",
      discussion: helpText(
        """
        EXAMPLE
          yadokari migration list --db lab.db
        """))

    @OptionGroup(title: "What is read") var reading: ReadOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
      try await reading.read { reader, moment in
        try output.print(MigrationReports.list(reader, at: moment))
      }
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "The journal of one move: each phase and pass.",
      discussion: helpText(
        """
        EXAMPLE
          yadokari migration show 12 --db lab.db
        """))

    @OptionGroup(title: "What is read") var reading: ReadOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    @Argument(help: "The number of the move.")
    var number: Int64

    func run() async throws {
      try await reading.read { reader, moment in
        try output.print(MigrationReports.journal(of: number, reader, at: moment))
      }
    }
  }

  struct Cancel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "End a move that has not handed the VM over yet; the VM stays where it was.",
      discussion: helpText(
        """
        EXAMPLE
          yadokari migration cancel 12 --db open.db
        """))

    @OptionGroup var database: DatabaseOptions
    @OptionGroup(title: "Recorded with the change") var change: ChangeOptions

    @Argument(help: "The number of the move.")
    var number: Int64

    func run() async throws {
      let hardware = try await SimulatedHardware(database.path)
      try hardware.ledger.read { try MigrationReports.check($0, number, isOpen: true) }
      try await hardware.grant(.cancel(migration: number, actor: change.actor))
    }
  }

  struct Resolve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take up a move that was left to a person: what is true is asked anew, and it is ended if it can be.",
      discussion: helpText(
        """
        EXAMPLE
          yadokari migration resolve 12 --db parked.db
        """))

    @OptionGroup var database: DatabaseOptions

    @Argument(help: "The number of the move.")
    var number: Int64

    func run() async throws {
      let hardware = try await SimulatedHardware(database.path)
      try await hardware.grant(.resolve(migration: number))
    }
  }
}
