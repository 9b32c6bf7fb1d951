internal import Inventory

/// Of each source the last inventory that lists everything, looked up once.
struct LastInventories {
  private var known: [String: WholeInventory?] = [:]

  /// Whether the last such inventory by a moment neither lists nor names a host or VM, and nothing was heard of it since.
  mutating func lack(
    _ object: ObjectSummary, _ kind: ObjectKind, at moment: Instant, _ reader: borrowing LedgerReader
  ) throws -> Bool {
    try last(of: object.source, at: moment, reader)?.isGone(object, kind, reader) ?? false
  }

  /// The last such inventory of a source by a moment; nil where there is none.
  mutating func last(
    of source: String, at moment: Instant, _ reader: borrowing LedgerReader
  ) throws -> WholeInventory? {
    if let known = known[source] { return known }
    let found = try WholeInventory(reader, of: source, at: moment)
    known[source] = .some(found)
    return found
  }
}
