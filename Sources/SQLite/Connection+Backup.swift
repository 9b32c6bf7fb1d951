internal import CSQLite
internal import Glibc

extension Connection {
  /// Copies the whole database into another file, page by page, while others may write. A new file has the rights of the one
  /// that is copied, and no more.
  ///
  /// - Throws: `SQLiteError` where the target cannot be opened or written; what was written of it is the caller's to remove.
  package func backup(to path: String) throws(SQLiteError) {
    makeFile(path)
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

  /// Makes the file that SQLite is to fill: by itself it would make one that everybody may read. Where it cannot be made,
  /// SQLite meets the same hindrance, and says so.
  private func makeFile(_ path: String) {
    var original = stat()
    guard let name = sqlite3_db_filename(handle.database, "main"), stat(name, &original) == 0 else { return }
    let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, original.st_mode & 0o666)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    var made = stat()
    // The rights of a group are not those of another.
    if fstat(descriptor, &made) == 0, made.st_gid != original.st_gid { fchmod(descriptor, made.st_mode & ~0o070) }
  }
}
