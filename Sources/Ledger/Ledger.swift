package import Inventory
internal import SQLite

/// The one owner of a database file. One connection writes, a few read.
package final class Ledger: Sendable {
  /// The file, or the name of a database in memory.
  package let path: String
  private let readers: ReaderPool
  private let writer: Writer?
  private let memory = WriterMemory()
  /// Whether there was no file before.
  let isNew: Bool

  init(path: String, readers: ReaderPool, writer: Writer?, isNew: Bool) {
    self.path = path
    self.readers = readers
    self.writer = writer
    self.isNew = isNew
  }

  /// Reads one instant of the ledger.
  package func read<R: Sendable>(_ body: (borrowing LedgerReader) throws -> R) throws -> R {
    var answer: R?
    return try translatingErrors(path) {
      do {
        return try readers.read { connection in
          let read = try body(LedgerReader(connection.alias()))
          answer = read
          return read
        }
      } catch let error as SQLiteError {
        // Where a check met damage, SQLite will not end the reading in peace; what it found is known all the same.
        guard let answer else { throw error }
        return answer
      }
    }
  }

  /// Appends inside one transaction: all that `body` does is there, or nothing.
  /// - Parameter now: the time at which we learn of it.
  package func write<R: Sendable>(
    at now: Instant, _ body: @escaping @Sendable (LedgerTransaction) throws -> R
  ) async throws -> R {
    let (memory, path) = (memory, path)
    return try await withWriter { connection in
      let (result, transaction) = try connection.transaction {
        let transaction = try LedgerTransaction(connection.alias(), now: now, memory: memory)
        let result = try body(transaction)
        try transaction.finish()
        // SQLite would go on writing to a file that nobody can find any more.
        guard !connection.hasMoved else {
          throw YadokariError(.conflict, "\(path) was removed, renamed or replaced meanwhile; nothing was kept, try again")
        }
        return (result, transaction)
      }
      transaction.remember()
      return result
    }
  }

  /// Throws the projections away and makes them from the events.
  package func rebuild() async throws {
    try await withWriter { connection in
      try connection.transaction {
        if let bad = try ChainVerifier(connection.alias()).verify(wanted: nil).firstBad {
          throw YadokariError(
            .failed, "the ledger was tampered with: \(bad.problem); nothing was made from it, restore it from a backup")
        }
        try connection.rebuildProjections()
      }
    }
  }

  /// Moves what the log of writes holds into the file, as far as readers allow.
  package func checkpoint() async throws {
    try await withWriter { connection in try connection.execute("PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE);") }
  }

  private func withWriter<R: Sendable>(_ body: @escaping @Sendable (borrowing Connection) throws -> R) async throws -> R {
    guard let writer else { throw YadokariError(.notAllowed, "\(path) was opened for reading only") }
    do {
      return try await writer.withConnection(body)
    } catch let error as SQLiteError {
      throw translated(error, path)
    }
  }
}

/// Runs `body`, with SQLite's errors told in our own words.
func translatingErrors<R>(_ path: String, _ body: () throws -> R) throws -> R {
  do {
    return try body()
  } catch let error as SQLiteError {
    throw translated(error, path)
  }
}

/// The one place where SQLite's codes become ours.
func translated(_ error: SQLiteError, _ path: String) -> YadokariError {
  switch error.code.primary {
  case .busy, .locked:
    YadokariError(.conflict, "\(path) is in use by another process; try again when it has finished")
  case .full:
    YadokariError(.failed, "no space is left for \(path); nothing of this step was kept")
  case .notADatabase:
    YadokariError(.failed, "\(path) is not a database; name another file with --db")
  case .corrupt:
    YadokariError(.failed, "\(path) is damaged (\(error.message)); restore it from a backup")
  case .readOnly where error.code == .readOnlyRollback:
    // Only the first step of a new file writes so that it would have to be rolled back.
    YadokariError(.failed, "\(path) holds nothing yet, its making was broken off; fill it with \"yadokari import\"")
  case .readOnly:
    YadokariError(.failed, "\(path) cannot be written; check the rights of the file and of its folder")
  case .cannotOpen:
    YadokariError(.failed, "\(path) cannot be opened; check that the folder exists and may be written")
  case .outOfMemory:
    YadokariError(.failed, "there is not memory enough for \(path); nothing of this step was kept")
  case .inputOutput:
    YadokariError(
      .failed, "\(path) cannot be read or written (\(error.message)); check the disk, nothing of this step was kept")
  default:
    YadokariError(.failed, "\(path): \(error)")
  }
}
