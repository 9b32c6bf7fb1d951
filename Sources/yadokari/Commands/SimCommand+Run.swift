internal import ArgumentParser
internal import Engines
internal import Foundation
internal import Hypervisor
internal import Importers
internal import Inventory
internal import Ledger

extension SimCommand {
  struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Play a scenario into an empty database; what changes is printed as it happens.",
      discussion: """
        The hardware keeps its own record in a file beside the database, FILE.hardware. Ends with 1 where something was that
        must never be, such as a VM on two hosts; whatever became of the moves, else with 0.

        EXAMPLE
          yadokari sim run scenario.json --db play.db
        """)

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var accidents: AccidentOptions

    @Argument(help: "The scenario file.", completion: .file())
    var scenario: String

    @Option(help: "When the play ends, in seconds from its start.")
    var until: Double?

    func run() async throws {
      let text = try ClusterFileReader.text(at: scenario)
      let play = try ClusterFileReader.scenario(from: Data(text.utf8), file: scenario)
      let ledger = try Ledger.create(database.path, now: play.start)
      guard try ledger.read({ try $0.chainHead().seq }) == 0 else {
        throw YadokariError(.conflict, "\(database.path) is not empty; play into a new database")
      }
      let record = try HardwareRecord(creating: HardwareRecord.path(besides: database.path), scenario: text)
      let reports = try await Importer(into: ledger, options: ImportOptions(), now: play.start).run(paths: [scenario])
      if let error = reports.first?.error { throw error }
      let simulator = Simulator(
        play.cluster, timeline: play.timeline, start: play.start, faults: accidents.faults)
      record.listen(to: simulator)
      try await PlayedScenario(play, simulator, ledger, accidents).run(until: until)
    }
  }

  struct Resume: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Go on with a play whose service died: recover what was open, and play to the end.",
      discussion: """
        EXAMPLE
          yadokari sim resume --after 300 --db lab.db     # five minutes later
        """)

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var accidents: AccidentOptions

    @Option(help: "For how many seconds the hardware and the time line went on with nobody there.")
    var after = 60.0

    @Option(help: "When the play ends, in seconds from its start.")
    var until: Double?

    func validate() throws {
      guard after >= 0, after <= 1e9 else { throw ValidationError("--after takes seconds, such as 60") }
    }

    func run() async throws {
      let (record, text) = try HardwareRecord.open(HardwareRecord.path(besides: database.path))
      let play = try ClusterFileReader.scenario(from: Data(text.utf8), file: database.path)
      let ledger = try Ledger.open(database.path, for: .write, now: play.start)
      let simulator = Simulator(
        play.cluster, timeline: play.timeline, start: play.start, faults: accidents.faults)
      try record.resume(simulator)
      let last = try ledger.read { try $0.lastEvidence() } ?? play.start
      simulator.run(until: max(simulator.now, last).adding(seconds: after))
      try await PlayedScenario(play, simulator, ledger, accidents).run(until: until)
    }
  }

  struct Truth: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Where each VM really ran, by the record of the simulated hardware.",
      discussion: """
        EXAMPLE
          yadokari sim truth -o json --db lab.db
        """)

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let (record, text) = try HardwareRecord.open(HardwareRecord.path(besides: database.path))
      let play = try ClusterFileReader.scenario(from: Data(text.utf8), file: database.path)
      let simulator = Simulator(play.cluster, timeline: play.timeline, start: play.start)
      try record.resume(simulator)
      let ledger = try Ledger.open(database.path, for: .read, now: play.start)
      let last = try ledger.read { try $0.lastEvidence() } ?? play.start
      simulator.run(until: max(simulator.now, last))
      try output.print(SimTruthReport.report(simulator.stints, at: simulator.now))
    }
  }
}
