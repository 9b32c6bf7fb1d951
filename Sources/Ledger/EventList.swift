internal import Foundation
internal import Inventory
internal import SQLite

/// Events, one after the other or one alone.
extension LedgerReader {
  /// Calls `body` with each event that passes the filter, in the order of happening or in the opposite one.
  package func forEachEvent(_ filter: EventFilter, _ body: (RecordedEvent) throws -> Void) throws {
    guard let hosts = filter.hosts, hosts.count > 1 else {
      let isWhole = !filter.isNewestFirst && filter.limit == nil && filter.vm == nil
      return try isWhole ? forEachOldEvent(filter, body) : forEachNumberedEvent(filter, body)
    }
    // Of hosts that bore one name one after the other: each by itself, and then in one order.
    var found: [Int64: RecordedEvent] = [:]
    for host in hosts {
      var own = filter
      (own.hosts, own.isNewestFirst) = ([host], false)
      try forEachEvent(own) { found[$0.seq] = $0 }
    }
    let ordered = found.values.sorted { ($0.event.occurredAt, $0.seq) < ($1.event.occurredAt, $1.seq) }
    let newest = ordered.suffix(filter.limit ?? Int.max)
    for event in filter.isNewestFirst ? newest.reversed() : Array(newest) { try body(event) }
  }

  /// The newest events, or those of one VM, each looked up by its number. Newest first no number is held.
  private func forEachNumberedEvent(_ filter: EventFilter, _ body: (RecordedEvent) throws -> Void) throws {
    let sources = try connection.sourceNames()
    guard !filter.isNewestFirst else { return try forEachNewNumber(filter) { try body(event($0, sources)) } }
    var numbers: [Int64] = []
    try forEachNewNumber(filter) { numbers.append($0) }
    for number in numbers.reversed() { try body(event(number, sources)) }
  }

  /// All events, oldest first, one at a time.
  private func forEachOldEvent(_ filter: EventFilter, _ body: (RecordedEvent) throws -> Void) throws {
    let sources = try connection.sourceNames()
    let source = filter.source.flatMap { name in sources.first { $0.value == name }?.key }
    if let name = filter.source, source == nil { try checkSource(name) }
    try connection.forEach(
      """
      SELECT e.seq, e.occurred_at, e.recorded_at, t.text, f.text, e.source, e.foreign_key, e.chain, e.datacenter,
        e.cluster, e.host, e.vm, e.datastore, e.other_host, e.other_datastore, e.migration, e.severity, e.actor,
        e.reason, e.message, e.detail, e.hash, r.text, x.because
      FROM event AS e JOIN term AS t ON t.id = e.type JOIN source AS src ON src.id = e.source
      LEFT JOIN meaning AS m ON m.seq = e.seq LEFT JOIN term AS f ON f.id = e.foreign_type
      LEFT JOIN object AS h ON h.id = e.host
      LEFT JOIN object AS oh ON oh.id = e.other_host LEFT JOIN object AS c ON c.id = e.cluster
      LEFT JOIN foreign_fields AS r ON r.id = e.foreign_fields
      LEFT JOIN excluded_event AS x ON x.seq = e.seq
      WHERE e.occurred_at >= $1 AND e.occurred_at <= $2
        AND ($3 IS NULL OR lower(t.text) = $3 OR lower(f.text) = $3)
        AND ($4 IS NULL OR coalesce(m.host, h.identity) = $4 OR coalesce(m.other_host, oh.identity) = $4)
        AND ($5 IS NULL OR coalesce(m.cluster, c.identity) = $5)
        AND ($6 IS NULL OR e.source = $6) AND ($7 = 1 OR x.seq IS NULL)
      ORDER BY e.occurred_at, src.name, e.foreign_key IS NULL, length(e.foreign_key), e.foreign_key, e.seq
      """, filter.since.microseconds, filter.until.microseconds, filter.type?.lowercased(), filter.hosts?.first?.rawValue,
      filter.cluster?.rawValue, source, filter.includesExcluded ? 1 : 0
    ) { row in try body(recordedEvent(row, sources: sources)) }
  }

