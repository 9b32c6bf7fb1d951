internal import ArgumentParser
internal import Engines
internal import Inventory

/// When a play ends, and how.
struct PlayEnding: ParsableArguments {
  @Option(help: "When the play ends, in seconds from its start.")
  var until: Double?

  func validate() throws {
    if let until, !(0...1e9).contains(until) { throw ValidationError("--until takes seconds, such as 3600") }
  }

  /// Plays to the end.
  /// - Throws: the exit code 1 where something was that must never be.
  func play(_ hardware: SimulatedHardware, _ accidents: AccidentOptions) async throws {
    try await hardware.run(until: until, accidents)
  }
}
