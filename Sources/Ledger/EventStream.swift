internal import Foundation
internal import Inventory
internal import SQLite

/// Every event in the order in which it was recorded, for export.
extension LedgerReader {
  /// Calls `body` with each event that passes the filter, by number, those that no longer count among them: by purpose this
  /// reads all events, one at a time. (The sign before the time keeps SQLite from another order, which it would have to
  /// sort.)
  package func forEachRecordedEvent(_ filter: EventFilter, _ body: (RecordedEvent) throws -> Void) throws {
    let sources = try connection.sourceNames()
    if let name = filter.source { try checkSource(name) }
    let source = filter.source.flatMap { name in sources.first { $0.value == name }?.key }
    guard (filter.hosts?.count ?? 0) < 2 else {
      // Of hosts that bore one name one after the other: each by itself, and then in one order.
      var found: [Int64: RecordedEvent] = [:]
      for host in filter.hosts ?? [] {
        var own = filter
        own.hosts = [host]
        try forEachRecordedEvent(own) { found[$0.seq] = $0 }
      }
      for event in found.values.sorted(by: { $0.seq < $1.seq }) { try body(event) }
      return
    }
    try connection.forEach(
      """
      SELECT e.seq, e.occurred_at, e.recorded_at, t.text, f.text, e.source, e.foreign_key, e.chain, e.migration,
        e.severity, e.actor, e.reason, e.message, e.detail, r.text, e.hash, x.because,
        a.foreign_id, a.name, c.foreign_id, c.name, h.foreign_id, h.name, v.foreign_id, v.name, d.foreign_id, d.name,
        oh.foreign_id, oh.name, od.foreign_id, od.name
      FROM event AS e JOIN term AS t ON t.id = e.type LEFT JOIN term AS f ON f.id = e.foreign_type
      LEFT JOIN meaning AS m ON m.seq = e.seq
      LEFT JOIN foreign_fields AS r ON r.id = e.foreign_fields LEFT JOIN excluded_event AS x ON x.seq = e.seq
      LEFT JOIN object AS a ON a.id = e.datacenter LEFT JOIN object AS c ON c.id = e.cluster
      LEFT JOIN object AS h ON h.id = e.host LEFT JOIN object AS v ON v.id = e.vm
      LEFT JOIN object AS d ON d.id = e.datastore LEFT JOIN object AS oh ON oh.id = e.other_host
      LEFT JOIN object AS od ON od.id = e.other_datastore
      WHERE +e.occurred_at >= $1 AND +e.occurred_at <= $2 AND ($3 IS NULL OR lower(t.text) = $3 OR lower(f.text) = $3)
        AND ($4 IS NULL OR coalesce(m.vm, v.identity) = $4)
        AND ($5 IS NULL OR coalesce(m.host, h.identity) = $5 OR coalesce(m.other_host, oh.identity) = $5)
        AND ($6 IS NULL OR coalesce(m.cluster, c.identity) = $6) AND ($7 IS NULL OR e.source = $7)
      ORDER BY e.seq
      """, filter.since.microseconds, filter.until.microseconds, filter.type?.lowercased(), filter.vm?.rawValue,
      filter.hosts?.first?.rawValue, filter.cluster?.rawValue, source
    ) { row in try body(recordedEvent(row, sources: sources)) }
  }

  private func recordedEvent(_ row: borrowing Statement, sources: [Int64: String]) -> RecordedEvent {
    var event = Event(occurredAt: Instant(microseconds: row.int(1)), type: EventType(rawValue: row.text(3)))
    event.foreignType = row.optionalText(4)
    event.foreignKey = row.optionalText(6)
    event.chain = row.optionalText(7)
    event.migration = row.optionalInt(8)
    event.severity = row.optionalText(9)
    event.actor = row.optionalText(10)
    event.reason = row.optionalText(11)
    event.message = row.optionalText(12)
    let detail = DetailText.whole(own: row.isNull(13) ? nil : row.blob(13), foreign: row.isNull(14) ? nil : row.blob(14))
    event.detail = detail.flatMap { try? JSONValue(parsing: Data($0)) }
    event.datacenter = reference(row, 17, .datacenter)
    event.cluster = reference(row, 19, .cluster)
    event.host = reference(row, 21, .host)
    event.vm = reference(row, 23, .vm)
    event.datastore = reference(row, 25, .datastore)
    event.otherHost = reference(row, 27, .host)
    event.otherDatastore = reference(row, 29, .datastore)
    return RecordedEvent(
      seq: row.int(0), recordedAt: Instant(microseconds: row.int(2)), source: sources[row.int(5)] ?? "", event: event,
      hash: ChainHash(bytes: row.blob(15)), excludedBy: row.optionalInt(16))
  }

  private func reference(_ row: borrowing Statement, _ column: Int, _ kind: ObjectKind) -> ObjectReference? {
    guard !row.isNull(column) else { return nil }
    return ObjectReference(kind: kind, foreignID: row.text(column), name: row.text(column + 1))
  }
}
