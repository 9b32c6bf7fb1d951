package import Inventory

/// What records beside those of the moves show: where a VM was, and whether it ran.
package struct MoveEvidence {
  private let stays: [Span<ObjectID>]

  /// - Parameter stays: where the VM was, in order.
  package init(stays: [Span<ObjectID>]) { self.stays = stays }

  /// When anything last showed where the VM was.
  package var lastSeen: Instant? { stays.last?.from }

  /// The move with the ends that its own records do not name.
  package func completed(_ move: Move) -> Move {
    var move = move
    // In a second that is known as a whole, what keeps the order tells which record came first.
    let end = move.events.count == 1 ? move.turn : move.endedAt ?? move.at
    if move.ends.from == nil, let from = stay(justBefore: move.events.first ?? move.seq, end)?.value {
      move.ends.from = from
      move.grade = .inferred
    }
    if move.ends.to == nil, move.result == .completed,
      let to = stays.first(where: { $0.began == move.events.last })?.value
    {
      move.ends.to = to
      move.grade = .inferred
    }
    if move.result == .completed, move.ends.from == nil || move.ends.to == nil { move.grade = .unknown }
    return move
  }

  /// A restart by HA whose power-on is recorded before HA's own record: they are one restart, off the host where the VM was
  /// before it was powered on.
  /// - Parameter power: whether the VM ran, in order.
  package func joined(_ restart: Move, power: [Span<PowerState>]) -> Move {
    guard restart.kind == .restart, restart.result == .completed, let host = restart.ends.to,
      let place = stays.lastIndex(where: { $0.value == host && $0.from < restart.turn && restart.turn <= $0.to }),
      let running = span(at: restart.turn.justBefore, in: power), running.value == .on, stays[place].from <= running.from,
      let began = stays[place].began, let powerOn = running.began
    else { return restart }
    var move = restart
    move.ends.from = stays[..<place].last { $0.value != nil && $0.value != host }?.value
    move.grade = move.ends.from == nil ? .unknown : .inferred
    move.events = Set(move.events + [began, powerOn]).sorted()
    return move
  }

  /// Whether a restart seems to have been from the very host to which it went.
  package static func isOntoItself(_ move: Move) -> Bool {
    move.kind == .restart && move.ends.from != nil && move.ends.from == move.ends.to
  }

  /// The stay that a record ended, or the one that lasted until just before a moment.
  private func stay(justBefore seq: Int64, _ moment: Instant) -> Span<ObjectID>? {
    stays.first { $0.ended == seq } ?? span(at: moment.justBefore, in: stays)
  }

  /// Changes of place that no move explains: the VM was seen on one host, and then on another.
  package func unrecorded(of vm: ObjectID, beside moves: [Move]) -> [Move] {
    let known = stays.filter { $0.value != nil }
    // Nearly every change is the end of a move: the others alone are held against all moves.
    let ends = Dictionary(moves.flatMap { move in move.events.map { ($0, move.ends.to) } }) { first, second in
      first ?? second
    }
    return zip(known, known.dropFirst()).compactMap { before, after in
      guard before.value != after.value, before.to == after.from || isUnknown(from: before.to, to: after.from) else {
        return nil
      }
      if let began = after.began, ends[began] == .some(after.value) { return nil }
      let isExplained = moves.contains { $0.explains(after.value, from: before.to, to: after.from) }
      guard !isExplained else { return nil }
      var move = Move(
        seq: after.began ?? before.ended ?? 0, vm: vm, result: .completed, at: before.to, turn: before.to,
        events: Set([before.ended, after.began].compactMap { $0 }).sorted())
      (move.trigger, move.endedAt, move.grade) = (.import, after.from, .inferred)
      (move.ends.from, move.ends.to) = (before.value, after.value)
      return move
    }
  }

  private func isUnknown(from: Instant, to: Instant) -> Bool {
    stays.contains { $0.value == nil && $0.from == from && $0.to == to }
  }
}

extension Move {
  /// Whether it may have brought the VM to a host at some time between two moments.
  fileprivate func explains(_ host: ObjectID?, from: Instant, to: Instant) -> Bool {
    guard result != .failed, ends.to == nil || ends.to == host, turn <= to else { return false }
    guard let end = endedAt else { return true }
    return end >= (end == end.inWholeSeconds ? from.inWholeSeconds : from)
  }

  /// Whether `decideKind` needs to know if the VM ran.
  package var needsPower: Bool { kind == nil && trigger != .import && !isHot && !isSameHost }

  private var isSameHost: Bool { ends.from != nil && ends.from == ends.to }

  /// Says what kind of move it was, where its records do not: by its ends, and by whether the VM ran.
  package mutating func decideKind(power: PowerState?) {
    guard kind == nil, trigger != .import else { return }
    if isSameHost {
      kind = ends.isStorage ? .storage : nil
    } else if isHot || power == .on {
      // A record that names its source twice does not say whether the files moved, too.
      let isHalf = !isHot && ends.fromDatastore != nil && ends.toDatastore == nil && result == .completed
      if !isHalf { kind = ends.isStorage ? .liveAndStorage : .live }
    } else if power != nil {
      kind = .cold
    }
  }
}
