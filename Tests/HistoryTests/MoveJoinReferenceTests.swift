import Inventory
import TestSupport
import Testing

@testable import History

/// Moves of one VM from records of its source and of our own engine, by chance, with few hosts, chains and moments.
@Suite struct MoveJoinReferenceTests {
  private static func record(_ seq: Int64, _ random: inout SplitMix64) -> MoveRecord {
    func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }
    func some(_ base: Int64, _ count: Int) -> ObjectID? {
      below(3) == 0 ? nil : ObjectID(rawValue: base + Int64(below(count)))
    }
    let isOwn = below(2) == 0
    let ends: [EventType] = [
      .migrationCompleted, .migrationFailed, .migrationCancelled, .migrationRolledBack, .migrationParked,
    ]
    let types: [EventType] =
      isOwn
      ? [.migrationRequested, .migrationPhase, .migrationPhase, .migrationStarted, .migrationStarted] + ends
      : [.migrationStarted, .migrationStarted, .migrationStarted, .vmRestarted, .vmRestartFailed] + ends
    let type = below(20) == 0 ? .migrationRefused : types[below(types.count)]
    let foreign = ["VmBeingHotMigratedEvent", "VmMigratedEvent", "DrsVmMigratedEvent", "vim.event.VmMigratedEvent"]
    var record = MoveRecord(
      seq: seq, at: Instant(microseconds: 100_000_000).adding(seconds: Double(below(12)) / 2), type: type,
      foreignType: isOwn ? nil : foreign[below(4)], source: isOwn || below(6) > 0 ? "v" : "w", vm: ObjectID(rawValue: 9))
    (record.host, record.otherHost) = (some(1, 3), some(1, 3))
    (record.datastore, record.otherDatastore) = (some(50, 2), some(50, 2))
    record.cluster = some(90, 2)
    record.actor = ["ann", "bob", nil][below(3)]
    record.reason = ["full", "late", nil, nil][below(4)]
    record.isText = below(12) == 0
    record.hasWholeSeconds = below(3) == 0
    if isOwn {
      // Requests have the first numbers, so that others can name them.
      if type != .migrationRequested { record.migration = Int64(1 + below(3)) }
      var detail = MoveDetail()
      detail.kind = below(2) == 0 ? nil : Move.Kind.allCases[below(6)]
      detail.trigger = below(2) == 0 ? nil : Move.Trigger.allCases[below(6)]
      detail.phase = below(4) == 0 ? nil : "copy\(below(3))"
      detail.pass = below(2) == 0 ? nil : Int64(below(5))
      detail.passes = below(2) == 0 ? nil : Int64(below(5))
      detail.bytes = below(2) == 0 ? nil : Int64(below(5000))
      detail.duration = below(2) == 0 ? nil : Double(below(50))
      detail.downtime = below(2) == 0 ? nil : Double(below(500))
      record.detail = below(5) == 0 ? nil : detail
    } else {
      record.foreignKey = "\(seq)"
      record.chain = [nil, "\(seq)", "1", "2"][below(4)]
    }
    return record
  }

  @Test("Joined moves are what looking every record up in the whole list finds", arguments: 0..<40)
  func joinedMovesAreThoseOfAPlainLook(block: Int) {
    for seed in (block * 50)..<(block * 50 + 50) {
      var random = SplitMix64(seed: UInt64(seed))
      let records = (1...Int64.random(in: 1...12, using: &random)).map { Self.record($0, &random) }
      let seen = Int.random(in: 0..<4, using: &random) == 0 ? nil : records.map(\.at).randomElement(using: &random)
      let (found, plain) = (MoveJoin.moves(records, lastSeen: seen), PlainJoin.moves(records, lastSeen: seen))
      #expect(found == plain, "seed \(seed)")
    }
  }
}
