import SQLite
import TestSupport
import Testing

@Suite struct TransactionTests {
  private struct Stop: Error {}

  private func table(_ path: String = ":memory:") throws -> Connection {
    let connection = try Connection(path: path, mode: .create)
    try connection.configure(for: .writer)
    try connection.execute("CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY) STRICT")
    return connection
  }

  private func ids(_ connection: borrowing Connection) throws -> [Int64] {
    try connection.all("SELECT id FROM t ORDER BY id") { $0.int(0) }
  }

  @Test func whatThrowsIsUndone() throws {
    let connection = try table()
    #expect(throws: Stop.self) {
      try connection.transaction {
        try connection.run("INSERT INTO t VALUES ($1)", 1)
        throw Stop()
      }
    }
    #expect(try ids(connection).isEmpty)
    let isOutside = connection.isInAutocommit
    #expect(isOutside)
  }

  @Test func aReaderCannotWrite() throws {
    let folder = try ScratchFolder()
    _ = try table(folder.path("a.db"))
    let pool = try ReaderPool(path: folder.path("a.db"), count: 1)
    let error = try #require(throws: SQLiteError.self) {
      try pool.read { connection in try connection.run("INSERT INTO t VALUES ($1)", 1) }
    }
    #expect(error.code.primary == .readOnly)
  }

  @Test func aBackupIsWhole() throws {
    let folder = try ScratchFolder()
    let connection = try table(folder.path("a.db"))
    for id in 1...100 { try connection.run("INSERT INTO t VALUES ($1)", id) }
    try connection.backup(to: folder.path("b.db"))
    #expect(try ids(Connection(path: folder.path("b.db"), mode: .readOnly)).count == 100)
  }

  @Test func theSecondWriterIsToldThatItIsBusy() throws {
    let folder = try ScratchFolder()
    let first = try table(folder.path("a.db"))
    let second = try table(folder.path("a.db"))
    try second.execute("PRAGMA busy_timeout = 0")
    try first.transaction {
      let error = try #require(throws: SQLiteError.self) { try second.transaction {} }
      #expect(error.code.primary == .busy)
    }
  }

  @Test func aMissingFileCannotBeRead() throws {
    let folder = try ScratchFolder()
    let error = #expect(throws: SQLiteError.self) { _ = try Connection(path: folder.path("none.db"), mode: .readOnly) }
    #expect(error?.code == .cannotOpen)
  }
}
