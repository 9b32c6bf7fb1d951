internal import CSQLite

extension Connection {
  /// A write transaction: takes the write lock at once, commits at the end, rolls back where `body` throws.
  package func transaction<R>(_ body: () throws -> R) throws -> R {
    try execute("BEGIN IMMEDIATE")
    return try finish(body)
  }

  /// A read transaction: everything read inside shows one instant of the file.
  package func readTransaction<R>(_ body: () throws -> R) throws -> R {
    try execute("BEGIN")
    return try finish(body)
  }

  private func finish<R>(_ body: () throws -> R) throws -> R {
    do {
      let result = try body()
      try execute("COMMIT")
      return result
    } catch {
      // SQLite rolls back by itself on some failures (a full disk, for one); then there is nothing to undo,
      // and the first error is the one to report either way.
      if !isInAutocommit { try? execute("ROLLBACK") }
      throw error
    }
  }
}
