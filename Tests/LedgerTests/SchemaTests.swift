import CSchema
import Foundation
import Inventory
import SQLite
import TestSupport
import Testing

@testable import Ledger

@Suite struct SchemaTests {
  private func text(_ path: String) throws -> String {
    try String(contentsOf: Project.root.appendingPathComponent(path), encoding: .utf8)
  }

  @Test func theBinaryHoldsTheFiles() throws {
    #expect(Schema.builtIn.current.text == (try text("schema.sql")))
    let names = try FileManager.default.contentsOfDirectory(atPath: Project.root.appendingPathComponent("migrations").path)
    #expect(Schema.builtIn.migrations.map { $0.name + ".sql" } == names.sorted())
    for migration in Schema.builtIn.migrations { #expect(migration.text == (try text("migrations/\(migration.name).sql"))) }
  }

  /// Tables, columns in order, indexes with their columns, foreign keys, and the text of everything.
  private func shape(_ connection: borrowing Connection) throws -> [String] {
    var shape: [String] = []
    let tables = try connection.all("SELECT name FROM pragma_table_list WHERE schema = 'main' ORDER BY name") { $0.text(0) }
    for table in tables where !table.hasPrefix("sqlite_") {
      for pragma in ["table_xinfo", "foreign_key_list", "index_list"] {
        let rows = try connection.prepare("SELECT * FROM pragma_\(pragma)('\(table)')")
        while try rows.step() { shape.append("\(table) \(pragma) \((0..<rows.columnCount).map { rows.value($0) })") }
      }
    }
    let indexes = try connection.all("SELECT name FROM sqlite_schema WHERE type = 'index' ORDER BY name") { $0.text(0) }
    for index in indexes {
      let rows = try connection.prepare("SELECT * FROM pragma_index_xinfo('\(index)')")
      while try rows.step() { shape.append("\(index) \((0..<rows.columnCount).map { rows.value($0) })") }
    }
    // Indexes are listed by their age.
    return shape.map { $0.replacing(/index_list \[[^,]*,/, with: "index_list") }.sorted()
  }

  @Test func allMigrationsGiveTheSchema() throws {
    let current = try Connection(path: ":memory:", mode: .create)
    try current.execute(Schema.builtIn.current.text)
    let migrated = try Connection(path: ":memory:", mode: .create)
    for migration in Schema.builtIn.migrations { try migrated.execute(migration.text) }
    #expect(try shape(migrated) == shape(current))
    #expect(try SchemaShape(of: migrated).difference(from: SchemaShape(of: current)) == nil)
    #expect(try migrated.pragma("application_id") == Schema.applicationID)
  }

  @Test func everyTableIsExplained() throws {
    let lines = try text("schema.sql").components(separatedBy: "\n")
    for (index, line) in lines.enumerated() where line.hasPrefix("CREATE TABLE") || line.hasPrefix("CREATE VIEW") {
      #expect(index > 0 && lines[index - 1].hasPrefix("--"), "\(line)")
    }
  }

  @Test func aNewFileIsOpenedAgain() async throws {
    let folder = try ScratchFolder()
    let path = folder.path("a.db")
    _ = try Ledger.create(path, now: testNow)
    let head = try Ledger.open(path, for: .read, now: testNow).read { try $0.chainHead() }
    #expect(head.seq == 0)
    // To create it again is to open it.
    _ = try Ledger.create(path, now: testNow)
  }

  private func refusal(_ path: String) throws -> YadokariError {
    try #require(throws: YadokariError.self) { _ = try Ledger.open(path, for: .read, now: testNow) }
  }

  @Test func whatIsNotOursIsRefused() throws {
    let folder = try ScratchFolder()
    #expect(try refusal(folder.path("none.db")).code == .notFound)
    #expect(
      try refusal(folder.write("hello, this is no database at all, but long enough to look at", to: "text.db")).code
        == .failed)
    let foreign = try Connection(path: folder.path("foreign.db"), mode: .create)
    try foreign.execute("CREATE TABLE t (id INTEGER)")
    let error = try refusal(folder.path("foreign.db"))
    #expect(error.code == .failed)
    #expect(error.message.contains("not one of Yadokari"))
    let second = #expect(throws: YadokariError.self) { _ = try Ledger.create(folder.path("foreign.db"), now: testNow) }
    #expect(second?.code == .failed)
  }

  @Test(arguments: [
    ("PRAGMA user_version = 99", "schema 99"), ("DROP TRIGGER event_no_update", "event_no_update is missing"),
    ("CREATE TRIGGER spy AFTER INSERT ON event BEGIN SELECT 1; END", "spy does not belong"),
    ("DROP INDEX event_vm; CREATE INDEX event_vm ON event (vm)", "event_vm was changed"),
    (
      "CREATE TRIGGER x BEFORE UPDATE ON term BEGIN SELECT 1; END; DROP TRIGGER event_no_update;"
        + "CREATE TRIGGER event_no_update BEFORE UPDATE ON event --\r\n WHEN 0\nBEGIN SELECT RAISE(ABORT, 'events are append-only'); END",
      "event_no_update was changed"
    ),
    ("UPDATE schema_migration SET sha256 = 'x'", "schema migration 1"),
    ("DELETE FROM schema_migration", "schema migrations"),
  ])
  func aNewerOrTamperedFileIsRefused(change: String, words: String) throws {
    let folder = try ScratchFolder()
    let path = folder.path("a.db")
    _ = try Ledger.create(path, now: testNow)
    try Connection(path: path, mode: .readWrite).execute(change)
    let error = try refusal(path)
    #expect(error.code == .failed)
    #expect(error.message.contains(words), "\(error.message)")
    let problem = try Ledger.open(path, for: .inspect, now: testNow).read { try $0.structureProblem() }
    #expect(problem != nil, "what is refused is also said by those who read it still")
  }

  // MARK: Schema migrations, with a further one that only these tests know

  private let version = Schema.builtIn.migrations.count

  private func file(_ name: String, _ text: String) -> Schema.File {
    Array(text.utf8).withUnsafeBufferPointer { Schema.File(name: name, bytes: $0) }
  }

  private func schema(adding sql: String) -> Schema {
    Schema(
      current: file("schema", Schema.builtIn.current.text + sql),
      migrations: Schema.builtIn.migrations + [file("test", sql)])
  }

  @Test func anOlderFileIsCopiedAndBroughtUpToDate() throws {
    let folder = try ScratchFolder()
    let path = folder.path("a.db")
    _ = try Ledger.create(path, now: testNow)
    let newer = schema(adding: "CREATE TABLE extra (id INTEGER NOT NULL PRIMARY KEY) STRICT;")
    let reading = #expect(throws: YadokariError.self) { _ = try Ledger.open(path, for: .read, now: testNow, schema: newer) }
    #expect(reading?.message.contains("older schema \(version)") == true, "reading changes nothing")
    _ = try Ledger.open(path, for: .write, now: testNow, schema: newer)
    let versions = try [path, path + ".schema-\(version).bak"].map {
      try Connection(path: $0, mode: .readOnly).pragma("user_version")
    }
    #expect(versions == [Int64(version) + 1, Int64(version)], "the copy is what was there before")
    _ = try Ledger.open(path, for: .read, now: testNow, schema: newer)
    #expect(try refusal(path).message.contains("schema \(version + 1)"), "and an older program refuses it")
  }

  @Test func aMigrationThatFailsLeavesTheFileAsItWas() throws {
    let folder = try ScratchFolder()
    let path = folder.path("a.db")
    _ = try Ledger.create(path, now: testNow)
    for sql in ["CREATE TABLE extra (id INTEGER); INSERT INTO nothing VALUES (1);", Self.breakingReferences] {
      #expect(throws: YadokariError.self) {
        _ = try Ledger.open(path, for: .write, now: testNow, schema: schema(adding: sql))
      }
      #expect(try Connection(path: path, mode: .readOnly).pragma("user_version") == Int64(version))
      _ = try Ledger.open(path, for: .read, now: testNow)
      #expect(
        !FileManager.default.fileExists(atPath: path + ".schema-\(version).bak"), "nothing is in the way of another try")
    }
  }

  private static let breakingReferences = """
    INSERT INTO object (id, source, kind, foreign_id, name, identity) VALUES (1, 77, 'vm', 'vm-1', 'web1', 1);
    """

  @Test("A copy that a process left which was killed before it migrated is kept")
  func aCopyOfTheSameContentIsKept() async throws {
    let folder = try ScratchFolder()
    let path = folder.path("a.db")
    let backup = path + ".schema-\(version).bak"
    let newer = schema(adding: "CREATE TABLE extra (id INTEGER NOT NULL PRIMARY KEY) STRICT;")
    do {
      let ledger = try Ledger.create(path, now: testNow)
      try Ledger.copy(path, to: backup, now: testNow)
      let event = Event(occurredAt: testNow, type: .vmPoweredOn)
      _ = try await ledger.write(at: testNow) { try $0.append(event) }
    }
    let other = #expect(throws: YadokariError.self) { _ = try Ledger.open(path, for: .write, now: testNow, schema: newer) }
    #expect(other?.message.contains("in the way") == true, "it lacks an event")
    try FileManager.default.removeItem(atPath: backup)
    try Ledger.copy(path, to: backup, now: testNow)
    _ = try folder.write("half a copy", to: "a.db.schema-\(version).bak.part")
    let before = try FileManager.default.attributesOfItem(atPath: backup)[.systemFileNumber] as? Int
    _ = try Ledger.open(path, for: .write, now: testNow, schema: newer)
    #expect(try FileManager.default.attributesOfItem(atPath: backup)[.systemFileNumber] as? Int == before)
    #expect(try Connection(path: path, mode: .readOnly).pragma("user_version") == Int64(version) + 1)
  }

  @Test("A process that waited while another migrated a part goes on with the rest")
  func aHalfMigratedFileIsMigratedOn() throws {
    let folder = try ScratchFolder()
    let path = folder.path("a.db")
    _ = try Ledger.create(path, now: testNow)
    let half = schema(adding: "CREATE TABLE extra (id INTEGER NOT NULL PRIMARY KEY) STRICT;")
    let whole = Schema(
      current: half.current, migrations: half.migrations + [file("more", "CREATE TABLE more (id INTEGER) STRICT;")])
    let waiting = try Connection(path: path, mode: .readWrite)
    try half.migrate(Connection(path: path, mode: .readWrite), from: version, now: testNow)
    try Ledger.copyAndMigrate(waiting, to: whole, from: version, path: path, now: testNow)
    #expect(try waiting.pragma("user_version") == Int64(version) + 2)
    #expect(!FileManager.default.fileExists(atPath: path + ".schema-\(version).bak"), "the copy is the faster one's")
  }

  @Test func whatAnotherProcessMigratedIsNotMigratedAgain() throws {
    let folder = try ScratchFolder()
    let path = folder.path("a.db")
    _ = try Ledger.create(path, now: testNow)
    let newer = schema(adding: "CREATE TABLE extra (id INTEGER NOT NULL PRIMARY KEY) STRICT;")
    for _ in 0..<2 {
      let connection = try Connection(path: path, mode: .readWrite)
      try newer.migrate(connection, from: version, now: testNow)
    }
    #expect(try Connection(path: path, mode: .readOnly).pragma("user_version") == Int64(version) + 1)
  }

  @Test func aCopyIsNeverOverwritten() throws {
    let folder = try ScratchFolder()
    let path = folder.path("a.db")
    _ = try Ledger.create(path, now: testNow)
    _ = try folder.write("precious", to: "a.db.schema-\(version).bak")
    let newer = schema(adding: "CREATE TABLE extra (id INTEGER NOT NULL PRIMARY KEY) STRICT;")
    let error = #expect(throws: YadokariError.self) { _ = try Ledger.open(path, for: .write, now: testNow, schema: newer) }
    #expect(error?.message.contains("in the way") == true)
    #expect(try String(contentsOfFile: path + ".schema-\(version).bak", encoding: .utf8) == "precious")
  }
}
