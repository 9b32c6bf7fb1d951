package import Inventory
internal import SQLite

/// What the ledger holds in formats that keep only some fields.
extension LedgerReader {
  /// Whether a source has records in such a format.
  package func hasSparseRecords(_ source: String) throws -> Bool {
    guard let source = try connection.foreignSources().first(where: { $0.name == source }) else { return false }
    return try Twins.mayMeet(source, in: connection)
  }

  /// How much of a record is known from its text only.
  package func textMark(of seq: Int64) throws -> TextMark {
    try connection.first("SELECT detail FROM event WHERE seq = $1", seq) { TextMark(stored: $0.optionalText(0)) }
      ?? TextMark(stored: nil)
  }

  /// Whether a source has nothing but lists of moves, in which no failure of a host can be.
  package func hasOnlyMoves(_ source: String) throws -> Bool {
    try connection.first(
      """
      SELECT count(CASE WHEN b.format = 'powercli-moves' THEN 1 END),
        count(CASE WHEN b.time_origin IS NULL AND b.format <> 'powercli-moves' THEN 1 END)
      FROM import_batch AS b JOIN source AS s ON s.id = b.source WHERE s.name = $1 AND b.retracted_by IS NULL
      """, source
    ) { $0.int(0) > 0 && $0.int(1) == 0 } ?? false
  }

  /// Whether a source has nothing but inventories, each of which shows one moment. Cluster files do not count: what is
  /// played on them has a record of each move.
  package func hasOnlyInventories(_ source: String) throws -> Bool {
    try connection.first(
      """
      SELECT count(CASE WHEN b.time_origin IS NOT NULL AND b.format <> 'cluster-file' THEN 1 END),
        count(CASE WHEN b.time_origin IS NULL THEN 1 END)
      FROM import_batch AS b JOIN source AS s ON s.id = b.source WHERE s.name = $1 AND b.retracted_by IS NULL
      """, source
    ) { $0.int(0) > 0 && $0.int(1) == 0 } ?? false
  }

  /// VMs that no record puts into any cluster, in a place that nothing shows just before a moment, and that were never seen
  /// in another cluster than this. Texts name a VM's host, not its cluster.
  package func unplacedVMs(maybeIn cluster: ObjectID, justBefore moment: Instant) throws -> [ObjectID] {
    try connection.all(
      """
      SELECT o.id FROM subject AS o LEFT JOIN residency AS r ON r.vm = o.id AND r.to_at >= $1
        AND r.from_at = (SELECT max(q.from_at) FROM residency AS q WHERE q.vm = o.id AND q.from_at < $1)
      WHERE o.kind = 'vm' AND r.vm IS NOT NULL AND r.host IS NULL
        AND NOT EXISTS (SELECT 1 FROM membership AS m WHERE m.member = o.id)
        AND NOT EXISTS (SELECT 1 FROM residency AS q JOIN membership AS h ON h.member = q.host
          WHERE q.vm = o.id AND q.from_at < $1 AND h.cluster <> $2)
      ORDER BY o.id
      """, moment.microseconds, cluster.rawValue
    ) { ObjectID(rawValue: $0.int(0)) }
  }
}
