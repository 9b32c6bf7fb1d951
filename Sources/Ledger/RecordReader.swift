internal import Foundation
internal import History
internal import Inventory
internal import SQLite

/// Reads events as `History` does: objects by identity, the facts of the detail parsed where it has any.
struct RecordReader: ~Copyable {
  let connection: Connection
  let names = RecordNames()

  init(_ connection: consuming Connection) { self.connection = connection }

  /// The records of a VM in a stretch of time with both ends included.
  func records(ofVM vm: Int64, from: Instant = .distantPast, to: Instant = .distantFuture) throws -> [Record] {
    try connection.all(
      """
      SELECT e.seq, e.occurred_at, e.type, e.foreign_type, e.source, e.foreign_key, coalesce(m.cluster, e.cluster),
        coalesce(m.host, e.host), coalesce(m.vm, e.vm), coalesce(m.datastore, e.datastore),
        coalesce(m.other_host, e.other_host), coalesce(m.other_datastore, e.other_datastore), e.actor, e.reason, e.message,
        e.detail, CASE WHEN s.name <> '' THEN s.id END
      FROM object AS s JOIN event AS e ON e.vm = s.id LEFT JOIN meaning AS m ON m.seq = e.seq
      WHERE s.identity = $1 AND e.vm IS NOT NULL AND e.occurred_at >= $2 AND e.occurred_at <= $3 AND m.vm IS NULL
        AND NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq)
      UNION ALL
      SELECT e.seq, e.occurred_at, e.type, e.foreign_type, e.source, e.foreign_key, coalesce(m.cluster, e.cluster),
        coalesce(m.host, e.host), coalesce(m.vm, e.vm), coalesce(m.datastore, e.datastore),
        coalesce(m.other_host, e.other_host), coalesce(m.other_datastore, e.other_datastore), e.actor, e.reason, e.message,
        e.detail, CASE WHEN s.name <> '' THEN s.id END
      FROM meaning AS m JOIN event AS e ON e.seq = m.seq JOIN object AS s ON s.id = e.vm
      WHERE m.vm = $1 AND e.occurred_at >= $2 AND e.occurred_at <= $3
        AND NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq)
      """, vm, from.microseconds, to.microseconds
    ) { try record($0) }
  }

  /// The records of a host that name no VM, in a stretch of time with both ends included.
  func records(ofHost host: Int64, from: Instant = .distantPast, to: Instant = .distantFuture) throws -> [Record] {
    try connection.all(
      """
      SELECT e.seq, e.occurred_at, e.type, e.foreign_type, e.source, e.foreign_key, coalesce(m.cluster, e.cluster),
        coalesce(m.host, e.host), NULL, NULL, NULL, NULL, e.actor, e.reason, e.message, e.detail,
        CASE WHEN s.name <> '' THEN s.id END
      FROM object AS s JOIN event AS e ON e.host = s.id LEFT JOIN meaning AS m ON m.seq = e.seq
      WHERE s.identity = $1 AND e.vm IS NULL AND e.host IS NOT NULL AND e.occurred_at >= $2 AND e.occurred_at <= $3
        AND m.host IS NULL AND NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq)
      UNION ALL
      SELECT e.seq, e.occurred_at, e.type, e.foreign_type, e.source, e.foreign_key, coalesce(m.cluster, e.cluster),
        coalesce(m.host, e.host), NULL, NULL, NULL, NULL, e.actor, e.reason, e.message, e.detail,
        CASE WHEN s.name <> '' THEN s.id END
      FROM meaning AS m JOIN event AS e ON e.seq = m.seq JOIN object AS s ON s.id = e.host
      WHERE m.host = $1 AND e.vm IS NULL AND e.occurred_at >= $2 AND e.occurred_at <= $3
        AND NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq)
      """, host, from.microseconds, to.microseconds
    ) { try record($0) }
  }

  /// The records of a cluster that name neither host nor VM.
  func records(ofCluster cluster: Int64) throws -> [Record] {
    try connection.all(
      """
      SELECT e.seq, e.occurred_at, e.type, e.foreign_type, e.source, e.foreign_key, coalesce(m.cluster, e.cluster), NULL,
        NULL, NULL, NULL, NULL, e.actor, e.reason, e.message, e.detail, CASE WHEN s.name <> '' THEN s.id END
      FROM object AS s JOIN event AS e ON e.cluster = s.id LEFT JOIN meaning AS m ON m.seq = e.seq
      WHERE s.identity = $1 AND e.vm IS NULL AND e.host IS NULL AND e.cluster IS NOT NULL AND m.cluster IS NULL
        AND NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq)
      UNION ALL
      SELECT e.seq, e.occurred_at, e.type, e.foreign_type, e.source, e.foreign_key, coalesce(m.cluster, e.cluster), NULL,
        NULL, NULL, NULL, NULL, e.actor, e.reason, e.message, e.detail, CASE WHEN s.name <> '' THEN s.id END
      FROM meaning AS m JOIN event AS e ON e.seq = m.seq JOIN object AS s ON s.id = e.cluster
      WHERE m.cluster = $1 AND e.vm IS NULL AND e.host IS NULL
        AND NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq)
      """, cluster
    ) { try record($0) }
  }

  /// What HA did between two moments, both included.
  func failoverRecords(from: Instant, to: Instant) throws -> [Record] {
    try connection.all(
      """
      SELECT e.seq, e.occurred_at, e.type, e.foreign_type, e.source, e.foreign_key, coalesce(m.cluster, e.cluster),
        coalesce(m.host, e.host), coalesce(m.vm, e.vm), NULL, coalesce(m.other_host, e.other_host), NULL, e.actor,
        e.reason, e.message, e.detail, NULL
      FROM event AS e LEFT JOIN meaning AS m ON m.seq = e.seq
      WHERE e.type <= 15 AND e.type IN (1, 2, 3, 4, 5, 6, 7, 8, 9) AND e.occurred_at >= $1 AND e.occurred_at <= $2
        AND NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq)
      """, from.microseconds, to.microseconds
    ) { try record($0) }
  }

  /// Reads the columns that all queries above have in the same order.
  private func record(_ row: borrowing Statement) throws -> Record {
    var record = Record(
      seq: row.int(0), at: Instant(microseconds: row.int(1)), type: try names.type(row.int(2), connection).type,
      foreignType: try row.optionalInt(3).map { try names.type($0, connection).text },
      source: try names.source(row.int(4), connection))
    record.foreignKey = row.optionalText(5)
    record.cluster = try identity(row, 6)
    record.host = try identity(row, 7)
    record.vm = try identity(row, 8)
    record.datastore = try identity(row, 9)
    record.otherHost = try identity(row, 10)
    record.otherDatastore = try identity(row, 11)
    record.actor = row.optionalText(12)
    record.reason = row.optionalText(13)
    record.message = row.optionalText(14)
    record.facts = facts(row, 15)
    record.nameID = row.optionalInt(16)
    return record
  }

  func identity(_ row: borrowing Statement, _ column: Int) throws -> ObjectID? {
    guard let object = row.optionalInt(column), object != Meaning.unknownVM else { return nil }
    return try names.identity(object, connection)
  }

  private func facts(_ row: borrowing Statement, _ column: Int) -> Facts {
    guard !row.isNull(column) else { return Facts() }
    // Our own keys stand first: a detail that begins with the foreign fields has none of them.
    let hasFacts = row.bytes(column) { !$0.starts(with: #"{"foreign":"#.utf8) }
    guard hasFacts, let detail = try? JSONValue(parsing: Data(row.text(column).utf8)) else { return Facts() }
    return Facts(detail)
  }
}
