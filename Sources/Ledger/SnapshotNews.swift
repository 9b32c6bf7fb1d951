package import Inventory
internal import SQLite

/// What an inventory tells that the ledger does not know yet.
package enum SnapshotNews: Sendable, Equatable {
  /// This content, seen at this time, was imported before.
  case known
  /// Its content is that of the inventory just before it, or just after it, and no record of the source came between: only
  /// its time is news. The number is that of the import that has the records.
  case sameAs(Int64)
  /// All of it is news: no other of its kind is equal to it, or another came between.
  case new
}

extension LedgerTransaction {
  /// What an inventory tells that is not known.
  /// - Parameters:
  ///   - digest: of its content.
  ///   - at: when it was taken.
  ///   - formats: those of its kind: only such an inventory comes between two others.
  package func news(
    _ digest: String, at moment: Instant, formats: [String], from source: Source
  ) throws -> SnapshotNews {
    let batches = try snapshots(formats, of: source)
    if batches.contains(where: { $0.at == moment.microseconds && $0.digest == digest }) { return .known }
    if let last = batches.last(where: { $0.at < moment.microseconds })?.at,
      let same = batches.last(where: { $0.at == last && $0.digest == digest }),
      try !hasRecords(of: source, after: last, through: moment.microseconds)
    {
      return .sameAs(same.sameAs ?? same.seq)
    }
    if let next = batches.first(where: { $0.at > moment.microseconds })?.at,
      let same = batches.first(where: { $0.at == next && $0.digest == digest }),
      try !hasRecords(of: source, after: moment.microseconds - 1, through: next - 1)
    {
      return .sameAs(same.sameAs ?? same.seq)
    }
    return .new
  }

  private func hasEqualSnapshots(of source: Source) throws -> Bool {
    try connection.first(
      "SELECT 1 FROM import_batch WHERE source = $1 AND same_as IS NOT NULL AND retracted_by IS NULL LIMIT 1", source.id,
      row: { _ in true }) ?? false
  }

  private func hasRecords(of source: Source, after: Int64, through end: Int64) throws -> Bool {
    try connection.first(
      "SELECT 1 FROM event WHERE occurred_at > $1 AND occurred_at <= $2 AND source = $3 LIMIT 1", after, end, source.id,
      row: { _ in true }) ?? false
  }

  /// Writes down again what inventories showed, at the times at which the same was seen later: records came between, so that
  /// it no longer goes without saying.
  /// - Parameters:
  ///   - first: the time of the first of these records.
  ///   - last: that of the last.
  package func repeatSnapshots(between first: Instant, and last: Instant, of source: Source) throws {
    guard try hasEqualSnapshots(of: source) else { return }
    let batches = try snapshots(nil, of: source)
    for batch in batches {
      guard let same = batch.sameAs, let base = batches.first(where: { $0.seq == same }) else { continue }
      let (begin, end) = (min(base.at, batch.at), max(base.at, batch.at))
      guard begin < last.microseconds, first.microseconds < end,
        try hasRecords(of: source, after: begin, through: end - 1)
      else { continue }
      let reader = LedgerReader(connection.alias())
      for seq in base.firstSeq..<base.seq {
        var event = try reader.event(seq).event
        guard event.occurredAt.microseconds == base.at, event.foreignKey != nil else { continue }
        event.occurredAt = Instant(microseconds: batch.at)
        _ = try append(event, source: source)
      }
    }
  }

  private struct Snapshot {
    let seq: Int64
    let digest: String
    let at: Int64
    let sameAs: Int64?
    let firstSeq: Int64
  }

  /// - Parameter formats: nil for all.
  private func snapshots(_ formats: [String]?, of source: Source) throws -> [Snapshot] {
    let summaries = try connection.importSummaries().filter {
      $0.source == source.name && $0.retractedBy == nil && formats?.contains($0.format) ?? true
    }
    let firsts = Dictionary(summaries.map { ($0.seq, $0.firstSeq) }) { first, _ in first }
    return try connection.all(
      """
      SELECT b.seq, b.digest, b.first_at, b.same_as FROM import_batch AS b
      WHERE b.source = $1 AND b.digest IS NOT NULL AND b.first_at IS NOT NULL AND b.time_origin IS NOT NULL
        AND b.retracted_by IS NULL ORDER BY b.first_at, b.seq
      """, source.id
    ) { row in (row.int(0), row.text(1), row.int(2), row.optionalInt(3)) }.compactMap { seq, digest, at, sameAs in
      firsts[seq].map { Snapshot(seq: seq, digest: digest, at: at, sameAs: sameAs, firstSeq: $0) }
    }
  }
}
