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
  /// Empty where it lacks nothing.
  package let gaps: [ImportGap]

  /// Whether it has all that the other should have, to the second: some lists tell no more.
  private func makesGood(_ other: ImportGaps) -> Bool {
    gaps.isEmpty && source == other.source && from.wholeSeconds <= other.from.wholeSeconds
      && to.wholeSeconds >= other.to.wholeSeconds
  }

  /// Those that lack something which none of the others has.
  fileprivate static func open(_ imports: [ImportGaps]) -> [ImportGaps] {
    imports.filter { lacking in !lacking.gaps.isEmpty && !imports.contains { $0.makesGood(lacking) } }
  }
}

extension LedgerReader {
  /// What the imports of events lack, oldest first. An import is made good by another one from the same source that lacks
  /// nothing and reaches as far back and forth.
  package func importGaps() throws -> [ImportGaps] {
    // CROSS: with what SQLite counted of a ledger that has no imports it would go through all events to look for one.
    let imports = try connection.all(
      """
      SELECT b.seq, s.name, b.first_at, b.last_at, e.detail
      FROM import_batch AS b JOIN source AS s ON s.id = b.source CROSS JOIN event AS e ON e.seq = b.seq
      WHERE b.retracted_by IS NULL AND b.first_at IS NOT NULL AND b.last_at IS NOT NULL AND b.time_origin IS NULL
      ORDER BY b.seq
      """
    ) { row in
      let detail = row.text(4)
      let gaps =
        detail.contains(ImportBatch.gapsMark) ? try JSONValue(parsing: Data(detail.utf8))["gaps"]?.arrayValue : nil
      return ImportGaps(
        number: row.int(0), source: row.text(1), from: Instant(microseconds: row.int(2)),
        to: Instant(microseconds: row.int(3)), gaps: gaps?.compactMap { ImportGap($0) } ?? [])
    }
    return ImportGaps.open(imports)
  }
}
