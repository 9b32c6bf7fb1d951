internal import Inventory

/// Of each source the last inventory that lists everything, looked up once.
struct LastInventories {
  private var known: [String: WholeInventory?] = [:]

  /// Whether the last such inventory by a moment neither lists nor names a host or VM, and nothing was heard of it since.
  mutating func lack(
    _ object: ObjectSummary, _ kind: ObjectKind, at moment: Instant, _ reader: borrowing LedgerReader
  ) throws -> Bool {
    if known[object.source] == nil {
      known[object.source] = .some(try WholeInventory(reader, of: object.source, at: moment))
    }
    return try (known[object.source] ?? nil)?.isGone(object, kind, reader) ?? false
  }
}
