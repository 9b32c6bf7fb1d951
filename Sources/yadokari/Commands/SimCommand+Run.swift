internal import ArgumentParser
internal import Engines
internal import Hypervisor
internal import Inventory

extension SimCommand {
  struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Play a scenario into an empty database; what changes is printed as it happens.",
      discussion: helpText(
        """
        The hardware keeps its own record in a file beside the database, FILE.hardware. Ends with 1 where something was that
        must never be, such as a VM on two hosts; else with 0, whatever became of the moves.

        EXAMPLE
          yadokari sim run scenario.json --db day.db
        """))

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var accidents: AccidentOptions
    @OptionGroup var ending: PlayEnding

    @Argument(help: "The scenario file.", completion: .file())
    var scenario: String

    func run() async throws {
      let hardware = try await SimulatedHardware(
        creating: database.path, playing: scenario, faults: accidents.faults)
      try await ending.play(hardware, accidents)
    }
  }

  struct Resume: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Go on with a play whose service died: recover what was open, and play to the end.",
      discussion: helpText(
        """
        EXAMPLE
          yadokari sim resume --after 300 --db play.db     # five minutes later
        """))

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var accidents: AccidentOptions
    @OptionGroup var ending: PlayEnding

    @Option(help: "For how many seconds the hardware and the time line went on with nobody there.")
    var after = 60.0

    func validate() throws {
      guard after >= 0, after <= 1e9 else { throw ValidationError("--after takes seconds, such as 60") }
    }

    func run() async throws {
      try await ending.play(SimulatedHardware(database.path, faults: accidents.faults, after: after), accidents)
    }
  }

  struct Truth: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Where each VM really ran, and what files its disks have, by the record of the simulated hardware.",
      discussion: helpText(
        """
        EXAMPLE
          yadokari sim truth -o json --db play.db
        """))

    @OptionGroup var database: DatabaseOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() async throws {
      let simulator = try await SimulatedHardware(database.path, isReadOnly: true).simulator
      try output.print(SimTruthReport.report(simulator))
    }
  }
}
