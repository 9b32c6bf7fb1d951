import Foundation
import Inventory
import SQLite
import TestSupport
import Testing

@testable import Ledger

/// A database as the first schema left it: without `first_seq`, and with the details of its events whole.
@Suite struct OldSchemaTests {
  private static let source = "vcenter-1"
  private static let vm = ObjectReference(kind: .vm, foreignID: "vm-1", name: "web1")
  private static let host = ObjectReference(kind: .host, foreignID: "host-1", name: "esx1")

  private struct Row {
    let type: Int64
    let typeName: String
    let source: Int64
    let at: Int64
    var key: String?
    var hasObjects = false
    let detail: String
  }

  /// Two records of one import, and the event that says so.
  private static let rows = [
    Row(
      type: 32, typeName: "vm.powered_on", source: 2, at: 1_000_000, key: "1", hasObjects: true,
      detail: #"{"foreign":{"template":"false"}}"#),
    Row(type: 33, typeName: "vm.changed", source: 2, at: 2_000_000, key: "2", hasObjects: true, detail: #"{"vcpus":2}"#),
    Row(
      type: 16, typeName: "import.finished", source: 1, at: 3_000_000,
      detail: #"{"source":"vcenter-1","format":"govc-events-xml","path":"a.xml","records":2,"imported":2,"digest":null,"#
        + #""first_at":"1970-01-01T00:00:01.000000Z","last_at":"1970-01-01T00:00:02.000000Z","first_key":1,"last_key":2}"#),
  ]

  private func makeDatabase(_ path: String) throws {
    let first = Schema.builtIn.migrations[0]
    let connection = try Connection(path: path, mode: .create)
    try connection.configure(for: .writer)
    try Schema(current: first, migrations: [first]).create(in: connection, now: testNow)
    try connection.execute(
      """
      INSERT INTO source (id, name) VALUES (2, 'vcenter-1');
      INSERT INTO term (id, text) VALUES (32, 'vm.powered_on'), (33, 'vm.changed');
      INSERT INTO object (id, source, kind, foreign_id, name, identity)
        VALUES (1, 2, 'host', 'host-1', 'esx1', 1), (2, 2, 'vm', 'vm-1', 'web1', 2);
      """)
    var hash = ChainHash.origin
    for (index, row) in Self.rows.enumerated() {
      hash = hash.next(canonical(row, seq: Int64(index + 1)))
      try connection.withStatement(
        """
        INSERT INTO event (seq, occurred_at, recorded_at, type, source, foreign_key, host, vm, detail, hash)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """
      ) { statement in
        for (place, number) in [Int64(index + 1), row.at, row.at, row.type, row.source].enumerated() {
          try statement.bind(place + 1, number)
        }
        try statement.bind(6, row.key)
        try statement.bind(7, row.hasObjects ? 1 as Int64? : nil)
        try statement.bind(8, row.hasObjects ? 2 as Int64? : nil)
        try statement.bind(9, row.detail)
        try statement.bind(10, blob: hash.bytes)
        while try statement.step() {}
      }
    }
  }

  private func canonical(_ row: Row, seq: Int64) -> CanonicalBytes {
    var bytes = CanonicalBytes()
    for number in [seq, row.at, row.at] { bytes.append(number) }
    bytes.append(row.typeName)
    bytes.append(nil as String?)
    bytes.append(row.source == 1 ? "yadokari" : Self.source)
    bytes.append(row.key)
    bytes.append(nil as String?)
    for reference in [nil, nil, Self.host, Self.vm, nil, nil, nil] {
      bytes.append(
        encodedObject: row.hasObjects ? reference.map { CanonicalBytes.encode($0, source: Self.source) } : nil)
    }
    bytes.append(nil as Int64?)
    for _ in 0..<4 { bytes.append(nil as String?) }
    bytes.append(row.detail)
    return bytes
  }

  @Test func itIsBroughtUpToDateVerifiedAndTakenBack() async throws {
    let folder = try ScratchFolder()
    let path = folder.path("old.db")
    try makeDatabase(path)
    let reading = #expect(throws: YadokariError.self) { _ = try Ledger.open(path, for: .read, now: testNow) }
    #expect(reading?.message.contains("older schema 1") == true)
    let ledger = try Ledger.open(path, for: .write, now: testNow)
    #expect(FileManager.default.fileExists(atPath: path + ".schema-1.bak"))
    #expect(try ledger.read { try $0.verifyChain(wanted: nil) }.firstBad == nil, "the hashes are those of before")
    #expect(try ledger.read { try $0.event(1).event.detail } == ["foreign": ["template": "false"]])
    try await ledger.rebuild()
    #expect(try ledger.read { try $0.check() }.problems == [])
    let batch = try #require(ledger.read { try $0.imports() }.first)
    #expect(batch.seq == 3 && batch.firstSeq == 1 && batch.retractedBy == nil)
    let head = try ledger.read { try $0.chainHead() }
    #expect(try await ledger.write(at: testNow) { try $0.retract(3, reason: "wrong", actor: nil) } == 2)
    #expect(try ledger.read { try $0.imports() }.map(\.retractedBy) == [4])
    #expect(try ledger.read { [try $0.event(1).excludedBy, try $0.event(2).excludedBy] } == [4, 4])
    #expect(try ledger.read { try $0.verifyChain(wanted: head.hash.bytes.hexadecimal) }.firstBad == nil)
    #expect(try ledger.read { try $0.check() }.problems == [])
    // The same record may come again, now that it does not count.
    var event = Event(occurredAt: Instant(microseconds: 1_000_000), type: .vmPoweredOn)
    (event.foreignKey, event.vm, event.host) = ("1", Self.vm, Self.host)
    let again = event
    let seq = try await ledger.write(at: testNow) { transaction in
      try transaction.append(again, source: transaction.source(named: Self.source, instanceUUID: nil))
    }
    #expect(seq == 5)
    #expect(try ledger.read { try $0.check() }.problems == [])
  }
}
