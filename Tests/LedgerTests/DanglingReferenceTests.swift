import Inventory
import SQLite
import TestSupport
import Testing

@testable import Ledger

/// Numbers in events that stand for texts and objects: any other number is noticed, whether there was one before or not.
@Suite struct DanglingReferenceTests {
  private static let columns = [
    "type", "foreign_type", "source", "datacenter", "cluster", "host", "vm", "datastore", "other_host", "other_datastore",
    "foreign_fields",
  ]

  @Test("A number that stands for nothing makes its event the first bad one", arguments: columns)
  func dangling(column: String) async throws {
    var changed = 0
    for seq in Int64(1)...4 {
      let folder = try ScratchFolder(inMemory: true)
      let path = folder.path("a.db")
      var events = sampleEvents()
      // Some have foreign fields alone, some nothing, and some details of their own.
      (events[1].detail, events[2].detail) = (nil, ["power": "on"])
      let ledger = try Ledger.create(path, now: testNow)
      try await ledger.write(at: testNow) { [events] transaction in
        let source = try transaction.source(named: "v", instanceUUID: nil)
        for event in events { _ = try transaction.append(event, source: source) }
      }
      let connection = try Connection(path: path, mode: .readWrite)
      for trigger in try connection.all("SELECT name FROM sqlite_schema WHERE type = 'trigger'", row: { $0.text(0) }) {
        try connection.execute("DROP TRIGGER \(trigger)")
      }
      try connection.execute("PRAGMA foreign_keys = OFF; UPDATE event SET \(column) = 999999 WHERE seq = \(seq)")
      let verdict = try Ledger.open(path, for: .inspect, now: testNow).read { try $0.verifyChain(wanted: nil) }
      #expect(verdict.firstBad?.seq == seq, "\(column) of event \(seq)")
      changed += 1
    }
    #expect(changed == 4)
  }
}
