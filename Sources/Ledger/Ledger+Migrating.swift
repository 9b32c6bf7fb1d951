internal import Foundation
internal import Inventory
internal import SQLite

/// Bringing a file of an older schema up to date.
extension Ledger {
  /// The copy gets its name when it is whole, and goes when nothing was migrated. What a process left that was killed
  /// between the two is a copy of the same content: it is kept.
  static func copyAndMigrate(
    _ connection: borrowing Connection, to schema: Schema, from version: Int, path: String, now: Instant
  ) throws {
    let backup = "\(path).schema-\(version).bak"
    var hasCopied = false
    do {
      let writing = try Connection(path: path, mode: .readWrite)
      try writing.configure(for: .writer)
      // Another process that finds the older schema waits here, and then finds the newer one.
      let isOlder = try writing.transaction {
        guard try connection.pragma("user_version") == version else { return false }
        hasCopied = try copyBefore(connection, to: backup, version: version)
        return true
      }
      if isOlder { try schema.migrate(writing, from: version, now: now) }
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

  /// Makes the copy of before a migration.
  /// - Returns: false where there is one of the same content already.
  /// - Throws: `failed` where another file has its name.
  private static func copyBefore(_ connection: borrowing Connection, to backup: String, version: Int) throws -> Bool {
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
