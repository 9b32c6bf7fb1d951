internal import CSQLite

/// The open database: closed when the last connection or statement that holds it has gone.
///
/// Every statement keeps its handle alive, so SQLite never sees a close with a statement still open.
final class Handle {
  let database: OpaquePointer
  var buffer = BindBuffer()
  /// Statements that are lent at the moment; each keeps its bound bytes in the buffer.
  var loans = 0
  private var cache: [UnsafePointer<UInt8>: CachedStatement] = [:]

  /// Ends SQLite's count of its own memory, which nothing reads: for it each allocation takes the one lock of the process.
  /// It has to be done before SQLite is first used; later SQLite refuses it, and all works as before.
  private static let countsNoMemory: Void = { _ = csqlite_count_memory(0) }()

  /// Opens the file, with the extended result codes on.
  init(path: String, flags: Int32, vfs: String?) throws(SQLiteError) {
    Self.countsNoMemory
    var database: OpaquePointer?
    let code = sqlite3_open_v2(path, &database, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, vfs)
    guard code == SQLITE_OK, let database else {
      let error = SQLiteError(code, on: database)
      sqlite3_close_v2(database)
      throw error
    }
    self.database = database
    // A misspelt column in double quotes must be an error, not a string.
    for option in [SQLITE_DBCONFIG_DQS_DML, SQLITE_DBCONFIG_DQS_DDL] {
      let code = csqlite_db_config_flag(database, option, 0)
      guard code == SQLITE_OK else { throw SQLiteError(code, on: database) }
    }
  }

  deinit {
    for statement in cache.values { sqlite3_finalize(statement.raw) }
    // Cannot fail: the statements above were the last ones, and a backup finishes before its call returns.
    sqlite3_close_v2(database)
  }

  func prepare(_ text: UnsafeBufferPointer<UInt8>, isKept: Bool) throws(SQLiteError) -> OpaquePointer {
    var raw: OpaquePointer?
    var tail: UnsafePointer<CChar>?
    let flags = isKept ? UInt32(SQLITE_PREPARE_PERSISTENT) : 0
    var code = ResultCode.misuse.rawValue
    var rest = 0
    text.withMemoryRebound(to: CChar.self) { characters in
      code = sqlite3_prepare_v3(database, characters.baseAddress, Int32(characters.count), flags, &raw, &tail)
      if let tail, let start = characters.baseAddress { rest = characters.count - (tail - start) }
    }
    guard code == SQLITE_OK else {
      throw SQLiteError(code, on: database, statement: String(decoding: text, as: UTF8.self))
    }
    let isBlank = text.suffix(rest).allSatisfy { $0 == 0x20 || $0 == 0x0a || $0 == 0x3b || $0 == 0 }
    guard let raw, isBlank else {
      sqlite3_finalize(raw)
      throw SQLiteError(
        code: .misuse, message: raw == nil ? "empty statement" : "more than one statement",
        statement: String(decoding: text, as: UTF8.self))
    }
    // SQLite numbers $1, $2 … by their first appearance; a query in which these differ would bind the wrong values.
    for index in 0..<sqlite3_bind_parameter_count(raw) {
      let name = sqlite3_bind_parameter_name(raw, index + 1).map { String(cString: $0) }
      if name == "$\(index + 1)" { continue }
      sqlite3_finalize(raw)
      throw SQLiteError(
        code: .misuse, message: "parameters must appear first in the order of their numbers",
        statement: String(decoding: text, as: UTF8.self))
    }
    return raw
  }

  /// A prepared statement from the cache, marked as lent; a fresh one where the cached one is out already.
  func borrow(_ sql: StaticString) throws(SQLiteError) -> CachedStatement {
    let key = sql.utf8Start
    if let known = cache[key] {
      if known.isLent { return CachedStatement(raw: try prepare(sql.bytes, isKept: false), isCached: false) }
      known.isLent = true
      return known
    }
    let statement = CachedStatement(raw: try prepare(sql.bytes, isKept: true), isCached: true)
    cache[key] = statement
    return statement
  }

  func giveBack(_ statement: CachedStatement) {
    guard statement.isCached else {
      sqlite3_finalize(statement.raw)
      return
    }
    // Their codes repeat the failure of the last step, which was already reported.
    sqlite3_reset(statement.raw)
    sqlite3_clear_bindings(statement.raw)
    statement.isLent = false
  }

  func execute(_ sql: String) throws(SQLiteError) {
    let code = sqlite3_exec(database, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw SQLiteError(code, on: database, statement: sql) }
  }
}

extension StaticString {
  var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: utf8Start, count: utf8CodeUnitCount) }
}
