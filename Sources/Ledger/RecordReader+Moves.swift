internal import History
internal import Inventory
internal import SQLite

/// The records that moves are joined from, in a stretch of time with both ends included.
extension RecordReader {
  func moveRecords(ofVM vm: Int64, from: Instant, to: Instant, _ body: (MoveRecord) throws -> Void) throws {
    try connection.forEach(
      """
      SELECT e.seq, e.occurred_at, e.type, e.foreign_type, e.source, e.foreign_key, e.chain, coalesce(m.cluster, e.cluster),
        coalesce(m.host, e.host), coalesce(m.vm, e.vm), coalesce(m.datastore, e.datastore),
        coalesce(m.other_host, e.other_host), coalesce(m.other_datastore, e.other_datastore), e.migration, e.actor,
        e.reason, e.detail
      FROM object AS s JOIN event AS e ON e.vm = s.id LEFT JOIN meaning AS m ON m.seq = e.seq
      WHERE s.identity = $1 AND e.vm IS NOT NULL AND e.occurred_at >= $2 AND e.occurred_at <= $3 AND m.vm IS NULL
        AND +e.type IN (SELECT t.id FROM term AS t WHERE t.text IN ('ha.vm_restarted', 'ha.vm_restart_failed',
          'migration.requested', 'migration.refused', 'migration.started', 'migration.phase', 'migration.completed',
          'migration.failed', 'migration.cancelled', 'migration.rolled_back', 'migration.parked'))
        AND NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq)
      UNION ALL
      SELECT e.seq, e.occurred_at, e.type, e.foreign_type, e.source, e.foreign_key, e.chain, coalesce(m.cluster, e.cluster),
        coalesce(m.host, e.host), coalesce(m.vm, e.vm), coalesce(m.datastore, e.datastore),
        coalesce(m.other_host, e.other_host), coalesce(m.other_datastore, e.other_datastore), e.migration, e.actor,
        e.reason, e.detail
      FROM meaning AS m JOIN event AS e ON e.seq = m.seq
      WHERE m.vm = $1 AND e.occurred_at >= $2 AND e.occurred_at <= $3
        AND +e.type IN (SELECT t.id FROM term AS t WHERE t.text IN ('ha.vm_restarted', 'ha.vm_restart_failed',
          'migration.requested', 'migration.refused', 'migration.started', 'migration.phase', 'migration.completed',
          'migration.failed', 'migration.cancelled', 'migration.rolled_back', 'migration.parked'))
        AND NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq)
      """, vm, from.microseconds, to.microseconds
    ) { row in if let record = try moveRecord(row) { try body(record) } }
  }

  func moveRecords(from: Instant, to: Instant, _ body: (MoveRecord) throws -> Void) throws {
    try connection.forEach(
      """
      SELECT e.seq, e.occurred_at, e.type, e.foreign_type, e.source, e.foreign_key, e.chain, coalesce(m.cluster, e.cluster),
        coalesce(m.host, e.host), coalesce(m.vm, e.vm), coalesce(m.datastore, e.datastore),
        coalesce(m.other_host, e.other_host), coalesce(m.other_datastore, e.other_datastore), e.migration, e.actor,
        e.reason, e.detail
      FROM event AS e LEFT JOIN meaning AS m ON m.seq = e.seq
      WHERE e.occurred_at >= $1 AND e.occurred_at <= $2
        AND +e.type IN (SELECT t.id FROM term AS t WHERE t.text IN ('ha.vm_restarted', 'ha.vm_restart_failed',
          'migration.requested', 'migration.refused', 'migration.started', 'migration.phase', 'migration.completed',
          'migration.failed', 'migration.cancelled', 'migration.rolled_back', 'migration.parked'))
        AND NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq)
      """, from.microseconds, to.microseconds
    ) { row in if let record = try moveRecord(row) { try body(record) } }
  }

  /// Reads the columns that both have in the same order; nil for a record that names no VM.
  private func moveRecord(_ row: borrowing Statement) throws -> MoveRecord? {
    guard let vm = try identity(row, 9) else { return nil }
    var record = MoveRecord(
      seq: row.int(0), at: Instant(microseconds: row.int(1)), type: try names.type(row.int(2), connection).type,
      foreignType: try row.optionalInt(3).map { try names.type($0, connection).text },
      source: try names.source(row.int(4), connection), vm: vm)
    record.migration = row.optionalInt(13)
    if record.foreignType == nil, !row.isNull(16) {
      record.detail = row.bytes(16) { try? MoveDetail(parsing: $0) }
    }
    // A checkpoint repeats its request, and there are many.
    guard record.type != .migrationPhase else { return record }
    record.foreignKey = row.optionalText(5)
    record.chain = row.optionalText(6)
    record.cluster = try identity(row, 7)
    record.host = try identity(row, 8)
    record.datastore = try identity(row, 10)
    record.otherHost = try identity(row, 11)
    record.otherDatastore = try identity(row, 12)
    record.actor = row.optionalText(14)
    record.reason = row.optionalText(15)
    if row.bytes(16, { $0.starts(with: #"{"sparse":"#.utf8) }) {
      let mark = TextMark(stored: row.text(16))
      (record.isText, record.hasWholeSeconds) = (mark.isText, mark.hasWholeSeconds)
    }
    return record
  }
}
