internal import ArgumentParser
internal import Engines
internal import Foundation
internal import Hypervisor
internal import Inventory
internal import Ledger

/// A play whose changes are printed as they happen.
struct PlayedScenario {
  private let scenario: Scenario
  private let simulator: Simulator
  private let ledger: Ledger
  private let accidents: AccidentOptions

  init(_ scenario: Scenario, _ simulator: Simulator, _ ledger: Ledger, _ accidents: AccidentOptions) {
    (self.scenario, self.simulator, self.ledger, self.accidents) = (scenario, simulator, ledger, accidents)
  }

  /// - Parameter until: in seconds from the start.
  /// - Throws: the exit code 1 where something was that must never be.
  func run(until: Double?) async throws {
    let scenario = scenario
    let source = try await ledger.write(at: scenario.start) {
      try $0.source(named: scenario.name, instanceUUID: nil)
    }
    var checkpoints = 0
    if let last = accidents.dieAtOrder { simulator.onCarriedOut = { if $0 == last { AccidentOptions.die() } } }
    let play = Play(
      scenario, on: simulator, ledger: ledger, source: source, onChange: { print(Self.line($0, since: scenario.start)) },
      onCheckpoint: { [accidents] in
        checkpoints += 1
        if checkpoints == accidents.dieAtCheckpoint { AccidentOptions.die() }
      })
    let objections = try await play.run(until: until.map { scenario.start.adding(seconds: $0) })
    for objection in objections { print("! \(objection)") }
    if !objections.isEmpty { throw ExitCode(YadokariError.Code.failed.rawValue) }
  }

  /// `    45.461  web1 (migration 12): commit → running, because esx02 runs it`
  private static func line(_ change: StateChange, since start: Instant) -> String {
    let milliseconds = (change.at.microseconds - start.microseconds) / 1000
    let (whole, rest) = (String(milliseconds / 1000), String(milliseconds % 1000))
    let time = whole + "." + String(repeating: "0", count: 3 - rest.count) + rest
    return String(repeating: " ", count: max(0, 10 - time.count)) + time
      + "  \(change.subject): \(change.old) → \(change.new), because \(change.because)"
  }
}
