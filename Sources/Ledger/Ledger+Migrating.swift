internal import Foundation
internal import Inventory
internal import SQLite

/// Bringing a file of an older schema up to date.
extension Ledger {
  /// Copies a file of an older schema, then migrates it. The copy gets its name when it is whole, and is removed when
  /// nothing was migrated. A copy of the same content, left by a process that was killed between the two, is kept.
  ///
  /// Several processes may do so at once: one makes the copy, and each goes on with the migrations that are still missing.
  static func copyAndMigrate(
    _ connection: borrowing Connection, to schema: Schema, from version: Int, path: String, now: Instant
  ) throws {
    let backup = "\(path).schema-\(version).bak"
    var hasCopied = false
    do {
      let writing = try Connection(path: path, mode: .readWrite)
      try writing.configure(for: .writer)
      try writing.transaction {
        // Another process may have been faster, and has made the copy then.
        guard try connection.pragma("user_version") == version else { return }
        hasCopied = try copyBeforeMigrating(connection, to: backup, version: version)
      }
      try schema.migrate(writing, from: version, now: now)
    } catch {
      let reached = Int(try connection.pragma("user_version"))
      if reached == version, hasCopied { try? FileManager.default.removeItem(atPath: backup) }
      throw error
    }
  }

  /// Whether a file is whole and holds what a ledger holds.
  private static func isCopy(_ path: String, of connection: borrowing Connection, version: Int) throws -> Bool {
    let head = try connection.chainHead()
    do {
      // For writing: the last reader of a file with a log would leave the log behind.
      let copy = try Connection(path: path, mode: .readWrite)
      guard Int(try copy.pragma("user_version")) == version, try copy.damage() == nil else { return false }
      return try copy.chainHead() == head
    } catch is SQLiteError {
      return false
    }
  }

  /// Makes the copy.
  /// - Returns: false where there is one of the same content already.
  /// - Throws: `failed` where another file has its name.
  private static func copyBeforeMigrating(
    _ connection: borrowing Connection, to backup: String, version: Int
  ) throws -> Bool {
    if FileManager.default.fileExists(atPath: backup) {
      guard try isCopy(backup, of: connection, version: version) else {
        throw YadokariError(
          .failed, "\(backup) is in the way of the copy to be made before migrating; move it and try again")
      }
      return false
    }
    let part = backup + ".part"
    try? FileManager.default.removeItem(atPath: part)
    do {
      try connection.backup(to: part)
      try FileManager.default.moveItem(atPath: part, toPath: backup)
    } catch {
      try? FileManager.default.removeItem(atPath: part)
      throw error
    }
    return true
  }
}
