package import Inventory
internal import SQLite

/// What evidence there is, and what is missing.
extension LedgerReader {
  /// The time of the last record that is evidence; nil in a ledger without any.
  package func lastEvidence() throws -> Instant? {
    // An inventory that is equal to the one before it has no records of its own.
    let seen = try connection.first(
      "SELECT max(last_at) FROM import_batch WHERE same_as IS NOT NULL AND retracted_by IS NULL", row: { $0.optionalInt(0) })
    let last = try lastRecord()
    guard let seen = (seen ?? nil).map({ Instant(microseconds: $0) }) else { return last }
    return last.map { max($0, seen) } ?? seen
  }

  private func lastRecord() throws -> Instant? {
    try connection.first(
      """
      SELECT e.occurred_at FROM event AS e WHERE e.occurred_at <= $1 AND e.type NOT IN (16, 17, 18)
        AND NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq)
      ORDER BY e.occurred_at DESC LIMIT 1
      """, Instant.distantFuture.microseconds
    ) { Instant(microseconds: $0.int(0)) }
  }

  /// The time of the last record of a source, of an import or of a play; nil where it has none.
  package func lastEvidence(of source: String) throws -> Instant? {
    let imported = try evidence(of: source).lastAt
    // What engines did later is in no import. A source that none of the latest records is of has imports alone.
    let acted = try connection.first(
      """
      SELECT max(e.occurred_at) FROM (
        SELECT r.occurred_at, r.source, r.seq FROM event AS r
        WHERE r.occurred_at > $1 AND r.occurred_at <= $2 ORDER BY r.occurred_at DESC LIMIT 20000
      ) AS e JOIN source AS s ON s.id = e.source
      WHERE s.name = $3 AND NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq)
      """, (imported ?? .distantPast).microseconds, Instant.distantFuture.microseconds, source
    ) { $0.optionalInt(0).map { Instant(microseconds: $0) } }
    return [imported, acted ?? nil].compactMap(\.self).max()
  }

  /// The time of the first record that is evidence; nil in a ledger without any.
  package func firstRecord() throws -> Instant? {
    try connection.first(
      """
      SELECT e.occurred_at FROM event AS e WHERE e.occurred_at >= $1 AND e.type NOT IN (16, 17, 18)
        AND NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq)
      ORDER BY e.occurred_at LIMIT 1
      """, Instant.distantPast.microseconds
    ) { Instant(microseconds: $0.int(0)) }
  }

  /// Where the evidence of all sources begins; nil where there is none.
  package func firstEvidence() throws -> Instant? {
    try connection.first("SELECT min(first_at) FROM import_batch WHERE retracted_by IS NULL") { row in
      row.optionalInt(0).map { Instant(microseconds: $0) }
    } ?? nil
  }

  /// Times for which records are missing: those the source told of, and those between imports whose keys do not meet.
  package func evidenceGaps() throws -> [EvidenceGap] {
    let told = try connection.all(
      """
      SELECT g.code, s.name, g.from_at, g.to_at FROM evidence_gap AS g JOIN source AS s ON s.id = g.source
      ORDER BY g.from_at, g.seq
      """
    ) { row in
      EvidenceGap(
        code: row.text(0), source: row.text(1), from: Instant(microseconds: row.int(2)),
        to: Instant(microseconds: row.int(3)))
    }
    return told + (try gapsBetweenImports())
  }

  private func gapsBetweenImports() throws -> [EvidenceGap] {
    let batches = try connection.all(
      """
      SELECT s.name, b.first_at, b.last_at, b.first_key, b.last_key
      FROM import_batch AS b JOIN source AS s ON s.id = b.source
      WHERE b.first_key IS NOT NULL AND b.first_at IS NOT NULL AND b.last_at IS NOT NULL AND b.retracted_by IS NULL
      ORDER BY s.name, b.first_at, b.seq
      """
    ) { (source: $0.text(0), firstAt: $0.int(1), lastAt: $0.int(2), firstKey: $0.int(3), lastKey: $0.int(4)) }
    var gaps: [EvidenceGap] = []
    var covered: (source: String, lastAt: Int64, lastKey: Int64)?
    for batch in batches {
      if let known = covered, known.source == batch.source {
        if batch.firstAt > known.lastAt, batch.firstKey > known.lastKey + 1 {
          gaps.append(
            EvidenceGap(
              code: "time-between-imports", source: batch.source, from: Instant(microseconds: known.lastAt),
              to: Instant(microseconds: batch.firstAt)))
        }
        covered = (batch.source, max(known.lastAt, batch.lastAt), max(known.lastKey, batch.lastKey))
      } else {
        covered = (batch.source, batch.lastAt, batch.lastKey)
      }
    }
    return gaps
  }

  /// The evidence of a source.
  package func evidence(of source: String) throws -> EvidenceSpan {
    let span = try connection.first(
      """
      SELECT min(b.first_at), max(b.last_at), min(b.first_key) FROM import_batch AS b JOIN source AS s ON s.id = b.source
      WHERE s.name = $1 AND b.retracted_by IS NULL
      """, source
    ) { ($0.optionalInt(0), $0.optionalInt(1), $0.optionalInt(2)) }
    let snapshots = try connection.all(
      """
      SELECT b.first_at, b.time_origin FROM import_batch AS b JOIN source AS s ON s.id = b.source
      WHERE s.name = $1 AND b.format IN ('govc-collect-vms', 'govc-vm-info', 'govc-ls', 'cluster-file',
          'rvtools-xlsx', 'rvtools-csv')
        AND b.first_at IS NOT NULL AND b.retracted_by IS NULL ORDER BY b.first_at
      """, source
    ) { (at: Instant(microseconds: $0.int(0)), origin: ImportBatch.TimeOrigin(rawValue: $0.text(1)) ?? .fileDate) }
    return EvidenceSpan(
      firstAt: span?.0.map { Instant(microseconds: $0) }, lastAt: span?.1.map { Instant(microseconds: $0) },
      firstKey: span?.2,
      snapshots: snapshots)
  }
}
