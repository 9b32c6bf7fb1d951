internal import CSQLite

/// One connection to a database file. Whoever holds it is alone with it: it has no locks of its own.
package struct Connection: ~Copyable {
  let handle: Handle

  /// How a file is opened.
  package enum Mode: Sendable {
    /// Creates the file where it is missing.
    case create
    /// The file must exist.
    case readWrite
    /// The file must exist; nothing on disk is changed.
    case readOnly
  }

  /// Opens a file.
  /// - Parameter vfs: the name of SQLite's way to its files, such as `memdb` for one in memory that all connections of the
  ///   process share (its path begins with a stroke); nil for the system's.
  package init(path: String, mode: Mode, vfs: String? = nil) throws(SQLiteError) {
    let access =
      switch mode {
      case .create: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
      case .readWrite: SQLITE_OPEN_READWRITE
      case .readOnly: SQLITE_OPEN_READONLY
      }
    handle = try Handle(path: path, flags: access, vfs: vfs)
  }

  // MARK: Statements

  // What is generic or takes a closure is inlinable, so that it is specialised in the rooms that use it; the two functions
  // that it needs from here are not.

  /// Lends the prepared statement of a fixed text; it is kept for the next time.
  @inlinable
  package func withStatement<R>(_ sql: StaticString, _ body: (borrowing Statement) throws -> R) throws -> R {
    let cached = try borrow(sql)
    let statement = lend(cached)
    defer { giveBack(cached, statement) }
    return try body(statement)
  }

  @usableFromInline
  package func borrow(_ sql: StaticString) throws(SQLiteError) -> CachedStatement { try handle.borrow(sql) }

  @usableFromInline
  package func lend(_ cached: CachedStatement) -> Statement {
    handle.loans += 1
    return Statement(lending: cached, handle: handle)
  }

  @usableFromInline
  package func giveBack(_ cached: CachedStatement, _ statement: borrowing Statement) {
    handle.loans -= 1
    handle.giveBack(cached)
    handle.buffer.sink(to: statement.floor ?? 0)
  }

  /// Prepares a text that is not known beforehand.
  package func prepare(_ sql: String) throws(SQLiteError) -> Statement {
    var sql = sql
    var result: Result<OpaquePointer, SQLiteError> = .failure(SQLiteError(code: .misuse, message: "empty statement"))
    sql.withUTF8 { bytes in
      do throws(SQLiteError) {
        result = .success(try handle.prepare(bytes, isKept: false))
      } catch {
        result = .failure(error)
      }
    }
    return Statement(owning: try result.get(), handle: handle)
  }

  // Packs are not specialised across rooms. Handing one on, or into a closure, would build a tuple of it for each call, so
  // these bind the values themselves.

  /// Runs a fixed statement once with the values given.
  @inlinable
  package func run<each Value: Bindable>(_ sql: StaticString, _ value: repeat each Value) throws {
    let cached = try borrow(sql)
    let statement = lend(cached)
    defer { giveBack(cached, statement) }
    var index = 0
    repeat try (each value).bind(to: statement, after: &index)
    while try statement.step() {}
  }

  /// Calls `body` on every row of a fixed query.
  @inlinable
  package func forEach<each Value: Bindable>(
    _ sql: StaticString, _ value: repeat each Value, body: (borrowing Statement) throws -> Void
  ) throws {
    let cached = try borrow(sql)
    let statement = lend(cached)
    defer { giveBack(cached, statement) }
    var index = 0
    repeat try (each value).bind(to: statement, after: &index)
    while try statement.step() { try body(statement) }
  }

  /// Every row of a fixed query, decoded.
  @inlinable
  package func all<each Value: Bindable, Row>(
    _ sql: StaticString, _ value: repeat each Value, row: (borrowing Statement) throws -> Row
  ) throws -> [Row] {
    var rows: [Row] = []
    try forEach(sql, repeat each value) { statement in rows.append(try row(statement)) }
    return rows
  }

  /// The first row of a fixed query, decoded; nil where there is none.
  @inlinable
  package func first<each Value: Bindable, Row>(
    _ sql: StaticString, _ value: repeat each Value, row: (borrowing Statement) throws -> Row
  ) throws -> Row? {
    let cached = try borrow(sql)
    let statement = lend(cached)
    defer { giveBack(cached, statement) }
    var index = 0
    repeat try (each value).bind(to: statement, after: &index)
    return try statement.step() ? try row(statement) : nil
  }

  /// Runs one or more statements without values, such as a whole schema.
  package func execute(_ sql: String) throws(SQLiteError) { try handle.execute(sql) }

  // MARK: State

  /// True outside any transaction.
  package var isInAutocommit: Bool { sqlite3_get_autocommit(handle.database) != 0 }

  /// Whether the file has lost its name since it was opened: it was removed, renamed or replaced, and what is written to it
  /// is lost.
  package var hasMoved: Bool {
    var moved: Int32 = 0
    return sqlite3_file_control(handle.database, "main", SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK && moved != 0
  }
}

extension Connection {
  /// A second name for the same connection, for a value that has to hold it while it is lent. It must stay with the thread
  /// that the connection was lent to.
  package func alias() -> Connection { Connection(handle: handle) }

  private init(handle: Handle) { self.handle = handle }
}
