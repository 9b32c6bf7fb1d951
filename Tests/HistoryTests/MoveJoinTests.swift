import History
import Inventory
import Testing

@Suite struct MoveJoinTests {
  private let vm = ObjectID(rawValue: 9)
  private let one = ObjectID(rawValue: 1)
  private let two = ObjectID(rawValue: 2)
  private let three = ObjectID(rawValue: 3)
  private let old = ObjectID(rawValue: 50)
  private let new = ObjectID(rawValue: 51)

  private func record(
    _ seq: Int64, at seconds: Double, _ type: EventType, _ foreignType: String? = nil, from: ObjectID? = nil,
    to: ObjectID? = nil, chain: String? = nil
  ) -> MoveRecord {
    var record = MoveRecord(
      seq: seq, at: Instant(microseconds: 0).adding(seconds: seconds), type: type, foreignType: foreignType, source: "v",
      vm: vm)
    let isEnd = type == .migrationCompleted || type == .vmRestarted
    (record.host, record.otherHost) = isEnd ? (to, from) : (from, to)
    (record.foreignKey, record.chain) = (String(seq), chain ?? String(seq))
    return record
  }

  private func start(_ seq: Int64, at: Double, _ from: ObjectID, _ to: ObjectID?, chain: String? = nil) -> MoveRecord {
    record(seq, at: at, .migrationStarted, "VmBeingHotMigratedEvent", from: from, to: to, chain: chain)
  }

  private func end(_ seq: Int64, at: Double, _ from: ObjectID?, _ to: ObjectID, chain: String? = nil) -> MoveRecord {
    record(seq, at: at, .migrationCompleted, "VmMigratedEvent", from: from, to: to, chain: chain)
  }

  private func moves(_ records: [MoveRecord], lastSeen: Double = 1e6) -> [Move] {
    let seen = Instant(microseconds: 0).adding(seconds: lastSeen)
    let forward = MoveJoin.moves(records, lastSeen: seen)
    #expect(forward == MoveJoin.moves(records.reversed(), lastSeen: seen), "the order of arrival does not matter")
    return forward
  }

  @Test func aBeginningAndAnEndAreOneMove() {
    var last = end(2, at: 12.5, one, two)
    last.actor = "alice"
    let found = moves([start(1, at: 0, one, two), last])
    #expect(found.count == 1)
    #expect(found.first?.events == [1, 2] && found.first?.seq == 1 && found.first?.result == .completed)
    #expect(found.first?.duration == 12.5 && found.first?.actor == "alice" && found.first?.trigger == .user)
    #expect(found.first?.ends.from == one && found.first?.ends.to == two)
  }

  @Test func ofALostBeginningTheDurationIsUnknown() {
    let found = moves([record(2, at: 9, .migrationCompleted, "DrsVmMigratedEvent", from: one, to: two)])
    #expect(found.map(\.duration) == [nil] && found.first?.endedAt == found.first?.at)
    #expect(found.first?.trigger == .drs && found.first?.result == .completed && found.first?.kind == nil)
  }

  @Test func ofALostEndTheResultIsUnknown() {
    let found = moves([start(1, at: 0, one, two), start(5, at: 100, three, one), end(6, at: 110, three, one)])
    #expect(found.map(\.result) == [.unknown, .completed])
    #expect(found.first?.endedAt == nil && found.first?.duration == nil)
  }

  @Test func theLastThingOnRecordMayStillRun() {
    #expect(moves([start(1, at: 5, one, two)], lastSeen: 5).map(\.result) == [.running])
    #expect(moves([start(1, at: 5, one, two)], lastSeen: 6).map(\.result) == [.unknown], "it was seen since")
  }

  @Test func chainsThatOverlapAreKeptApart() {
    let found = moves([
      start(1, at: 0, one, two, chain: "1"), start(2, at: 1, one, two, chain: "2"),
      end(3, at: 2, one, two, chain: "1"), end(4, at: 3, one, two, chain: "2"),
    ])
    #expect(found.map(\.events) == [[1, 3], [2, 4]])
  }

