package import Inventory
internal import SQLite

/// An import that added something: what evidence it brought. Its form in an event is the detail of `import.finished`.
package struct ImportBatch: Sendable, Equatable {
  /// Where the time of a snapshot came from.
  package enum TimeOrigin: String, Sendable {
    case given
    case content
    case fileDate = "file_date"
  }

  package var source: String
  package var format: String
  package var path: String
  package var records: Int
  package var imported: Int
  /// For a snapshot: what tells it from others.
  package var identity: String?
  package var firstAt: Instant?
  package var lastAt: Instant?
  package var firstKey: Int64?
  package var lastKey: Int64?
  package var timeOrigin: TimeOrigin?

  package init(source: String, format: String, path: String, records: Int, imported: Int) {
    self.source = source
    self.format = format
    self.path = path
    self.records = records
    self.imported = imported
  }

  /// The `import.finished` event.
  package func event(at now: Instant) -> Event {
    var event = Event(occurredAt: now, type: .importFinished)
    event.message = "imported \(imported) records from \(path)"
    event.detail = [
      "source": .string(source), "format": .string(format), "path": .string(path), "records": .int(Int64(records)),
      "imported": .int(Int64(imported)), "identity": JSONValue(identity), "first_at": JSONValue(firstAt),
      "last_at": JSONValue(lastAt), "first_key": firstKey.map { .int($0) } ?? .null,
      "last_key": lastKey.map { .int($0) } ?? .null, "time_origin": JSONValue(timeOrigin?.rawValue),
    ]
    return event
  }
}

extension LedgerTransaction {
  /// Whether a snapshot with this identity was imported before.
  package func hasImported(_ identity: String, from source: Source) throws -> Bool {
    try connection.first(
      "SELECT 1 FROM import_batch WHERE source = $1 AND identity = $2", source.id, identity, row: { _ in true }
    ) ?? false
  }
}

extension Connection {
  /// Projects the few events that are not about one object's spans: who a source is, what was imported, what is missing.
  func project(_ event: Event, seq: Int64, source: Source) throws {
    switch event.type {
    case .sourceIdentified:
      guard let uuid = event.detail?["instance_uuid"]?.stringValue else { return }
      try run("UPDATE source SET instance_uuid = $1 WHERE id = $2 AND instance_uuid IS NULL", uuid, source.id)
    case .importFinished: try projectImport(event, seq: seq)
    case .ledgerGap:
      guard let detail = event.detail, let code = detail["code"]?.stringValue else { return }
      let from = detail["from"]?.stringValue.flatMap { Instant(rfc3339: $0) } ?? event.occurredAt
      try run(
        "INSERT INTO evidence_gap (seq, source, code, from_at, to_at) VALUES ($1, $2, $3, $4, $5)", seq, source.id, code,
        min(from, event.occurredAt).microseconds, event.occurredAt.microseconds)
    default: break
    }
  }

  private func projectImport(_ event: Event, seq: Int64) throws {
    guard let detail = event.detail, let name = detail["source"]?.stringValue else { return }
    let source = try first("SELECT id FROM source WHERE name = $1", name) { $0.int(0) }
    func time(_ key: String) -> Int64? {
      detail[key]?.stringValue.flatMap { Instant(rfc3339: $0) }?.microseconds
    }
    try run(
      """
      INSERT INTO import_batch (seq, source, format, identity, first_at, last_at, first_key, last_key, time_origin)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      """, seq, source ?? Source.own.id, detail["format"]?.stringValue ?? "", detail["identity"]?.stringValue,
      time("first_at"), time("last_at"), detail["first_key"]?.intValue, detail["last_key"]?.intValue,
      detail["time_origin"]?.stringValue)
  }
}
