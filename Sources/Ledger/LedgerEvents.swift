internal import Inventory
internal import SQLite

/// Projections of the few events that are not about one object's spans: who a source is, what was imported, what of it no
/// longer counts, what is missing.
extension Connection {
  func project(_ event: Event, seq: Int64, source: Source) throws {
    switch event.type {
    case .sourceIdentified:
      guard let uuid = event.detail?["instance_uuid"]?.stringValue else { return }
      try run("UPDATE source SET instance_uuid = $1 WHERE id = $2 AND instance_uuid IS NULL", uuid, source.id)
    case .importFinished:
      guard let row = try importRow(event, seq: seq) else { return }
      try insert(
        row,
        """
        INSERT INTO import_batch (seq, source, format, digest, given_at, first_at, last_at, first_key, last_key,
          time_origin, retracted_by, same_as, lacks_power)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        """)
    case .importReplaced:
      for pair in Exclusion.replaced(by: event) {
        try run("INSERT INTO excluded_event (seq, because) VALUES ($1, $2) ON CONFLICT (seq) DO NOTHING", pair.old, seq)
      }
    case .ledgerGap:
      guard let row = gapRow(event, seq: seq, source: source) else { return }
      try insert(row, "INSERT INTO evidence_gap (seq, source, code, from_at, to_at) VALUES ($1, $2, $3, $4, $5)")
    default: break
    }
  }

  private func insert(_ row: [SQLiteValue], _ sql: StaticString) throws {
    try withStatement(sql) { statement in
      for (index, value) in row.enumerated() { try value.bind(to: statement, at: index + 1) }
      while try statement.step() {}
    }
  }

  /// The row of `import_batch` that an event gives, in the order of its columns.
  func importRow(_ event: Event, seq: Int64, retractedBy: Int64? = nil) throws -> [SQLiteValue]? {
    guard let detail = event.detail, let name = detail["source"]?.stringValue else { return nil }
    let source = try first("SELECT id FROM source WHERE name = $1", name) { $0.int(0) }
    func time(_ key: String) -> SQLiteValue {
      .number(detail[key]?.stringValue.flatMap { Instant(rfc3339: $0) }?.microseconds)
    }
    return [
      .integer(seq), .integer(source ?? Source.own.id), .text(detail["format"]?.stringValue ?? ""),
      .string(detail["digest"]?.stringValue), time("given_at"), time("first_at"), time("last_at"),
      .number(detail["first_key"]?.intValue), .number(detail["last_key"]?.intValue),
      .string(detail["time_origin"]?.stringValue), .number(retractedBy), .number(detail["same_as"]?.intValue),
      .number(detail["lacks_power"] == true ? 1 : nil as Int64?),
    ]
  }

  /// The row of `evidence_gap` that an event gives, in the order of its columns.
  func gapRow(_ event: Event, seq: Int64, source: Source) -> [SQLiteValue]? {
    guard let detail = event.detail, let code = detail["code"]?.stringValue else { return nil }
    let from = detail["from"]?.stringValue.flatMap { Instant(rfc3339: $0) } ?? event.occurredAt
    return [
      .integer(seq), .integer(source.id), .text(code), .integer(min(from, event.occurredAt).microseconds),
      .integer(event.occurredAt.microseconds),
    ]
  }
}