  /// One event.
  /// - Throws: `notFound` for a number that the ledger does not have.
  package func event(_ seq: Int64) throws -> RecordedEvent { try event(seq, connection.sourceNames()) }

  private func event(_ seq: Int64, _ sources: [Int64: String]) throws -> RecordedEvent {
    let found = try connection.first(
      """
      SELECT e.seq, e.occurred_at, e.recorded_at, t.text, f.text, e.source, e.foreign_key, e.chain, e.datacenter, e.cluster,
        e.host, e.vm, e.datastore, e.other_host, e.other_datastore, e.migration, e.severity, e.actor, e.reason, e.message,
        e.detail, e.hash, r.text, x.because
      FROM event AS e JOIN term AS t ON t.id = e.type LEFT JOIN term AS f ON f.id = e.foreign_type
      LEFT JOIN foreign_fields AS r ON r.id = e.foreign_fields LEFT JOIN excluded_event AS x ON x.seq = e.seq
      WHERE e.seq = $1
      """, seq
    ) { try recordedEvent($0, sources: sources) }
    guard let found else { throw YadokariError(.notFound, "there is no event \(seq); see \"yadokari event list\"") }
    return found
  }

  /// How often each type occurs, with the source's own name: by purpose this reads all events.
  package func eventTypes(_ filter: EventFilter) throws -> [(type: String, foreignType: String?, count: Int64)] {
    struct Kind: Hashable {
      let type: Int64
      let foreignType: Int64?
    }
    // Grouped here: SQLite would sort all events by their types first, in memory.
    var counts: [Kind: Int64] = [:]
    try connection.forEach(
      """
      SELECT e.type, e.foreign_type FROM event AS e WHERE e.occurred_at >= $1 AND e.occurred_at <= $2
        AND NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq)
      """, filter.since.microseconds, filter.until.microseconds
    ) { counts[Kind(type: $0.int(0), foreignType: $0.optionalInt(1)), default: 0] += 1 }
    let terms = Dictionary(
      try connection.all("SELECT id, text FROM term") { ($0.int(0), $0.text(1)) }, uniquingKeysWith: { first, _ in first })
    return counts.map { kind, count in (terms[kind.type] ?? "", kind.foreignType.flatMap { terms[$0] }, count) }
      .sorted { ($0.0, $0.1 ?? "") < ($1.0, $1.1 ?? "") }
  }

  private func recordedEvent(_ row: borrowing Statement, sources: [Int64: String]) throws -> RecordedEvent {
    var event = Event(occurredAt: Instant(microseconds: row.int(1)), type: EventType(rawValue: row.text(3)))
    event.foreignType = row.optionalText(4)
    event.foreignKey = row.optionalText(6)
    event.chain = row.optionalText(7)
    event.datacenter = try reference(row.optionalInt(8))
    event.cluster = try reference(row.optionalInt(9))
    event.host = try reference(row.optionalInt(10))
    event.vm = try reference(row.optionalInt(11))
    event.datastore = try reference(row.optionalInt(12))
    event.otherHost = try reference(row.optionalInt(13))
    event.otherDatastore = try reference(row.optionalInt(14))
    event.migration = row.optionalInt(15)
    event.severity = row.optionalText(16)
    event.actor = row.optionalText(17)
    event.reason = row.optionalText(18)
    event.message = row.optionalText(19)
    let detail = DetailText.whole(own: row.isNull(20) ? nil : row.blob(20), foreign: row.isNull(22) ? nil : row.blob(22))
    event.detail = detail.flatMap { try? JSONValue(parsing: Data($0)) }
    return RecordedEvent(
      seq: row.int(0), recordedAt: Instant(microseconds: row.int(2)), source: sources[row.int(5)] ?? "", event: event,
      hash: ChainHash(bytes: row.blob(21)), excludedBy: row.optionalInt(23))
  }

  private func reference(_ id: Int64?) throws -> ObjectReference? {
    guard let id else { return nil }
    return try connection.first("SELECT kind, foreign_id, name FROM object WHERE id = $1", id) { row in
      ObjectReference(kind: ObjectKind(rawValue: row.text(0)) ?? .vm, foreignID: row.text(1), name: row.text(2))
    }
  }
}
