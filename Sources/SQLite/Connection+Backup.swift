internal import CSQLite

extension Connection {
  /// Copies the whole database into another file, page by page, while others may write.
  ///
  /// - Throws: `SQLiteError` where the target cannot be opened or written; what was written of it is the caller's to remove.
  package func backup(to path: String) throws(SQLiteError) {
    let target = try Connection(path: path, mode: .create)
    guard let backup = sqlite3_backup_init(target.handle.database, "main", handle.database, "main") else {
      throw SQLiteError(sqlite3_extended_errcode(target.handle.database), on: target.handle.database)
    }
    let step = sqlite3_backup_step(backup, -1)
    let finish = sqlite3_backup_finish(backup)
    guard step == SQLITE_DONE, finish == SQLITE_OK else {
      throw SQLiteError(step == SQLITE_DONE ? finish : step, on: target.handle.database)
    }
  }
}
