internal import CSQLite

/// Lets a statement of a person's own read the database and nothing else, for as long as it is given.
///
/// SQLite asks while it prepares a statement: whatever is not known to be reading is refused.
package final class QueryGuard {
  /// What was refused last, in words.
  package private(set) var refusal: String?
  fileprivate let isOver: () -> Bool

  /// - Parameter isOver: asked now and then; true ends the statement, which then fails with `interrupted`.
  package init(isOver: @escaping () -> Bool) { self.isOver = isOver }

  private static let readingPragmas: Set = [
    "application_id", "compile_options", "database_list", "foreign_key_list", "function_list", "index_info", "index_list",
    "index_xinfo", "table_info", "table_list", "table_xinfo", "user_version",
  ]
  private static let settablePragmas: Set = ["application_id", "user_version"]

  /// Whether SQLite may do what it asks for.
  fileprivate func allows(_ action: Int32, _ first: String?, _ second: String?) -> Bool {
    switch action {
    case SQLITE_SELECT, SQLITE_READ, SQLITE_RECURSIVE: return true
    // SQLite asks this when it meets a function that gives a table; a statement that does it is refused for itself.
    case SQLITE_UPDATE where first == "sqlite_master" || first == "sqlite_schema": return true
    case SQLITE_FUNCTION:
      guard second?.lowercased() == "load_extension" else { return true }
      refusal = "load_extension is not allowed"
    case SQLITE_PRAGMA:
      let name = first?.lowercased() ?? ""
      if Self.readingPragmas.contains(name), second == nil || !Self.settablePragmas.contains(name) { return true }
      refusal = "PRAGMA \(name) is not allowed"
    case SQLITE_ATTACH, SQLITE_DETACH: refusal = "other files cannot be attached"
    case SQLITE_TRANSACTION, SQLITE_SAVEPOINT: refusal = "a query is its own transaction"
    default: refusal = "it would change something"
    }
    return false
  }
}

extension Connection {
  /// Runs `body` while a guard watches every statement that is prepared or runs.
  ///
  /// - Parameter longest: bytes of the longest text or blob that may come into being.
  package func guarded<R>(by queryGuard: QueryGuard, longest: Int32, _ body: () throws -> R) rethrows -> R {
    let database = handle.database
    let context = Unmanaged.passUnretained(queryGuard).toOpaque()
    sqlite3_set_authorizer(
      database,
      { context, action, first, second, _, _ in
        guard let context else { return SQLITE_DENY }
        let queryGuard = Unmanaged<QueryGuard>.fromOpaque(context).takeUnretainedValue()
        let words = [first, second].map { $0.map { String(cString: $0) } }
        return queryGuard.allows(action, words[0], words[1]) ? SQLITE_OK : SQLITE_DENY
      }, context)
    sqlite3_progress_handler(
      database, 10_000,
      { context in
        guard let context else { return 1 }
        return Unmanaged<QueryGuard>.fromOpaque(context).takeUnretainedValue().isOver() ? 1 : 0
      }, context)
    let limit = sqlite3_limit(database, SQLITE_LIMIT_LENGTH, longest)
    defer {
      sqlite3_set_authorizer(database, nil, nil)
      sqlite3_progress_handler(database, 0, nil, nil)
      sqlite3_limit(database, SQLITE_LIMIT_LENGTH, limit)
    }
    return try withExtendedLifetime(queryGuard) { try body() }
  }
}

extension Statement {
  /// The names of the columns, as the statement gives them.
  package var columnNames: [String] {
    (0..<columnCount).map { sqlite3_column_name(raw, Int32($0)).map { String(cString: $0) } ?? "" }
  }

  /// Whether the statement leaves the file alone.
  package var isReadOnly: Bool { sqlite3_stmt_readonly(raw) != 0 }
}
