internal import History
internal import Inventory
internal import Ledger

/// Reads the moves of a ledger: all records at once, then VM by VM.
struct ReplayReader {
  private let scope: ReplayScope
  private var records: [ObjectID: [MoveRecord]] = [:]
  private var stays: [ObjectID: [Span<ObjectID>]] = [:]

  /// How many records or stays are held at most.
  private static let limit = 500_000
  /// A move that lasts longer than a week, and began before the time that was asked for, is not seen to have begun.
  private static let lookBack = 604_800.0

  /// - Parameter moment: what happened later is not known yet.
  static func replay(
    _ reader: borrowing LedgerReader, _ scope: ReplayScope, at moment: Instant
  ) throws -> Replay {
    if let source = scope.source { try reader.checkSource(source) }
    var scope = scope
    scope.until = min(scope.until, moment)
    let first = try reader.firstRecord() ?? scope.until
    // Before the evidence nothing is known, not even who was where; nor behind its end.
    guard first <= scope.until, scope.since <= scope.until else { return Replay(since: scope.until, until: scope.until) }
    scope.since = max(scope.since, first)
    var read = ReplayReader(scope: scope)
    try read.load(reader)
    return try read.replay(reader)
  }

  private init(scope: ReplayScope) { self.scope = scope }

  private mutating func load(_ reader: borrowing LedgerReader) throws {
    let source = scope.source
    var count = 0
    try reader.forEachMoveRecord(of: scope.vm, from: scope.since.adding(seconds: -Self.lookBack), to: scope.until) {
      guard source == nil || $0.source == source else { return }
      count += 1
      try Self.check(count)
      records[$0.vm, default: []].append($0)
    }
    if let vm = scope.vm {
      stays[vm] = try reader.residency(of: vm, from: scope.since, to: scope.until).filter { $0.to > scope.since }
      return
    }
    count = 0
    try reader.forEachStay(from: scope.since, to: scope.until) { vm, span in
      count += 1
      try Self.check(count)
      stays[vm, default: []].append(span)
    }
  }

  private static func check(_ count: Int) throws {
    guard count <= limit else {
      throw YadokariError(
        .refused, "there are more than \(limit) records of moves in that time; narrow it with --vm, --since or --until")
    }
  }

  private func replay(_ reader: borrowing LedgerReader) throws -> Replay {
    var replay = Replay(since: scope.since, until: scope.until)
    let members =
      try scope.cluster.map { try reader.members(of: $0, from: scope.since, to: scope.until) } ?? []
    let all = try made(reader)
    let restarts = try Restarts(of: all.values.joined(), reader, at: scope.until)
    for vm in Set(all.keys).union(stays.keys).sorted() {
      let own = stays[vm] ?? []
      let moves = restarts.completed(all[vm] ?? [])
      let mine = moves.filter { concerns($0, members) }
      guard !mine.isEmpty || concerns(vm, own, members), try isOfSource(vm, reader) else { continue }
      replay.moves += mine
      replay.pingPong += PingPong.found(in: moves)
      if !own.isEmpty {
        let arrival = moves.first { $0.turn >= scope.since && own[0].began.map($0.events.contains) ?? false }
        replay.places.append(
          Replay.Place(vm: vm, stays: own, arrivedBy: arrival, since: scope.since, until: scope.until))
      }
    }
    // Places are sorted, not the moves themselves, which are large.
    let order = replay.moves.indices.map { (replay.moves[$0].turn, replay.moves[$0].seq, $0) }.sorted { $0 < $1 }
    replay.moves = order.map { replay.moves[$0.2] }
    return replay
  }

  /// The moves of each VM within the time.
  private func made(_ reader: borrowing LedgerReader) throws -> [ObjectID: [Move]] {
    let maker = try MoveMaker(reader, from: scope.since, to: scope.until)
    var moves: [ObjectID: [Move]] = [:]
    for vm in Set(records.keys).union(stays.keys) {
      let made = try maker.moves(of: vm, records[vm] ?? [], stays: stays[vm] ?? [], reader).filter(isWithin)
      if !made.isEmpty { moves[vm] = made }
    }
    return moves
  }

  private func isOfSource(_ vm: ObjectID, _ reader: borrowing LedgerReader) throws -> Bool {
    try scope.source.map { try reader.summary(of: vm, at: scope.until).source == $0 } ?? true
  }

  /// A move that began before and ended within belongs to the time, too.
  private func isWithin(_ move: Move) -> Bool {
    guard move.at <= scope.until else { return false }
    // The first second of a list is known as a whole; what keeps its order counts.
    return move.turn >= scope.since || (move.endedAt.map { $0 >= scope.since } ?? (move.result == .running))
  }

  private func concerns(_ move: Move, _ members: Set<ObjectID>) -> Bool {
    let hosts = [move.ends.from, move.ends.to].compactMap { $0 }
    if let wanted = scope.hosts { return hosts.contains(where: wanted.contains) }
    guard let cluster = scope.cluster else { return true }
    return move.cluster == cluster || hosts.contains(where: members.contains)
  }

  private func concerns(_ vm: ObjectID, _ stays: [Span<ObjectID>], _ members: Set<ObjectID>) -> Bool {
    if let wanted = scope.hosts { return stays.contains { $0.value.map(wanted.contains) ?? false } }
    guard scope.cluster != nil else { return true }
    return members.contains(vm) || stays.contains { $0.value.map(members.contains) ?? false }
  }
}
