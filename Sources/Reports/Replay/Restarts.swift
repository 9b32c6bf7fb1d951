internal import History
internal import Inventory
internal import Ledger

/// What the incidents say of restarts: on which host the VM had been, and how long it was down.
struct Restarts {
  /// By the number of each record: a restart may be what places its VM for a later failure, too.
  private var outcomes: [Int64: [VMOutcome]] = [:]
  /// A restart is looked for in the failures of the day before it.
  private static let lookBack = 86_400.0

  /// - Parameter moves: of whom the restarts are looked up.
  init(of moves: some Sequence<Move>, _ reader: borrowing LedgerReader, at moment: Instant) throws {
    let times = moves.lazy.filter { $0.kind == .restart }.map(\.at)
    guard let first = times.min(), let last = times.max() else { return }
    var scope = IncidentReader.Scope()
    (scope.since, scope.until) = (first.adding(seconds: -Self.lookBack), last)
    for incident in try IncidentReader.incidents(reader, scope: scope, at: moment).incidents {
      for outcome in incident.outcomes { for seq in outcome.events { outcomes[seq, default: []].append(outcome) } }
    }
  }

  /// The moves with what their incidents say.
  func completed(_ moves: [Move]) -> [Move] { outcomes.isEmpty ? moves : moves.map(completed) }

  private func completed(_ move: Move) -> Move {
    guard move.kind == .restart, let outcome = outcomes[move.seq]?.first(where: { $0.downSince <= move.turn })
    else { return move }
    var move = move
    if move.ends.from == nil, let from = outcome.from { (move.ends.from, move.grade) = (from, outcome.grade) }
    if move.result == .completed, outcome.kind == .restarted, outcome.to == move.ends.to, let upAt = outcome.upAt {
      let down = upAt.seconds(since: outcome.downSince)
      move.downtime = down > 0 ? down * 1000 : nil
    }
    return move
  }
}
