import SQLite
import Testing

@Suite struct StatementTests {
  private func table() throws -> Connection {
    let connection = try Connection(path: ":memory:", mode: .create)
    try connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, data BLOB) STRICT")
    return connection
  }

  @Test func valuesComeBackAsTheyWent() throws {
    let connection = try table()
    let long = String(repeating: "ü", count: 400_000)
    for (id, name) in [(1, "web1"), (2, ""), (3, long)] as [(Int, String)] {
      try connection.run("INSERT INTO t (id, name, data) VALUES ($1, $2, $3)", id, name, [UInt8(id), 0, 255])
    }
    try connection.run("INSERT INTO t (id, name, data) VALUES ($1, $2, $3)", 4, nil as String?, [] as [UInt8])
    let names = try connection.all("SELECT name FROM t ORDER BY id") { $0.optionalText(0) }
    #expect(names == ["web1", "", long, nil])
    let blobs = try connection.all("SELECT data FROM t ORDER BY id") { $0.value(0) }
    #expect(blobs == [.blob([1, 0, 255]), .blob([2, 0, 255]), .blob([3, 0, 255]), .blob([])])
  }

  @Test func aLentStatementUsedInsideItselfGetsItsOwn() throws {
    let connection = try table()
    for id in 1...3 { try connection.run("INSERT INTO t (id, name) VALUES ($1, $2)", id, "n\(id)") }
    var pairs: [String] = []
    let query: StaticString = "SELECT name FROM t WHERE id >= $1 ORDER BY id"
    try connection.forEach(query, 1) { outer in
      try connection.forEach(query, 2) { inner in pairs.append(outer.text(0) + inner.text(0)) }
    }
    #expect(pairs == ["n1n2", "n1n3", "n2n2", "n2n3", "n3n2", "n3n3"])
  }

  @Test func boundTextStaysValidWhileAnotherStatementBinds() throws {
    let connection = try table()
    for id in 1...3 { try connection.run("INSERT INTO t (id, name) VALUES ($1, $2)", id, "same") }
    var count = 0
    try connection.forEach("SELECT id FROM t WHERE name = $1 ORDER BY id", "same") { row in
      try connection.run("INSERT INTO t (id, name) VALUES ($1, $2)", row.int(0) + 10, "other text, longer than before")
      count += 1
    }
    #expect(count == 3)
  }

  @Test func anOuterStatementThatRunsAgainLeavesTheInnerOnesTextAlone() throws {
    let connection = try table()
    for id in 1...3 { try connection.run("INSERT INTO t (id, name) VALUES ($1, $2)", id, "same") }
    var found: [Int64] = []
    try connection.withStatement("INSERT INTO t (id, name) VALUES ($1, $2)") { outer in
      try connection.forEach("SELECT id FROM t WHERE name = $1 AND id < 10 ORDER BY id + 0", "same") { inner in
        found.append(inner.int(0))
        for copy in 1...3 { try outer.run(inner.int(0) * 100 + Int64(copy), "XXXXXXXXXXXXXXXX") }
      }
    }
    #expect(found == [1, 2, 3])
  }

  @Test func anErrorSaysCodeStatementAndPlace() throws {
    let connection = try table()
    let misspelt = try #require(throws: SQLiteError.self) { _ = try connection.prepare("SELECT id, nam FROM t") }
    #expect(misspelt.code == .error)
    #expect(misspelt.offset == 11)
    #expect(misspelt.description.contains("nam"))
    try connection.run("INSERT INTO t (id) VALUES ($1)", 1)
    let double = try #require(throws: SQLiteError.self) { try connection.run("INSERT INTO t (id) VALUES ($1)", 1) }
    #expect(double.code == .constraintPrimaryKey)
    #expect(double.code.primary == .constraint)
    let wrongType = try #require(throws: SQLiteError.self) { try connection.run("INSERT INTO t (id) VALUES ($1)", "x") }
    #expect(wrongType.code.primary == .constraint || wrongType.code.rawValue & 0xff == 20)
  }

  @Test func aStringInDoubleQuotesIsAnError() throws {
    let connection = try table()
    #expect(throws: SQLiteError.self) { _ = try connection.prepare("SELECT \"typo\" FROM t") }
  }

  @Test(arguments: [
    "", "  ", "-- nothing", "SELECT 1; SELECT 2", "SELECT $2, $1", "SELECT ?", "SELECT :name",
  ])
  func statementsThatWouldMisbehaveAreRefused(sql: String) throws {
    let connection = try table()
    let error = try #require(throws: SQLiteError.self) { _ = try connection.prepare(sql) }
    #expect(error.code == .misuse)
  }

  @Test func aStatementOutlivesItsConnection() throws {
    func prepare() throws -> Statement {
      let connection = try table()
      try connection.run("INSERT INTO t (id, name) VALUES ($1, $2)", 7, "still here")
      return try connection.prepare("SELECT name FROM t")
    }
    let statement = try prepare()
    #expect(try statement.step())
    #expect(statement.text(0) == "still here")
  }

  @Test func oneStatementRunsManyTimes() throws {
    let connection = try table()
    try connection.withStatement("INSERT INTO t (id, name) VALUES ($1, $2)") { statement in
      for id in 1...5000 { try statement.run(id, "a name that fills the buffer if nobody empties it \(id)") }
    }
    #expect(try connection.first("SELECT count(*) FROM t") { $0.int(0) } == 5000)
  }
}
