package import Inventory
internal import SQLite

/// An import that added something: what evidence it brought. Its form in an event is the detail of `import.finished`.
package struct ImportBatch: Sendable, Equatable {
  /// Where the time of a snapshot came from.
  package enum TimeOrigin: String, Sendable {
    /// A person said it, or the file itself or its name does.
    case given
    case fileDate = "file_date"
  }

  package var source: String
  package var format: String
  package var path: String
  package var records: Int
  package var imported: Int
  /// Of a snapshot: SHA-256 of its content, and the time that a person gave for it.
  package var digest: String?
  package var givenAt: Instant?
  package var firstAt: Instant?
  package var lastAt: Instant?
  package var firstKey: Int64?
  package var lastKey: Int64?
  package var timeOrigin: TimeOrigin?
  /// Of a snapshot that is equal to the one before it: the number of the import that has its records.
  package var sameAs: Int64?
  /// Of times that the file gives without a zone or in a form of some country: how they were read.
  package var zone: String?
  package var dateOrder: String?
  /// Of a file of events: whether none of them tells that a VM was started or stopped.
  package var lacksPower = false
  /// Number of the first event that it added; the last is the one before `import.finished`.
  package var firstSeq: Int64?
  /// What the file lacks that answers have to tell of.
  package var gaps: [ImportGap] = []

  package init(source: String, format: String, path: String, records: Int, imported: Int) {
    self.source = source
    self.format = format
    self.path = path
    self.records = records
    self.imported = imported
  }

  /// What the detail of an import with gaps holds, and no other: within a text the quotes would be escaped.
  static let gapsMark = #","gaps":[{"code":"#

  /// The `import.finished` event.
  package func event(at now: Instant) -> Event {
    var event = Event(occurredAt: now, type: .importFinished)
    event.message = "imported \(imported) records from \(path)"
    var detail: JSONValue = [
      "source": .string(source), "format": .string(format), "path": .string(path), "records": .int(Int64(records)),
      "imported": .int(Int64(imported)), "digest": JSONValue(digest), "given_at": JSONValue(givenAt),
      "first_at": JSONValue(firstAt),
      "last_at": JSONValue(lastAt), "first_key": firstKey.map { .int($0) } ?? .null,
      "last_key": lastKey.map { .int($0) } ?? .null, "time_origin": JSONValue(timeOrigin?.rawValue),
      "zone": JSONValue(zone), "date_order": JSONValue(dateOrder), "first_seq": firstSeq.map { .int($0) } ?? .null,
    ]
    if let sameAs, case .object(let members) = detail { detail = .object(members + [.init("same_as", .int(sameAs))]) }
    if lacksPower, case .object(let members) = detail { detail = .object(members + [.init("lacks_power", true)]) }
    if !gaps.isEmpty, case .object(let members) = detail {
      detail = .object(members + [.init("gaps", .array(gaps.map(\.json)))])
    }
    event.detail = detail
    return event
  }
}
