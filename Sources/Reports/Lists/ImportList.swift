internal import Inventory
package import Ledger

/// The imports of a ledger.
package struct ImportList {
  package static let kind = ListKind(
    schema: "yadokari.import-list/1", key: "imports", title: "Imports",
    columns: [
      TableColumn("import", "Import", isNumber: true), TableColumn("recorded_at", "Recorded at", isMinor: true),
      TableColumn("source", "Source"), TableColumn("format", "Format", isMinor: true), TableColumn("path", "File"),
      TableColumn("records", "Records", isNumber: true), TableColumn("imported", "Added", isNumber: true),
      TableColumn("first_event", "First"), TableColumn("last_event", "Last", isMinor: true),
      TableColumn("zone", "Zone", isMinor: true),
      TableColumn("retracted_by", "Retracted by", isNumber: true),
    ], emptyText: "Nothing was imported yet.")

  package static func cells(_ batch: ImportSummary) -> [Cell] {
    [
      .int(batch.seq), .time(batch.recordedAt), .text(batch.source), .text(batch.format), .text(batch.path),
      .int(batch.records), .int(batch.imported), .time(batch.firstAt), .time(batch.lastAt), .text(batch.zone),
      .value(batch.retractedBy.map { .int($0) } ?? .null),
    ]
  }
}
