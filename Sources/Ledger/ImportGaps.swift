internal import Foundation
package import Inventory
internal import SQLite

/// What an import lacks, for as long as no other makes it good.
package struct ImportGaps: Sendable, Equatable {
  /// Number of the import.
  package let number: Int64
  package let source: String
  /// The time of its first and of its last record.
  package let from: Instant
  package let to: Instant
  package let gaps: [ImportGap]
}

extension LedgerReader {
  /// What the imports lack, oldest first. An import is made good by another one of events from the same source that lacks
  /// nothing and reaches as far back and forth, to the second: some lists tell no more.
  package func importGaps() throws -> [ImportGaps] {
    try connection.all(
      """
      SELECT b.seq, s.name, b.first_at, b.last_at, e.detail
      FROM import_batch AS b JOIN source AS s ON s.id = b.source JOIN event AS e ON e.seq = b.seq
      WHERE b.retracted_by IS NULL AND b.first_at IS NOT NULL AND instr(e.detail, $1) AND NOT EXISTS (
        SELECT 1 FROM import_batch AS o JOIN event AS f ON f.seq = o.seq
        WHERE o.source = b.source AND o.retracted_by IS NULL AND o.time_origin IS NULL
          AND o.first_at / 1000000 <= b.first_at / 1000000 AND o.last_at / 1000000 >= b.last_at / 1000000
          AND NOT instr(f.detail, $1))
      ORDER BY b.seq
      """, ImportBatch.gapsMark
    ) { row in
      ImportGaps(
        number: row.int(0), source: row.text(1), from: Instant(microseconds: row.int(2)),
        to: Instant(microseconds: row.int(3)),
        gaps: try JSONValue(parsing: Data(row.text(4).utf8))["gaps"]?.arrayValue?.compactMap { ImportGap($0) } ?? [])
    }
  }
}
