package import Inventory
internal import SQLite

/// Names that the ledger knows.
extension LedgerTransaction {
  /// Whether some record of the source named an object of this kind so.
  package func knows(_ kind: ObjectKind, named name: String, of source: Source) throws -> Bool {
    try connection.first(
      "SELECT 1 FROM object WHERE kind = $1 AND name = $2 AND source = $3 LIMIT 1", kind.rawValue, name, source.id,
      row: { _ in true }) ?? false
  }

  /// The name with its domain of a host that is given without; nil where none is known, or several.
  package func fullHostName(of short: String, _ source: Source) throws -> String? {
    let names = try connection.all(
      """
      SELECT DISTINCT name FROM object WHERE kind = 'host' AND name >= $1 AND name < $2 AND source = $3 LIMIT 2
      """, short + ".", short + "/", source.id
    ) { $0.text(0) }
    return names.count == 1 ? names[0] : nil
  }
}
