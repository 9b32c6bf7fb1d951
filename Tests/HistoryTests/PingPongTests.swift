import History
import Inventory
import Testing

@Suite struct PingPongTests {
  /// Moves between hosts at some minutes.
  private func moves(_ steps: [(minute: Int64, from: Int64, to: Int64)], type: EventType = .migrationCompleted) -> [Move] {
    let records = steps.enumerated().map { index, step in
      var record = MoveRecord(
        seq: Int64(index + 1), at: Instant(microseconds: step.minute * 60_000_000), type: type,
        foreignType: "VmMigratedEvent", source: "v", vm: ObjectID(rawValue: 9))
      (record.host, record.otherHost) = (ObjectID(rawValue: step.to), ObjectID(rawValue: step.from))
      return record
    }
    return MoveJoin.moves(records, lastSeen: nil)
  }

  private func found(_ steps: [(Int64, Int64, Int64)]) -> [String] {
    PingPong.found(in: moves(steps)).map { "\($0.rule.rawValue) \($0.moves.map(String.init).joined(separator: ","))" }
  }

  @Test func whoComesBackWithinAnHourIsFound() {
    #expect(found([(0, 1, 2), (60, 2, 1)]) == ["returned 1,2"], "an hour is within it")
    #expect(found([(0, 1, 2), (61, 2, 1)]).isEmpty)
    #expect(found([(0, 1, 2), (10, 2, 3)]).isEmpty, "it went on")
  }

  @Test func threeMovesADayAreFound() {
    #expect(found([(0, 1, 2), (700, 2, 3), (1440, 3, 4)]) == ["three_in_a_day 1,2,3"])
    #expect(found([(0, 1, 2), (700, 2, 3), (1441, 3, 4)]).isEmpty)
  }

  @Test func whatOverlapsIsOneEpisode() {
    #expect(
      found([(0, 1, 2), (10, 2, 1), (20, 1, 2), (5000, 2, 1)]) == ["returned 1,2,3", "three_in_a_day 1,2,3"])
  }

  @Test func onlyMovesThatSomebodyChoseCount() {
    #expect(PingPong.found(in: moves([(0, 1, 2), (9, 2, 1)], type: .vmRestarted)).isEmpty)
    #expect(found([(0, 1, 1), (1, 1, 1), (2, 1, 1)]).isEmpty)
  }
}
