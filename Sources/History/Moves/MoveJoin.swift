package import Inventory

/// Joins the records of one virtual machine to moves.
///
/// Our own events name the request that they belong to. Those of a source belong together by its chain; an end that is in no
/// chain belongs to the latest beginning that is open and contradicts it in nothing. A beginning without an end and an end
/// without a beginning are moves, too.
package struct MoveJoin {
  private var moves: [Move] = []
  private var own: [Int64: Int] = [:]
  /// Numbers of the events that others say they belong to.
  private var requests: Set<Int64> = []
  private var refused: Set<Int> = []
  /// Beginnings of the source whose end has not come yet, oldest first.
  private var open: [(index: Int, record: MoveRecord)] = []

  /// The moves of one VM, by the time at which they began.
  /// - Parameters:
  ///   - records: all of that VM, in whatever order.
  ///   - lastSeen: when anything last showed where the VM was.
  package static func moves(_ records: [MoveRecord], lastSeen: Instant?) -> [Move] {
    var join = MoveJoin()
    join.requests = Set(records.compactMap(\.migration))
    // Places are sorted, not the records themselves, which are large.
    for place in records.indices.sorted(by: { records[$0].happened(before: records[$1]) }) { join.add(records[place]) }
    return join.finish(lastSeen: lastSeen)
  }

  private mutating func add(_ record: MoveRecord) {
    if let request = record.migration ?? (requests.contains(record.seq) ? record.seq : nil) {
      addOwn(record, request)
      return
    }
    switch record.type {
    case .migrationRequested: addOwn(record, record.seq)
    case .migrationStarted:
      open.append((moves.count, record))
      moves.append(beginning(record))
    case .vmRestarted, .vmRestartFailed:
      moves.append(restart(record))
      // What had begun before the VM died ended with it, if it had not ended before: nothing later is its end.
      open = []
    case .migrationCompleted, .migrationFailed, .migrationCancelled, .migrationRolledBack, .migrationParked:
      if let place = partner(of: record) {
        end(open.remove(at: place).index, record)
      } else {
        moves.append(endAlone(record))
      }
    default: break
    }
  }

  /// Place in `open` of the beginning that belongs to an end.
  private func partner(of record: MoveRecord) -> Int? {
    if record.chain != nil,
      let place = open.lastIndex(where: { $0.record.chain == record.chain && $0.record.source == record.source })
    {
      return place
    }
    guard !record.hasChain else { return nil }
    let ends = MoveEnds(record)
    return open.lastIndex { $0.record.source == record.source && MoveEnds($0.record).agree(with: ends) }
  }

  private func beginning(_ record: MoveRecord) -> Move {
    var move = Move(record, result: .unknown)
    move.isHot = record.isHotStart
    return move
  }

  private func endAlone(_ record: MoveRecord) -> Move {
    var move = Move(record, result: Move.Result(record.type))
    move.endedAt = record.moment
    return move
  }

  private func restart(_ record: MoveRecord) -> Move {
    var move = Move(record, result: record.type == .vmRestarted ? .completed : .failed)
    move.kind = .restart
    move.endedAt = record.moment
    (move.ends.from, move.ends.to) =
      record.type == .vmRestarted ? (record.otherHost, record.host) : (record.host, record.otherHost)
    // A datastore that such a record names is where the files lie: they did not move.
    (move.ends.fromDatastore, move.ends.toDatastore) = (nil, nil)
    return move
  }

  private mutating func end(_ index: Int, _ record: MoveRecord) {
    var ends = MoveEnds(record)
    ends.complete(with: moves[index].ends)
    moves[index].ends = ends
    moves[index].take(record)
    moves[index].result = Move.Result(record.type)
    moves[index].endedAt = record.moment
    let lasted = record.moment.seconds(since: moves[index].at)
    // Two records in one second of a list that tells no more say nothing of the time between them.
    moves[index].duration = lasted > 0 || !record.hasWholeSeconds ? max(0, lasted) : nil
  }

  private mutating func addOwn(_ record: MoveRecord, _ request: Int64) {
    let index = own[request] ?? moves.count
    if own[request] == nil {
      own[request] = index
      moves.append(Move(record, result: .running))
    } else {
      moves[index].ends.complete(with: MoveEnds(record))
      moves[index].take(record)
    }
    moves[index].takeOwn(record)
    if record.type == .migrationRefused { refused.insert(index) }
  }

  private mutating func finish(lastSeen: Instant?) -> [Move] {
    // The last thing that is known of the VM: it may still be on its way.
    if let last = open.last, last.index == moves.count - 1, lastSeen.map({ $0 <= last.record.at }) ?? true {
      moves[last.index].result = .running
    }
    let kept = moves.indices.filter { !refused.contains($0) }
    return kept.sorted { moves[$0].comes(before: moves[$1]) }.map { moves[$0] }
  }
}
