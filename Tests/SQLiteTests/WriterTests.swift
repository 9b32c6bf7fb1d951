import SQLite
import TestSupport
import Testing

@Suite struct WriterTests {
  @Test func oneWritesManyRead() async throws {
    let folder = try ScratchFolder()
    let path = folder.path("a.db")
    let connection = try Connection(path: path, mode: .create)
    try connection.configure(for: .writer)
    try connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, twin INTEGER NOT NULL) STRICT")
    let writer = Writer(connection)
    let pool = try ReaderPool(path: path, count: 3)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for task in 0..<4 {
        group.addTask {
          for number in 0..<100 {
            try await writer.withConnection { connection in
              let id = task * 1000 + number
              try connection.transaction {
                try connection.run("INSERT INTO t VALUES ($1, $2)", id, id)
                try connection.run("INSERT INTO t VALUES ($1, $2)", id + 500, id)
              }
            }
          }
        }
        group.addTask {
          for _ in 0..<200 {
            let count = try pool.read { try $0.first("SELECT count(*) FROM t") { $0.int(0) } ?? 1 }
            // Twins are written together: nobody ever sees one of them alone.
            #expect(count % 2 == 0)
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try pool.read { try $0.first("SELECT count(*) FROM t") { $0.int(0) } } == 800)
  }

  @Test func writersComeAndGo() async throws {
    for _ in 0..<50 {
      let writer = Writer(try Connection(path: ":memory:", mode: .create))
      #expect(try await writer.withConnection { try $0.first("SELECT 42") { $0.int(0) } } == 42)
    }
  }
}
