internal import Foundation
internal import History
internal import Inventory
internal import SQLite

/// Events as `History` reads them: objects by identity, the facts of the detail parsed where it has any.
extension Connection {
  /// Reads the columns that all queries below have in the same order.
  private func record(_ row: borrowing Statement, sources: [Int64: String]) -> Record {
    var record = Record(
      seq: row.int(0), at: Instant(microseconds: row.int(1)), type: EventType(rawValue: row.text(2)),
      foreignType: row.optionalText(3), source: sources[row.int(4)] ?? "")
    record.foreignKey = row.optionalText(5)
    record.cluster = row.optionalInt(6).map(ObjectID.init)
    record.host = row.optionalInt(7).map(ObjectID.init)
    record.vm = row.optionalInt(8).map(ObjectID.init)
    record.datastore = row.optionalInt(9).map(ObjectID.init)
    record.otherHost = row.optionalInt(10).map(ObjectID.init)
    record.otherDatastore = row.optionalInt(11).map(ObjectID.init)
    record.actor = row.optionalText(12)
    record.reason = row.optionalText(13)
    record.message = row.optionalText(14)
    record.facts = facts(row, 15)
    record.nameID = row.optionalInt(16)
    return record
  }

  private func facts(_ row: borrowing Statement, _ column: Int) -> Facts {
    guard !row.isNull(column) else { return Facts() }
    // Our own keys stand first: a detail that begins with the foreign fields has none of them.
    let hasFacts = row.bytes(column) { !$0.starts(with: #"{"foreign":"#.utf8) }
    guard hasFacts, let detail = try? JSONValue(parsing: Data(row.text(column).utf8)) else { return Facts() }
    return Facts(detail)
  }

  /// The records of a VM in a stretch of time with both ends included.
  func records(
    ofVM vm: Int64, from: Instant = .distantPast, to: Instant = .distantFuture, sources: [Int64: String]
  ) throws -> [Record] {
    try all(
      """
      SELECT e.seq, e.occurred_at, t.text, f.text, e.source, e.foreign_key, c.identity, h.identity, s.identity, d.identity,
        oh.identity, od.identity, e.actor, e.reason, e.message, e.detail, CASE WHEN s.name <> '' THEN s.id END
      FROM object AS s JOIN event AS e ON e.vm = s.id JOIN term AS t ON t.id = e.type
      LEFT JOIN term AS f ON f.id = e.foreign_type LEFT JOIN object AS c ON c.id = e.cluster
      LEFT JOIN object AS h ON h.id = e.host LEFT JOIN object AS d ON d.id = e.datastore
      LEFT JOIN object AS oh ON oh.id = e.other_host LEFT JOIN object AS od ON od.id = e.other_datastore
      WHERE s.identity = $1 AND e.vm IS NOT NULL AND e.occurred_at >= $2 AND e.occurred_at <= $3
        AND NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq)
      """, vm, from.microseconds, to.microseconds
    ) { record($0, sources: sources) }
  }

  /// The records of a host that name no VM, in a stretch of time with both ends included.
  func records(
    ofHost host: Int64, from: Instant = .distantPast, to: Instant = .distantFuture, sources: [Int64: String]
  ) throws -> [Record] {
    try all(
      """
      SELECT e.seq, e.occurred_at, t.text, f.text, e.source, e.foreign_key, c.identity, s.identity, NULL, NULL,
        NULL, NULL, e.actor, e.reason, e.message, e.detail, CASE WHEN s.name <> '' THEN s.id END
      FROM object AS s JOIN event AS e ON e.host = s.id JOIN term AS t ON t.id = e.type
      LEFT JOIN term AS f ON f.id = e.foreign_type LEFT JOIN object AS c ON c.id = e.cluster
      WHERE s.identity = $1 AND e.vm IS NULL AND e.host IS NOT NULL AND e.occurred_at >= $2 AND e.occurred_at <= $3
        AND NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq)
      """, host, from.microseconds, to.microseconds
    ) { record($0, sources: sources) }
  }

  /// The records of a cluster that name neither host nor VM.
  func records(ofCluster cluster: Int64, sources: [Int64: String]) throws -> [Record] {
    try all(
      """
      SELECT e.seq, e.occurred_at, t.text, f.text, e.source, e.foreign_key, s.identity, NULL, NULL, NULL,
        NULL, NULL, e.actor, e.reason, e.message, e.detail, CASE WHEN s.name <> '' THEN s.id END
      FROM object AS s JOIN event AS e ON e.cluster = s.id JOIN term AS t ON t.id = e.type
      LEFT JOIN term AS f ON f.id = e.foreign_type
      WHERE s.identity = $1 AND e.vm IS NULL AND e.host IS NULL AND e.cluster IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq)
      """, cluster
    ) { record($0, sources: sources) }
  }

  /// What HA did between two moments, both included.
  func failoverRecords(from: Instant, to: Instant, sources: [Int64: String]) throws -> [Record] {
    try all(
      """
      SELECT e.seq, e.occurred_at, t.text, f.text, e.source, e.foreign_key, c.identity, h.identity, v.identity, NULL,
        oh.identity, NULL, e.actor, e.reason, e.message, e.detail, NULL
      FROM event AS e JOIN term AS t ON t.id = e.type
      LEFT JOIN term AS f ON f.id = e.foreign_type LEFT JOIN object AS c ON c.id = e.cluster
      LEFT JOIN object AS h ON h.id = e.host LEFT JOIN object AS v ON v.id = e.vm
      LEFT JOIN object AS oh ON oh.id = e.other_host
      WHERE e.type <= 15 AND e.type IN (1, 2, 3, 4, 5, 6, 7, 8, 9) AND e.occurred_at >= $1 AND e.occurred_at <= $2
        AND NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq)
      """, from.microseconds, to.microseconds
    ) { record($0, sources: sources) }
  }

  /// When HA last reported the end of a failover before a moment, for each cluster.
  func lastFailoverEnds(before moment: Instant) throws -> [ObjectID: Instant] {
    let ends = try all(
      """
      SELECT c.identity, max(e.occurred_at) FROM event AS e JOIN object AS c ON c.id = e.cluster
      WHERE e.type <= 15 AND e.type = 2 AND e.occurred_at < $1
        AND NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq)
      GROUP BY c.identity
      """, moment.microseconds
    ) { (ObjectID(rawValue: $0.int(0)), Instant(microseconds: $0.int(1))) }
    return Dictionary(uniqueKeysWithValues: ends)
  }
}
