internal import Foundation
package import Inventory
internal import SQLite

/// An import as the ledger tells it.
package struct ImportSummary: Sendable, Equatable {
  /// Number of its event `import.finished`: the import's number.
  package let seq: Int64
  package let recordedAt: Instant
  package let source: String
  package let format: String
  package let path: String
  package let records: Int
  package let imported: Int
  /// Number of the first event that it added.
  package let firstSeq: Int64
  package let firstAt: Instant?
  package let lastAt: Instant?
  /// How times without a zone were read.
  package let zone: String?
  /// The event that undid it; nil where it counts.
  package let retractedBy: Int64?
}

extension LedgerReader {
  /// Every import that added something, oldest first.
  package func imports() throws -> [ImportSummary] { try connection.importSummaries() }
}

extension Connection {
  func importSummaries() throws -> [ImportSummary] {
    try all(
      """
      SELECT b.seq, e.recorded_at, s.name, b.format, b.first_at, b.last_at, b.retracted_by, e.detail
      FROM import_batch AS b JOIN source AS s ON s.id = b.source CROSS JOIN event AS e ON e.seq = b.seq ORDER BY b.seq
      """
    ) { row in
      let detail = try JSONValue(parsing: Data(row.text(7).utf8))
      let imported = Int(detail["imported"]?.intValue ?? 0)
      return ImportSummary(
        seq: row.int(0), recordedAt: Instant(microseconds: row.int(1)), source: row.text(2), format: row.text(3),
        path: detail["path"]?.stringValue ?? "", records: Int(detail["records"]?.intValue ?? 0), imported: imported,
        // Earlier ledgers do not say it: then its records stand just before.
        firstSeq: detail["first_seq"]?.intValue ?? row.int(0) - Int64(imported),
        firstAt: row.optionalInt(4).map { Instant(microseconds: $0) },
        lastAt: row.optionalInt(5).map { Instant(microseconds: $0) }, zone: detail["zone"]?.stringValue,
        retractedBy: row.optionalInt(6))
    }
  }
}

extension LedgerTransaction {
  /// An import of the same content whose times were read in another zone.
  package func otherZone(
    ofImport digest: String, than zone: String, from source: Source
  ) throws -> (number: Int64, zone: String)? {
    let found = try connection.all(
      """
      SELECT b.seq, e.detail FROM import_batch AS b CROSS JOIN event AS e ON e.seq = b.seq
      WHERE b.source = $1 AND b.digest = $2 AND b.retracted_by IS NULL ORDER BY b.seq
      """, source.id, digest
    ) { row in (number: row.int(0), zone: try JSONValue(parsing: Data(row.text(1).utf8))["zone"]?.stringValue) }
    return found.lazy.compactMap { batch in batch.zone.flatMap { $0 == zone ? nil : (batch.number, $0) } }.first
  }
}
