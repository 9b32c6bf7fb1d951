import Foundation
import Inventory
import SQLite
import TestSupport
import Testing

@testable import Ledger

/// A small history of one VM, for tests that need some events.
func sampleEvents() -> [Event] {
  let vm = ObjectReference(kind: .vm, foreignID: "vm-1", name: "web1")
  let hosts = (1...2).map { ObjectReference(kind: .host, foreignID: "host-\($0)", name: "esx0\($0)") }
  let cluster = ObjectReference(kind: .cluster, foreignID: "domain-c1", name: "prod")
  let types: [(EventType, Int)] = [(.vmRegistered, 0), (.vmPoweredOn, 0), (.migrationCompleted, 1), (.vmPoweredOff, 1)]
  return types.enumerated().map { index, entry in
    var event = Event(occurredAt: Instant(microseconds: Int64(1_000_000 * (index + 1))), type: entry.0)
    event.foreignType = "Some\(index)Event"
    event.foreignKey = "\(index + 1)"
    event.vm = vm
    event.host = hosts[entry.1]
    event.otherHost = entry.0 == .migrationCompleted ? hosts[0] : nil
    event.cluster = cluster
    event.actor = "alice"
    event.message = "message \(index)"
    event.detail = ["foreign": ["n": .int(Int64(index))]]
    return event
  }
}

@Suite struct LedgerTests {
  private func append(_ events: [Event], to ledger: Ledger) async throws -> [Int64?] {
    try await ledger.write(at: testNow) { transaction in
      let source = try transaction.source(named: "v", instanceUUID: nil)
      return try events.map { try transaction.append($0, source: source) }
    }
  }

  /// Every row of every projection, as text.
  private func projections(_ ledger: Ledger) throws -> [String] {
    try ledger.read { reader in
      var rows: [String] = []
      for table in ProjectionTable.allCases {
        let stored = try reader.connection.prepare("SELECT * FROM \(table.rawValue) ORDER BY 1, 2, 3")
        while try stored.step() {
          rows.append("\(table.rawValue) \((0..<table.columnCount).map { stored.value($0) })")
        }
      }
      let others: [StaticString] = [
        "SELECT * FROM cluster_sighting ORDER BY host, cluster", "SELECT * FROM import_batch ORDER BY seq",
        "SELECT * FROM evidence_gap ORDER BY seq", "SELECT id, identity FROM object ORDER BY id",
        "SELECT id, instance_uuid FROM source ORDER BY id",
      ]
      for query in others {
        try reader.connection.forEach(query) { row in
          rows.append("\(query) \((0..<row.columnCount).map { row.value($0) })")
        }
      }
      return rows
    }
  }

  @Test func eventsGetNumbersWithoutHoles() async throws {
    let ledger = try memoryLedger()
    #expect(try await append(sampleEvents(), to: ledger) == [1, 2, 3, 4])
    #expect(try await append(sampleEvents(), to: ledger) == [nil, nil, nil, nil], "known by source, time and key")
    let verdict = try ledger.read { try $0.verifyChain(wanted: nil) }
    #expect(verdict.verified == 4 && verdict.firstBad == nil)
  }

