internal import ArgumentParser
internal import Engines
internal import Inventory
internal import Ledger
internal import Planning

/// A move that is carried out on simulated hardware: what the commands have in common that move a VM.
struct ActingMove: ParsableArguments {
  @Option(help: "Which of the moves that wait goes first: high, normal or low.")
  var priority = MovePriority.normal

  @OptionGroup(title: "Recorded with the change") var change: ChangeOptions

  /// Carries a move out, and prints what changes.
  /// - Parameter request: what is asked for, out of the inventory as it is.
  /// - Throws: `unreachable` where the VM is not on simulated hardware.
  func run(
    _ vm: VMArgument, _ reading: ReadOptions,
    _ request: (inout PlanSubject, borrowing LedgerReader) throws -> MoveRequest
  ) async throws {
    let path = reading.database.path
    var move: MoveRequest?
    try await reading.read { reader, moment in
      var subject = try PlanSubject(vm.find(reader, at: moment), reader, at: moment)
      let asked = try request(&subject, reader)
      guard reading.from.isEmpty, try SimulatedHardware.source(besides: path) == subject.vm.source else {
        throw subject.isOutOfReach
      }
      move = asked
    }
    guard let move else { return }
    try await SimulatedHardware(path).grant(
      .move(move, priority: priority, actor: change.actor, reason: change.reason))
  }
}

extension MovePriority: ExpressibleByArgument {}
