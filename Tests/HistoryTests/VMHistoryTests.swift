import History
import Inventory
import TestSupport
import Testing

@Suite struct VMHistoryTests {
  private func randomRecords(_ random: inout SplitMix64) -> [Record] {
    let types: [EventType] = [
      .vmRegistered, .vmPoweredOn, .vmPoweredOff, .migrationStarted, .migrationCompleted, .migrationFailed, .vmRestarted,
      .vmRestartFailed, .vmNotProtected, .vmPlaced, .vmChanged, .vmUnregistered, .foreignOther,
    ]
    return (0..<Int.random(in: 1...40, using: &random)).map { number in
      var record = Record(
        seq: Int64(number), at: Instant(microseconds: Int64.random(in: 0...30, using: &random)),
        type: types.randomElement(using: &random) ?? .vmPlaced, source: "v")
      record.vm = ObjectID(rawValue: 9)
      // Keys of one, two and three digits: their order is the order of numbers, not of texts.
      record.foreignKey = "\(number * 7)"
      record.host = Bool.random(using: &random) ? ObjectID(rawValue: Int64.random(in: 1...3, using: &random)) : nil
      record.otherHost = Bool.random(using: &random) ? ObjectID(rawValue: Int64.random(in: 1...3, using: &random)) : nil
      record.cluster = ObjectID(rawValue: 90)
      record.facts.power = [.on, .off, .suspended, nil].randomElement(using: &random) ?? nil
      return record
    }
  }

  @Test func theOrderOfArrivalDoesNotMatter() {
    for seed in UInt64(1)...300 {
      var random = SplitMix64(seed: seed)
      let records = randomRecords(&random)
      // Another order of arrival gives other numbers; the key stays.
      let shuffled = records.shuffled(using: &random).enumerated().map { number, record in
        var record = record
        record.seq = Int64(number + 1000)
        return record
      }
      let (history, other) = (VMHistory(records), VMHistory(shuffled))
      func text<Value>(_ timeline: Timeline<Value>) -> [String] {
        timeline.spans.map { "\($0.from) \($0.to) \(String(describing: $0.value)) \($0.grade)" }
      }
      #expect(text(history.residency) == text(other.residency), "seed \(seed)")
      #expect(text(history.power.line) == text(other.power.line), "seed \(seed)")
      #expect(text(history.cluster) == text(other.cluster), "seed \(seed)")
    }
  }

  @Test func spansAreInOrderAndNeverOverlap() {
    for seed in UInt64(1)...300 {
      var random = SplitMix64(seed: seed)
      let spans = VMHistory(randomRecords(&random)).residency.spans
      for (earlier, later) in zip(spans, spans.dropFirst()) { #expect(earlier.to <= later.from, "seed \(seed)") }
      #expect(spans.allSatisfy { $0.from < $0.to && ($0.value == nil) == ($0.grade == .unknown) }, "seed \(seed)")
    }
  }

  @Test func aRecordThatNamesOneHostTwiceIsOnlyAHint() {
    func record(_ at: Int64, _ type: EventType, _ host: Int64, from: Int64? = nil) -> Record {
      var record = Record(seq: at, at: Instant(microseconds: at), type: type, source: "v")
      record.vm = ObjectID(rawValue: 9)
      record.host = ObjectID(rawValue: host)
      record.otherHost = from.map { ObjectID(rawValue: $0) }
      return record
    }
    let history = VMHistory([
      record(1, .vmPoweredOn, 1), record(2, .migrationCompleted, 1, from: 1), record(3, .vmRestarted, 2),
      record(4, .migrationCompleted, 1, from: 1),
    ])
    #expect(history.residency.spans.map(\.value?.rawValue) == [1, nil, 2])
    #expect(history.residency.setAside == [4])
    var storage = record(2, .migrationCompleted, 1, from: 1)
    storage.datastore = ObjectID(rawValue: 70)
    storage.otherDatastore = ObjectID(rawValue: 71)
    let moved = VMHistory([record(1, .vmPoweredOn, 1), storage])
    #expect(moved.residency.spans.map(\.value?.rawValue) == [1, 1], "a storage move leaves the VM on its host")
    #expect(moved.home.spans.map(\.value?.rawValue) == [71, 70])
  }
}
