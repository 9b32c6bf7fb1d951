internal import Inventory
internal import SQLite

/// The last inventory of a source that lists everything there is: what it does not list is not there, unless something is
/// heard of it later.
struct WholeInventory {
  let at: Instant
  private let moment: Instant
  private let listing: InventoryListing

  /// Nil where no such inventory was taken by a moment.
  init?(_ reader: borrowing LedgerReader, of source: String, at moment: Instant) throws {
    // One that is equal to the one before it has its records there.
    let taken = try reader.connection.first(
      """
      SELECT b.first_at, coalesce(o.first_at, b.first_at) FROM import_batch AS b JOIN source AS s ON s.id = b.source
      LEFT JOIN import_batch AS o ON o.seq = b.same_as
      WHERE s.name = $1 AND b.format IN ('cluster-file', 'rvtools-xlsx', 'rvtools-csv') AND b.first_at <= $2
        AND b.retracted_by IS NULL ORDER BY b.first_at DESC LIMIT 1
      """, source, moment.microseconds
    ) { (seen: $0.int(0), recorded: $0.int(1)) }
    guard let taken else { return nil }
    (at, self.moment) = (Instant(microseconds: taken.seen), moment)
    listing = InventoryListing(recordedAt: taken.recorded, source: source)
  }

  /// Whether a host or VM is gone: it is not listed, no row of a VM names it, and nothing was heard of it since.
  func isGone(_ object: ObjectSummary, _ kind: ObjectKind, _ reader: borrowing LedgerReader) throws -> Bool {
    try lacks(object, kind, reader) && !listing.names(object.id, reader)
  }

  /// Whether a host or VM is not listed, and nothing was heard of it since.
  func lacks(_ object: ObjectSummary, _ kind: ObjectKind, _ reader: borrowing LedgerReader) throws -> Bool {
    guard try omits(object.id, kind, reader) else { return false }
    return try firstHeard(of: object.id, kind, until: moment, reader) == nil
  }

  /// Whether a host or VM is not listed. False of a kind of which the inventory lists nothing at all.
  func omits(_ object: ObjectID, _ kind: ObjectKind, _ reader: borrowing LedgerReader) throws -> Bool {
    try listing.omits(object, kind, reader)
  }

  /// When something was heard of a host or VM for the first time after it.
  func firstHeard(
    of object: ObjectID, _ kind: ObjectKind, until moment: Instant, _ reader: borrowing LedgerReader
  ) throws -> Instant? {
    let query: StaticString =
      kind == .vm
      ? """
      SELECT min(e.occurred_at) FROM object AS o JOIN event AS e ON e.vm = o.id WHERE o.identity = $1
      AND e.occurred_at > $2 AND e.occurred_at <= $3
        AND NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq)
      """
      : """
      SELECT min(e.occurred_at) FROM object AS o JOIN event AS e ON e.host = o.id AND e.vm IS NULL WHERE o.identity = $1
      AND e.occurred_at > $2 AND e.occurred_at <= $3
        AND NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq)
      """
    let first = try reader.connection.first(query, object.rawValue, at.microseconds, moment.microseconds) {
      $0.optionalInt(0)
    }
    return (first ?? nil).map { Instant(microseconds: $0) }
  }
}
