import History
import Inventory
import Testing

/// Moves of our own engine, whose events name their request.
@Suite struct OwnMoveTests {
  private let one = ObjectID(rawValue: 1)
  private let two = ObjectID(rawValue: 2)

  private func record(
    _ seq: Int64, at seconds: Int64, _ type: EventType, of request: Int64?, _ detail: JSONValue = [:]
  ) -> MoveRecord {
    var record = MoveRecord(
      seq: seq, at: Instant(microseconds: seconds * 1_000_000), type: type, source: "lab", vm: ObjectID(rawValue: 9))
    (record.host, record.otherHost) = type == .migrationCompleted ? (two, one) : (one, two)
    (record.migration, record.detail) = (request, MoveDetail(detail))
    return record
  }

  private func request(_ seq: Int64, at: Int64, naming itself: Bool = true) -> MoveRecord {
    var record = record(
      seq, at: at, .migrationRequested, of: itself ? seq : nil, ["kind": "live", "trigger": "drs"])
    (record.actor, record.reason) = ("alice", "esx01 is full")
    return record
  }

  @Test(arguments: [true, false]) func everyCheckpointBelongsToItsRequest(naming itself: Bool) throws {
    let records = [
      request(7, at: 0, naming: itself), record(8, at: 2, .migrationStarted, of: 7, ["kind": "live"]),
      record(9, at: 3, .migrationPhase, of: 7, ["phase": "prepare"]),
      record(
        10, at: 40, .migrationPhase, of: 7,
        ["phase": "precopy", "pass": 1, "bytes": 4_294_967_296, "duration_s": .double(37.5)]),
      record(11, at: 44, .migrationPhase, of: 7, ["phase": "precopy", "pass": 2, "bytes": 1024]),
      record(12, at: 45, .migrationPhase, of: 7, ["phase": "commit"]),
      record(
        13, at: 46, .migrationCompleted, of: 7,
        ["kind": "live", "passes": 2, "bytes": 4_294_968_320, "duration_s": .double(43.7), "downtime_ms": .double(223.8)]),
    ]
    let move = try #require(MoveJoin.moves(records.reversed(), lastSeen: nil).first)
    #expect(move.seq == 7 && move.events == [7, 8, 9, 10, 11, 12, 13] && move.result == .completed)
    #expect(move.kind == .live && move.trigger == .drs && move.actor == "alice" && move.reason == "esx01 is full")
    #expect(move.at == Instant(microseconds: 2_000_000) && move.duration == 43.7 && move.downtime == 223.8)
    #expect(move.passes == 2 && move.bytes == 4_294_968_320)
    #expect(move.phases.map(\.name) == ["prepare", "precopy", "precopy", "commit"])
    #expect(move.phases.map(\.pass) == [nil, 1, 2, nil] && move.phases[1].bytes == 4_294_967_296)
    #expect(move.ends.from == one && move.ends.to == two)
  }

  @Test func whatWasRefusedIsNoStep() {
    let refused = [request(1, at: 0), record(2, at: 0, .migrationRefused, of: 1)]
    #expect(MoveJoin.moves(refused, lastSeen: nil).isEmpty)
  }

  @Test(arguments: [
    (EventType.migrationFailed, Move.Result.failed), (.migrationCancelled, .cancelled), (.migrationRolledBack, .rolledBack),
    (.migrationParked, .parked), (.migrationStarted, .running),
  ])
  func everyEndIsTold(type: EventType, result: Move.Result) {
    let found = MoveJoin.moves([request(1, at: 0), record(2, at: 5, type, of: 1)], lastSeen: nil)
    #expect(found.map(\.result) == [result] && found.map { $0.ends.to } == [two])
    #expect((found.first?.endedAt == nil) == (result == .running))
  }

  @Test func aParkedMoveMayEndLater() {
    let records = [
      request(1, at: 0), record(2, at: 5, .migrationParked, of: 1), record(3, at: 900, .migrationCompleted, of: 1),
    ]
    #expect(MoveJoin.moves(records, lastSeen: nil).map(\.result) == [.completed])
  }

  @Test func movesThatOverlapAreKeptApart() {
    let records = [
      request(1, at: 0), request(2, at: 1), record(3, at: 5, .migrationFailed, of: 2),
      record(4, at: 6, .migrationCompleted, of: 1),
    ]
    #expect(MoveJoin.moves(records, lastSeen: nil).map(\.events) == [[1, 4], [2, 3]])
  }
}
