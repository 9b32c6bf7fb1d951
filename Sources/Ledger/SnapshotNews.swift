package import Inventory
internal import SQLite

/// What an inventory tells that the ledger does not know yet.
package enum SnapshotNews: Sendable, Equatable {
  /// This content, seen at this time, was imported before.
  case known
  /// Its content is that of the inventory just before it, with no other of its kind between: only its time is news. The
  /// number is that of the import that has the records.
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
    guard let last = batches.last(where: { $0.at < moment.microseconds }) else { return .new }
    let same = batches.last { $0.at == last.at && $0.digest == digest }
    return same.map { .sameAs($0.sameAs ?? $0.seq) } ?? .new
  }

  /// Writes down again what an inventory showed, at the times at which the same was seen later: another inventory came
  /// between, so that it no longer goes without saying.
  /// - Parameter moment: when the other one was taken.
  package func repeatSnapshots(after moment: Instant, formats: [String], of source: Source) throws {
    let batches = try snapshots(formats, of: source)
    guard let next = batches.first(where: { $0.at > moment.microseconds })?.at else { return }
    for batch in batches where batch.at == next {
      guard let same = batch.sameAs, let base = batches.first(where: { $0.seq == same }), base.at < moment.microseconds
      else {
        continue
      }
      let reader = LedgerReader(connection.alias())
      for seq in base.firstSeq..<base.seq {
        var event = try reader.event(seq).event
        guard event.occurredAt.microseconds == base.at, event.foreignKey != nil else { continue }
        event.occurredAt = Instant(microseconds: next)
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

  private func snapshots(_ formats: [String], of source: Source) throws -> [Snapshot] {
    let summaries = try connection.importSummaries().filter {
      $0.source == source.name && $0.retractedBy == nil && formats.contains($0.format)
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