  @Test func anEndOfAChainWithoutABeginningTakesNoOtherOne() {
    let found = moves([start(1, at: 0, one, two, chain: "1"), end(9, at: 50, one, two, chain: "8")])
    #expect(found.map(\.events) == [[1], [9]] && found.map(\.result) == [.unknown, .completed])
  }

  @Test func anEndThatContradictsTakesNoBeginning() {
    let found = moves([start(1, at: 0, one, two), end(2, at: 5, three, one)])
    #expect(found.map(\.events) == [[1], [2]])
  }

  @Test func chainsOfTwoSourcesAreDifferent() {
    var other = MoveRecord(
      seq: 2, at: Instant(microseconds: 5), type: .migrationCompleted, foreignType: "VmMigratedEvent", source: "w", vm: vm)
    (other.host, other.otherHost, other.chain, other.foreignKey) = (two, one, "1", "2")
    #expect(moves([start(1, at: 0, one, two, chain: "1"), other]).count == 2)
  }

  @Test func aFailedMoveLeavesTheVMWhereItWas() {
    var failure = record(2, at: 4, .migrationFailed, "VmFailedMigrateEvent", from: one, to: two)
    failure.reason = "The vMotion network is down"
    let found = moves([start(1, at: 0, one, two), failure])
    #expect(found.map(\.result) == [.failed] && found.first?.reason == "The vMotion network is down")
    #expect(found.first?.duration == 4 && found.first?.isToOtherHost == false && found.first?.trigger == nil)
  }

  @Test func aRestartAfterAFailurePartsWhatStandsAroundIt() {
    let restart = record(2, at: 60, .vmRestarted, "com.vmware.vc.ha.VmRestartedByHAEvent", to: three)
    let found = moves([start(1, at: 0, one, two), restart, end(3, at: 90, one, two)])
    #expect(found.map(\.result) == [.unknown, .completed, .completed] && found.map(\.events) == [[1], [2], [3]])
    #expect(found[1].kind == .restart && found[1].trigger == .ha && found[1].ends.from == nil && found[1].ends.to == three)
  }

  @Test func aRestartThatFailedIsAStep() {
    let found = moves([record(1, at: 0, .vmRestartFailed, "VmFailoverFailed", from: one)])
    #expect(found.map(\.result) == [.failed] && found.first?.ends.from == one && found.first?.ends.to == nil)
  }

  @Test(arguments: [
    (true, true, PowerState.on, Move.Kind.liveAndStorage), (true, true, .off, .cold), (false, true, .on, .storage),
    (false, true, .off, .storage), (true, false, .on, .live), (true, false, .suspended, .cold), (true, false, nil, nil),
  ])
  func theKindIsToldByTheEndsAndByWhetherItRan(
    host: Bool, datastore: Bool, power: PowerState?, kind: Move.Kind?
  ) throws {
    var record = end(1, at: 0, one, host ? two : one)
    (record.otherDatastore, record.datastore) = (old, datastore ? new : old)
    var move = try #require(moves([record]).first)
    move.decideKind(power: power)
    #expect(move.kind == kind)
  }

  @Test func aRecordThatNamesItsSourceTwiceDoesNotSayWhereItWent() throws {
    var record = end(1, at: 0, one, one)
    (record.otherDatastore, record.datastore) = (old, old)
    var move = try #require(moves([record]).first)
    #expect(move.ends.from == one && move.ends.to == nil && move.ends.toDatastore == nil)
    move.decideKind(power: .on)
    #expect(move.kind == nil)
    // Its beginning may say it.
    #expect(moves([start(1, at: 0, one, two), end(2, at: 1, one, one)]).first?.ends.to == two)
  }

  @Test func wholeSecondsSayNothingOfLess() {
    var records = [start(1, at: 7, one, two), end(2, at: 7.000001, one, two)]
    for index in records.indices { records[index].hasWholeSeconds = true }
    #expect(moves(records).map(\.duration) == [nil])
    records[1].at = Instant(microseconds: 9_000_001)
    #expect(moves(records).map(\.duration) == [2])
  }
}
