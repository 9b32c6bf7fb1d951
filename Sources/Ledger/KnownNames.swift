package import Inventory
internal import SQLite

/// The names that a ledger knows, for a person who typed another one.
extension LedgerReader {
  /// All names and ids that objects of a kind ever had.
  /// - Parameter source: its name; nil for all.
  package func names(of kind: ObjectKind, source: String?) throws -> Set<String> {
    let rows = try connection.all(
      """
      SELECT o.name, o.foreign_id FROM object AS o JOIN source AS s ON s.id = o.source
      WHERE o.kind = $1 AND ($2 IS NULL OR s.name = $2)
      """, kind.rawValue, source
    ) { [$0.text(0), $0.text(1)] }
    return Set(rows.joined()).subtracting([""])
  }

  /// - Throws: `notFound` for a type that is neither one of ours nor on record as a source's own.
  package func checkEventType(_ name: String) throws {
    let ours = EventType.known.map(\.rawValue)
    let types = ours + (try connection.all("SELECT text FROM term", row: { $0.text(0) }))
    guard !types.contains(where: { $0.lowercased() == name.lowercased() }) else { return }
    let question = NearNames.question(name, among: types)
    throw YadokariError(.notFound, "there is no event type \"\(name)\"\(question); see \"yadokari event types\"")
  }
}
