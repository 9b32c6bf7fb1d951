import TestSupport
import Testing

@testable import SQLite

@Suite struct QueryGuardTests {
  private func connection() throws -> Connection {
    let connection = try Connection(path: ":memory:", mode: .create)
    try connection.execute("CREATE TABLE a (x); CREATE INDEX b_x ON a (x); INSERT INTO a VALUES (1), (2);")
    return connection
  }

  private func run(_ sql: String, on connection: borrowing Connection, isOver: @escaping () -> Bool = { false }) throws
    -> Int
  {
    let queryGuard = QueryGuard(isOver: isOver)
    return try connection.guarded(by: queryGuard, longest: 1000) {
      let statement = try connection.prepare(sql)
      var rows = 0
      while try statement.step() { rows += 1 }
      return rows
    }
  }

  @Test(
    arguments: [
      "SELECT * FROM a", "WITH b AS (SELECT x FROM a) SELECT * FROM b", "SELECT value FROM json_each('[1,2]')",
      "SELECT name FROM pragma_table_info('a') UNION ALL SELECT 1",
      "SELECT name FROM pragma_table_info('a') UNION ALL VALUES (1)",
    ])
  func readingIsAllowed(sql: String) throws {
    #expect(try run(sql, on: connection()) == 2)
  }

  @Test(
    arguments: [
      "DELETE FROM a", "INSERT INTO a VALUES (3)", "UPDATE a SET x = 1", "DROP TABLE a", "CREATE TABLE b (x)",
      "CREATE TEMP TABLE b (x)", "CREATE VIEW b AS SELECT 1", "ATTACH 'x.db' AS b", "DETACH main", "VACUUM",
      "VACUUM INTO 'x.db'",
      "PRAGMA journal_mode = WAL", "PRAGMA user_version = 3", "PRAGMA writable_schema = ON", "PRAGMA query_only = OFF",
      "PRAGMA wal_checkpoint", "SELECT load_extension('x')", "BEGIN", "COMMIT", "SAVEPOINT a", "REINDEX", "ANALYZE",
      "ALTER TABLE a ADD COLUMN y", "UPDATE sqlite_master SET sql = ''", "DELETE FROM sqlite_schema",
    ])
  func allElseIsRefusedAndTheGuardGoesAfterwards(sql: String) throws {
    let connection = try connection()
    #expect(throws: SQLiteError.self) { try run(sql, on: connection) }
    #expect(try run("SELECT * FROM a", on: connection) == 2)
    try connection.execute("INSERT INTO a VALUES (3)")
  }

  @Test func aQueryWithoutEndIsEnded() throws {
    let endless = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c WHERE x < 0"
    var asked = 0
    let error = #expect(throws: SQLiteError.self) {
      try run(endless, on: connection()) {
        asked += 1
        return asked > 3
      }
    }
    #expect(error?.code.primary == .interrupted && asked == 4)
  }

  @Test func whatIsTooLongDoesNotComeIntoBeing() throws {
    let error = #expect(throws: SQLiteError.self) { try run("SELECT zeroblob(1001)", on: connection()) }
    #expect(error?.code.primary == .tooBig)
  }
}
