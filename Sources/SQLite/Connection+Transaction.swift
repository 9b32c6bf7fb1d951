internal import CSQLite

extension Connection {
  /// A write transaction: takes the write lock at once, commits at the end, rolls back where `body` throws.
  package func transaction<R>(_ body: () throws -> R) throws -> R {
    try execute("BEGIN IMMEDIATE")
    return try finish(body, commit: "COMMIT", undo: ["ROLLBACK"])
  }

  /// A read transaction: everything read inside shows one instant of the file.
  package func readTransaction<R>(_ body: () throws -> R) throws -> R {
    try execute("BEGIN")
    return try finish(body, commit: "COMMIT", undo: ["ROLLBACK"])
  }

  /// A transaction inside a transaction: what it did is undone alone where `body` throws.
  package func savepoint<R>(_ name: StaticString, _ body: () throws -> R) throws -> R {
    try execute("SAVEPOINT \"\(name)\"")
    return try finish(
      body, commit: "RELEASE \"\(name)\"", undo: ["ROLLBACK TO \"\(name)\"", "RELEASE \"\(name)\""])
  }

  private func finish<R>(_ body: () throws -> R, commit: String, undo: [String]) throws -> R {
    do {
      let result = try body()
      try execute(commit)
      return result
    } catch {
      // SQLite rolls back by itself on some failures (a full disk, for one); then there is nothing to undo,
      // and the first error is the one to report either way.
      for step in undo where !isInAutocommit { try? execute(step) }
      throw error
    }
  }
}
