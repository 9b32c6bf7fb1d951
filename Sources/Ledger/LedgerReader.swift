internal import Inventory
internal import SQLite

/// One instant of the ledger, lent for reading.
package struct LedgerReader: ~Copyable {
  let connection: Connection
  let records: RecordReader

  init(_ connection: consuming Connection) {
    records = RecordReader(connection.alias())
    self.connection = connection
  }

  /// Where the chain ends.
  package func chainHead() throws -> ChainHead { try connection.chainHead() }

  /// Reads the whole chain; see `ChainVerdict`.
  /// - Parameter wanted: a hash in hexadecimal that must occur; nil to ask for none.
  package func verifyChain(wanted: String?) throws -> ChainVerdict {
    try ChainVerifier(connection.alias()).verify(wanted: wanted)
  }

  /// Calls `body` with the bytes of each event that its hash is taken over, for whoever wants to hash them himself.
  package func forEachCanonical(_ body: (CanonicalBytes) throws -> Void) throws {
    try ChainVerifier(connection.alias()).forEachCanonical(body)
  }

  /// What is wrong with the tables, indexes, triggers and views, or the list of schema migrations; nil where nothing is.
  package func structureProblem() throws -> String? {
    if let problem = try connection.structureProblem(schema: .builtIn) { return problem }
    return try connection.migrationProblem(version: Int(connection.pragma("user_version")), schema: .builtIn)
  }
}
