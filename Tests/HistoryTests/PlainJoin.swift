import Inventory

@testable import History

/// The plain way to join records to moves: who belongs to whom is looked up in the whole list, and each value of a move of our
/// own is found by itself. `MoveJoin` has to find the same.
struct PlainJoin {
  private let records: [MoveRecord]

  private init(_ records: [MoveRecord]) { self.records = records.sorted { $0.happened(before: $1) } }

  static func moves(_ records: [MoveRecord], lastSeen: Instant?) -> [Move] {
    PlainJoin(records).moves(lastSeen: lastSeen)
  }

  /// The request that a record belongs to; nil for a record of a source.
  private func request(of record: MoveRecord) -> Int64? {
    if let request = record.migration { return request }
    return record.type == .migrationRequested || records.contains { $0.migration == record.seq } ? record.seq : nil
  }

  private static func isEnd(_ record: MoveRecord) -> Bool { Move.Result(record.type) != .unknown }

  private func moves(lastSeen: Instant?) -> [Move] {
    var found: [(first: Int, move: Move)] = []
    for request in Set(records.compactMap(request)) {
      let group = records.filter { self.request(of: $0) == request }
      guard !group.contains(where: { $0.type == .migrationRefused }) else { continue }
      found.append((records.firstIndex { self.request(of: $0) == request } ?? 0, own(group)))
    }
    let foreign = records.indices.filter { request(of: records[$0]) == nil }
    var beginningOfEnd: [Int: Int] = [:]
    for end in foreign where Self.isEnd(records[end]) {
      // The latest beginning since the last restart that no earlier end took.
      let free = foreign.filter { place in
        place < end && records[place].type == .migrationStarted && !beginningOfEnd.values.contains(place)
          && !foreign.contains { place < $0 && $0 < end && [.vmRestarted, .vmRestartFailed].contains(records[$0].type) }
      }
      beginningOfEnd[end] =
        free.last { records[end].chain != nil && isOfOneChain($0, end) } ?? free.last { isOfOneMove($0, end) }
    }
    for place in foreign {
      let record = records[place]
      let end = beginningOfEnd.first { $0.value == place }?.key
      switch record.type {
      case .migrationStarted: found.append((place, started(record, end.map { records[$0] })))
      case .vmRestarted, .vmRestartFailed: found.append((place, restart(record)))
      default:
        guard Self.isEnd(record), beginningOfEnd[place] == nil else { continue }
        var move = Move(record, result: Move.Result(record.type))
        move.endedAt = record.moment
        found.append((place, move))
      }
    }
    // Whether the last thing on record is a beginning, and nothing was seen since.
    let firsts = records.indices.filter { place in
      let record = records[place]
      guard let request = request(of: record) else {
        return record.type == .migrationStarted || record.type == .vmRestarted || record.type == .vmRestartFailed
          || (Self.isEnd(record) && beginningOfEnd[place] == nil)
      }
      return !records[..<place].contains { self.request(of: $0) == request }
    }
    if let last = firsts.last, request(of: records[last]) == nil, records[last].type == .migrationStarted,
      !beginningOfEnd.values.contains(last), lastSeen.map({ $0 <= records[last].at }) ?? true,
      let place = found.firstIndex(where: { $0.first == last })
    {
      found[place].move.result = .running
    }
    return found.map(\.move).sorted { $0.comes(before: $1) }
  }

  private func isOfOneChain(_ start: Int, _ end: Int) -> Bool {
    records[start].chain == records[end].chain && records[start].source == records[end].source
  }

  private func isOfOneMove(_ start: Int, _ end: Int) -> Bool {
    guard !records[end].hasChain, records[start].source == records[end].source else { return false }
    let (one, other) = (MoveEnds(records[start]), MoveEnds(records[end]))
    return [(one.from, other.from), (one.to, other.to), (one.toDatastore, other.toDatastore)].allSatisfy {
      $0.0 == nil || $0.1 == nil || $0.0 == $0.1
    }
  }

  private func restart(_ record: MoveRecord) -> Move {
    let isDone = record.type == .vmRestarted
    var move = Move(record, result: isDone ? .completed : .failed)
    move.kind = .restart
    move.endedAt = record.moment
    move.ends = MoveEnds()
    move.ends.from = isDone ? record.otherHost : record.host
    move.ends.to = isDone ? record.host : record.otherHost
    return move
  }

  private func started(_ start: MoveRecord, _ end: MoveRecord?) -> Move {
    var move = Move(start, result: .unknown)
    let isHot = start.foreignType == "vmbeinghotmigratedevent"
    move.isHot = isHot
    guard let end else { return move }
    move.take(end)
    move.ends = Self.ends([end, start])
    move.result = Move.Result(end.type)
    move.endedAt = end.moment
    let lasted = Double(end.moment.microseconds - start.moment.microseconds) / 1e6
    move.duration = lasted > 0 || !end.hasWholeSeconds ? max(0, lasted) : nil
    return move
  }

  private static func ends(_ records: [MoveRecord]) -> MoveEnds {
    let told = records.map { MoveEnds($0) }
    var ends = MoveEnds()
    ends.from = told.compactMap(\.from).first
    ends.to = told.compactMap(\.to).first
    ends.fromDatastore = told.compactMap(\.fromDatastore).first
    ends.toDatastore = told.compactMap(\.toDatastore).first
    return ends
  }

  /// A move of our own, value by value.
  private func own(_ group: [MoveRecord]) -> Move {
    let first = group[0]
    let start = group.lastIndex { $0.type == .migrationStarted }
    var move = Move(
      seq: first.seq, vm: first.vm, result: .running, at: start.map { group[$0].moment } ?? first.moment,
      turn: start.map { group[$0].at } ?? first.at, events: group.map(\.seq))
    move.cluster = group.compactMap(\.cluster).first
    move.kind = group.compactMap { $0.detail?.kind }.first
    move.trigger = group.compactMap { $0.detail?.trigger ?? $0.trigger }.first
    move.actor = group.compactMap(\.actor).last
    move.request = group.last { $0.type == .migrationRequested }?.reason
    move.ends = Self.ends(group)
    move.phases = group.filter { $0.type == .migrationPhase }.map {
      MovePhase(
        name: $0.detail?.phase ?? "", at: $0.moment, pass: $0.detail?.pass, bytes: $0.detail?.bytes,
        duration: $0.detail?.duration)
    }
    if group.contains(where: \.isText) { move.grade = .text }
    move.isHot = group.contains { $0.trigger == .drs }
    let ends = group.indices.filter { Self.isEnd(group[$0]) }
    move.passes = ends.compactMap { group[$0].detail?.passes }.last
    if let last = ends.last {
      let begun = group[..<last].last { $0.type == .migrationStarted } ?? first
      move.result = Move.Result(group[last].type)
      move.endedAt = group[last].moment
      move.duration =
        group[last].detail?.duration ?? max(0, Double(group[last].moment.microseconds - begun.moment.microseconds) / 1e6)
      move.downtime = group[last].detail?.downtime
      move.bytes = group[last].detail?.bytes
    }
    move.reason = reason(group)
    return move
  }

  /// The last reason given, but what follows a parked move without one gives it the reason of its request again.
  private func reason(_ group: [MoveRecord]) -> String? {
    for place in group.indices.reversed() where group[place].type != .migrationPhase {
      if let reason = group[place].reason { return reason }
      let before = group[..<place]
      if before.last(where: { Self.isEnd($0) })?.type == .migrationParked {
        return group[...place].last { $0.type == .migrationRequested }?.reason
      }
    }
    return nil
  }
}
