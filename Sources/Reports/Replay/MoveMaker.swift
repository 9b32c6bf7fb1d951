internal import History
internal import Inventory
internal import Ledger

/// Makes the moves of a VM from its records, with what else the ledger shows of them.
struct MoveMaker {
  private let evacuations: [ObjectID: [Span<String>]]
  private let to: Instant

  init(_ reader: borrowing LedgerReader, from: Instant, to: Instant) throws {
    evacuations = try reader.evacuations(from: from, to: to)
    self.to = to
  }

  func moves(
    of vm: ObjectID, _ records: [MoveRecord], stays: [Span<ObjectID>], _ reader: borrowing LedgerReader
  ) throws -> [Move] {
    let evidence = MoveEvidence(stays: stays)
    var moves = records.isEmpty ? [] : MoveJoin.moves(records, lastSeen: evidence.lastSeen).map(evidence.completed)
    let needsPower = moves.contains { $0.needsPower || MoveEvidence.isOntoItself($0) }
    let power = needsPower ? try reader.power(of: vm, from: .distantPast, to: to) : []
    for index in moves.indices {
      if MoveEvidence.isOntoItself(moves[index]) { moves[index] = evidence.joined(moves[index], power: power) }
      moves[index].decideKind(power: span(at: moves[index].turn.justBefore, in: power)?.value)
      addCause(&moves[index])
    }
    // Fault Tolerance goes on with the second copy of a VM: that is no move of it.
    let unrecorded = try evidence.unrecorded(of: vm, beside: moves).filter { move in
      try !move.events.contains { try reader.isFailover($0) }
    }
    return unrecorded.isEmpty ? moves : (moves + unrecorded).sorted { $0.comes(before: $1) }
  }

  /// The balancer also empties hosts for maintenance.
  private func addCause(_ move: inout Move) {
    guard move.trigger == .drs, let host = move.ends.from else { return }
    if span(at: move.at, in: evacuations[host] ?? []) != nil { move.trigger = .maintenance }
  }
}
