internal import History
internal import Inventory
internal import Ledger

/// Makes the moves of a VM from its records, with what else the ledger shows of them.
struct MoveMaker {
  private let evacuations: [ObjectID: [Span<String>]]
  private let outages: OutageIndex
  private let from: Instant
  private let to: Instant

  init(_ reader: borrowing LedgerReader, from: Instant, to: Instant) throws {
    evacuations = try reader.evacuations(from: from, to: to)
    outages = OutageIndex(try reader.outages(until: to))
    (self.from, self.to) = (from, to)
  }

  func moves(
    of vm: ObjectID, _ records: [MoveRecord], stays: [Span<ObjectID>], _ reader: borrowing LedgerReader
  ) throws -> [Move] {
    let evidence = MoveEvidence(stays: stays)
    var moves = records.isEmpty ? [] : MoveJoin.moves(records, lastSeen: evidence.lastSeen).map(evidence.completed)
    let needsPower = moves.contains(where: \.needsPower)
    let power = needsPower ? try reader.power(of: vm, from: .distantPast, to: to) : []
    for index in moves.indices {
      moves[index].decideKind(power: span(at: moves[index].at.justBefore, in: power)?.value)
      addCause(&moves[index], stays)
    }
    let unrecorded = evidence.unrecorded(of: vm, beside: moves)
    return unrecorded.isEmpty ? moves : (moves + unrecorded).sorted { ($0.at, $0.seq) < ($1.at, $1.seq) }
  }

  /// Why the balancer moved it, and how long a VM that was restarted had been down.
  private func addCause(_ move: inout Move, _ stays: [Span<ObjectID>]) {
    guard let host = move.ends.from else { return }
    if move.trigger == .drs, span(at: move.at, in: evacuations[host] ?? []) != nil { move.trigger = .maintenance }
    guard move.kind == .restart, move.result == .completed, let up = move.endedAt else { return }
    let outage = outages.latest(ofHost: host, at: up).last.map { outages.outages[$0] }
    guard let outage, outage.failedAt < up, span(at: outage.failedAt.justBefore, in: stays)?.value == host else { return }
    move.downtime = up.seconds(since: outage.failedAt) * 1000
  }
}