  @Test func whatFailsLeavesNothing() async throws {
    struct Stop: Error {}
    let ledger = try memoryLedger()
    let events = sampleEvents()
    await #expect(throws: Stop.self) {
      try await ledger.write(at: testNow) { transaction in
        let source = try transaction.source(named: "v", instanceUUID: nil)
        for event in events { _ = try transaction.append(event, source: source) }
        throw Stop()
      }
    }
    let counts = try ledger.read { reader in
      try reader.connection.first("SELECT count(*), (SELECT count(*) FROM object) FROM event") { [$0.int(0), $0.int(1)] }
    }
    #expect(counts == [0, 0])
  }

  @Test func aKeyThatIsUsedAnewLaterIsAnotherRecord() async throws {
    let ledger = try memoryLedger()
    _ = try await append(sampleEvents(), to: ledger)
    var again = sampleEvents()[0]
    again.occurredAt = Instant(microseconds: 99_000_000)
    #expect(try await append([again], to: ledger) == [5])
  }

  @Test func textWithZeroIsRefused() async throws {
    let ledger = try memoryLedger()
    var event = sampleEvents()[0]
    event.message = "a\0b"
    let bad = event
    let error = await #expect(throws: YadokariError.self) { _ = try await append([bad], to: ledger) }
    #expect(error?.code == .refused)
  }

  @Test func rebuildingGivesTheSameRows() async throws {
    let ledger = try memoryLedger()
    _ = try await append(sampleEvents(), to: ledger)
    let before = try projections(ledger)
    #expect(before.count > 10)
    try await ledger.rebuild()
    #expect(try projections(ledger) == before)
    #expect(try ledger.read { try $0.check() }.problems.isEmpty)
  }

  @Test func lateEventsGiveTheSameSpans() async throws {
    func spans(_ order: [Int]) async throws -> [String] {
      let ledger = try memoryLedger()
      for index in order { _ = try await append([sampleEvents()[index]], to: ledger) }
      return try ledger.read { reader in
        try reader.connection.all(
          """
          SELECT o.foreign_id, r.from_at, r.to_at, h.foreign_id, r.grade, b.foreign_key, e.foreign_key
          FROM residency AS r JOIN object AS o ON o.id = r.vm LEFT JOIN object AS h ON h.id = r.host
          LEFT JOIN event AS b ON b.seq = r.began LEFT JOIN event AS e ON e.seq = r.ended ORDER BY 1, 2
          """
        ) { row in (0..<7).map { "\(row.value($0))" }.joined(separator: " ") }
      }
    }
    let inOrder = try await spans([0, 1, 2, 3])
    for order in [[3, 2, 1, 0], [2, 0, 3, 1], [1, 3, 0, 2]] { #expect(try await spans(order) == inOrder) }
  }

  @Test func aNameAloneJoinsTheObjectOnceItsIdIsKnown() async throws {
    func identities(_ references: [ObjectReference]) async throws -> [String] {
      let ledger = try memoryLedger()
      for (index, reference) in references.enumerated() {
        var event = Event(occurredAt: Instant(microseconds: Int64(index + 1)), type: .vmPoweredOn)
        event.foreignKey = "\(index)"
        event.vm = reference
        event.host = ObjectReference(kind: .host, foreignID: "host-1", name: "esx01")
        _ = try await append([event], to: ledger)
      }
      #expect(try ledger.read { try $0.check() }.problems == [])
      return try ledger.read { reader in
        try reader.connection.all(
          """
          SELECT group_concat(foreign_id || '/' || name, ' ') FROM (SELECT * FROM object WHERE kind = 'vm' ORDER BY foreign_id, name)
          GROUP BY identity ORDER BY 1
          """
        ) { $0.text(0) }
      }
    }
    let known = ObjectReference(kind: .vm, foreignID: "vm-1", name: "web1")
    let renamed = ObjectReference(kind: .vm, foreignID: "vm-1", name: "web1-old")
    let nameOnly = ObjectReference(kind: .vm, foreignID: "", name: "web1")
    let namesake = ObjectReference(kind: .vm, foreignID: "vm-2", name: "web1")
    for order in [[known, nameOnly, renamed], [nameOnly, renamed, known], [renamed, nameOnly, known]] {
      #expect(try await identities(order) == ["/web1 vm-1/web1 vm-1/web1-old"])
    }
    for order in [[known, nameOnly, namesake], [nameOnly, namesake, known]] {
      #expect(try await identities(order) == ["/web1", "vm-1/web1", "vm-2/web1"], "a name of two is nobody's")
    }
  }

  @Test(
    arguments: [
      ("UPDATE event SET message = 'x' WHERE seq = 2", 2), ("UPDATE event SET occurred_at = 5 WHERE seq = 3", 3),
      ("UPDATE event SET actor = NULL WHERE seq = 1", 1), ("UPDATE event SET detail = '{}' WHERE seq = 4", 4),
      ("UPDATE event SET hash = zeroblob(32) WHERE seq = 2", 2), ("DELETE FROM event WHERE seq = 3", 3),
      ("DELETE FROM event WHERE seq = 1", 1), ("UPDATE object SET name = 'evil' WHERE name = 'web1'", 1),
      ("UPDATE object SET name = 'evil' WHERE name = 'esx02'", 3),
      ("UPDATE term SET text = 'vm.powered_off2' WHERE text = 'vm.powered_off'", 4),
      ("UPDATE source SET name = 'w' WHERE name = 'v'", 1),
      (
        """
        UPDATE event SET seq = 99 WHERE seq = 2; UPDATE event SET seq = 2 WHERE seq = 3; UPDATE event SET seq = 3 WHERE seq = 99
        """, 2
      ),
      (
        """
        INSERT INTO event (seq, occurred_at, recorded_at, type, source, hash) VALUES (5, 1, 1, 1, 1, zeroblob(32))
        """, 5
      ),
    ] as [(String, Int64)])
  func theFirstBadEventIsNamed(change: String, first: Int64) async throws {
    let folder = try ScratchFolder()
    let path = folder.path("a.db")
    _ = try await append(sampleEvents(), to: try Ledger.create(path, now: testNow))
    let connection = try Connection(path: path, mode: .readWrite)
    for trigger in try connection.all("SELECT name FROM sqlite_schema WHERE type = 'trigger'", row: { $0.text(0) }) {
      try connection.execute("DROP TRIGGER \(trigger)")
    }
    try connection.execute(change)
    let verdict = try Ledger.open(path, for: .inspect, now: testNow).read { try $0.verifyChain(wanted: nil) }
    #expect(verdict.firstBad?.seq == first)
  }

  @Test func aCutTailIsFoundByItsHead() async throws {
    let folder = try ScratchFolder()
    let path = folder.path("a.db")
    let ledger = try Ledger.create(path, now: testNow)
    _ = try await append(sampleEvents(), to: ledger)
    let head = try ledger.read { try $0.chainHead() }.hash.bytes.hexadecimal
    #expect(try ledger.read { try $0.verifyChain(wanted: head) }.containsHead == true)
    let connection = try Connection(path: path, mode: .readWrite)
    try connection.execute("DROP TRIGGER event_no_delete; DELETE FROM event WHERE seq = 4")
    let verdict = try Ledger.open(path, for: .inspect, now: testNow).read { try $0.verifyChain(wanted: head) }
    #expect(verdict.firstBad == nil)
    #expect(verdict.containsHead == false)
  }

  @Test(arguments: [
    "UPDATE event SET message = 'x'", "DELETE FROM event", "UPDATE object SET name = 'x'", "DELETE FROM object",
    "UPDATE term SET text = 'x'", "DELETE FROM term", "UPDATE source SET name = 'x'", "DELETE FROM source",
    "INSERT OR REPLACE INTO term (id, text) VALUES (1, 'x')",
  ])
  func whatIsRecordedCannotBeChanged(change: String) async throws {
    let folder = try ScratchFolder()
    _ = try await append(sampleEvents(), to: try Ledger.create(folder.path("a.db"), now: testNow))
    let connection = try Connection(path: folder.path("a.db"), mode: .readWrite)
    try connection.configure(for: .writer)
    let error = try #require(throws: SQLiteError.self) { try connection.execute(change) }
    #expect(error.code.primary == .constraint)
  }

  @Test(arguments: [
    "UPDATE residency SET host = 1", "DELETE FROM vm_power WHERE power = 'on'", "UPDATE naming SET grade = 'proven'",
    "INSERT INTO setting VALUES (1, 'k', 0, 1, 'v', 'proven', 1, NULL)", "UPDATE cluster_sighting SET last_seq = 1",
    "UPDATE object SET identity = 1",
  ])
  func aChangedProjectionIsFoundAndMended(change: String) async throws {
    let folder = try ScratchFolder()
    let ledger = try Ledger.create(folder.path("a.db"), now: testNow)
    _ = try await append(sampleEvents(), to: ledger)
    try Connection(path: folder.path("a.db"), mode: .readWrite).execute(change)
    #expect(try ledger.read { try $0.check() }.problems.count >= 1)
    try await ledger.rebuild()
    #expect(try ledger.read { try $0.check() }.problems == [])
  }
}
