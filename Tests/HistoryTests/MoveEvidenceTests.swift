import History
import Inventory
import Testing

@Suite struct MoveEvidenceTests {
  private let vm = ObjectID(rawValue: 9)
  private let one = ObjectID(rawValue: 1)
  private let two = ObjectID(rawValue: 2)

  private func span(_ from: Int64, _ to: Int64, _ host: ObjectID?, began: Int64?, ended: Int64?) -> Span<ObjectID> {
    Span(
      from: Instant(microseconds: from), to: Instant(microseconds: to), value: host,
      grade: host == nil ? .unknown : .proven, began: began, ended: ended)
  }

  private func arrival(_ seq: Int64, at: Int64, from: ObjectID?, to: ObjectID) -> Move {
    var record = MoveRecord(
      seq: seq, at: Instant(microseconds: at), type: .migrationCompleted, foreignType: "VmMigratedEvent", source: "v", vm: vm
    )
    (record.host, record.otherHost) = (to, from)
    return MoveJoin.moves([record], lastSeen: nil)[0]
  }

  @Test func whatARecordDoesNotNameIsTakenFromBesideIt() {
    let evidence = MoveEvidence(stays: [
      span(0, 10, one, began: 1, ended: 5), span(10, 99, two, began: 5, ended: nil),
    ])
    let lost = evidence.completed(arrival(5, at: 10, from: nil, to: two))
    #expect(lost.ends.from == one && lost.grade == .inferred)
    let twice = evidence.completed(arrival(5, at: 10, from: one, to: one))
    #expect(twice.ends.to == two && twice.grade == .inferred)
    #expect(MoveEvidence(stays: []).completed(arrival(5, at: 10, from: one, to: one)).grade == .unknown)
    #expect(evidence.completed(arrival(5, at: 10, from: one, to: two)).grade == .proven)
  }

  @Test func aChangeThatNoRecordTellsOfIsAStep() throws {
    let stays = [
      span(0, 10, one, began: 1, ended: 2), span(10, 50, nil, began: 2, ended: 3), span(50, 99, two, began: 3, ended: nil),
    ]
    let found = MoveEvidence(stays: stays).unrecorded(of: vm, beside: [])
    let move = try #require(found.first)
    #expect(found.count == 1 && move.trigger == .import && move.kind == nil && move.duration == nil)
    #expect(move.ends.from == one && move.ends.to == two && move.grade == .inferred)
    #expect(move.at == Instant(microseconds: 10) && move.endedAt == Instant(microseconds: 50))
    #expect(!move.needsPower)
  }

  /// The power-on is recorded before HA's own record: it was on three other hosts before, and left the last of them.
  @Test func aRestartIsOffTheHostWhereTheVMWasLast() {
    let three = ObjectID(rawValue: 3)
    let stays = [
      span(0, 10, three, began: 1, ended: 2), span(10, 20, one, began: 2, ended: 3), span(20, 30, nil, began: 3, ended: 4),
      span(30, 99, two, began: 4, ended: nil),
    ]
    func power(_ from: Int64, _ state: PowerState) -> Span<PowerState> {
      Span(
        from: Instant(microseconds: from), to: Instant(microseconds: state == .on ? 99 : 30), value: state, grade: .proven,
        began: state == .on ? 4 : 1, ended: nil)
    }
    var record = MoveRecord(
      seq: 6, at: Instant(microseconds: 31), type: .vmRestarted, foreignType: "VmRestartedByHAEvent", source: "v", vm: vm)
    (record.host, record.otherHost) = (two, two)
    let restart = MoveJoin.moves([record], lastSeen: nil)[0]
    let evidence = MoveEvidence(stays: stays)
    let joined = evidence.joined(restart, power: [power(0, .off), power(30, .on)])
    #expect(joined.ends.from == one && joined.ends.to == two && joined.grade == .inferred && joined.events == [4, 6])
    #expect(evidence.joined(restart, power: [power(0, .off)]) == restart)
    let first = MoveEvidence(stays: [stays[3]]).joined(restart, power: [power(30, .on)])
    #expect(first.ends.from == nil && first.grade == .unknown)
  }

  @Test func aChangeThatAMoveExplainsIsNoFurtherStep() {
    let stays = [span(0, 10, one, began: 1, ended: 5), span(10, 99, two, began: 5, ended: nil)]
    let evidence = MoveEvidence(stays: stays)
    #expect(evidence.unrecorded(of: vm, beside: [arrival(5, at: 10, from: one, to: two)]).isEmpty)
    // Its end is lost, but its beginning is there.
    var start = MoveRecord(
      seq: 4, at: Instant(microseconds: 8), type: .migrationStarted, foreignType: "VmBeingHotMigratedEvent", source: "v",
      vm: vm)
    (start.host, start.otherHost) = (one, two)
    #expect(evidence.unrecorded(of: vm, beside: MoveJoin.moves([start], lastSeen: nil)).isEmpty)
    #expect(evidence.unrecorded(of: vm, beside: []).count == 1)
  }

  @Test func whatIsKnownToTheSecondExplainsWhatHappenedWithinIt() {
    let stays = [span(0, 44, one, began: 1, ended: 5), span(44, 99, two, began: 5, ended: nil)]
    var record = MoveRecord(
      seq: 5, at: Instant(microseconds: 44), type: .migrationCompleted, foreignType: "VmMigratedEvent", source: "v", vm: vm)
    (record.host, record.otherHost, record.hasWholeSeconds) = (two, one, true)
    let moves = MoveJoin.moves([record], lastSeen: nil)
    #expect(moves.map(\.at) == [Instant(microseconds: 0)] && moves.map(\.turn) == [record.at])
    #expect(MoveEvidence(stays: stays).unrecorded(of: vm, beside: moves).isEmpty)
  }

  @Test func whoWasGoneInBetweenDidNotMove() {
    let stays = [span(0, 10, one, began: 1, ended: 2), span(50, 99, two, began: 3, ended: nil)]
    #expect(MoveEvidence(stays: stays).unrecorded(of: vm, beside: []).isEmpty)
  }
}
