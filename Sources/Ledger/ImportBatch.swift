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
  /// Whether a snapshot with this identity was imported before. One without a time is its content at whatever time.
  package func hasImported(_ identity: String, from source: Source) throws -> Bool {
    let end = identity.contains("@") ? identity : identity + "A"
    return try connection.first(
      // A time stands after an @, the character before A.
      "SELECT 1 FROM import_batch WHERE source = $1 AND identity >= $2 AND identity <= $3", source.id, identity, end,
      row: { _ in true }
    ) ?? false
  }
}
