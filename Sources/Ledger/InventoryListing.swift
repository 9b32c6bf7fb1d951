internal import Inventory
internal import SQLite
internal import Synchronization

/// What an inventory lists. Objects are looked up one by one, and once many were asked about all of them are read: a
/// question about one VM costs no more where the inventory is large.
final class InventoryListing: Sendable {
  private struct Whole {
    var listed: [ObjectKind: Set<ObjectID>] = [:]
    /// Hosts that rows of VMs name, whether they have a row of their own or not.
    var named: Set<ObjectID> = []
  }

  private struct State {
    var asked = 0
    /// How many objects are asked about before all are read; nil as long as none was.
    var patience: Int?
    /// Whether anything of a kind is listed.
    var listsKind: [ObjectKind: Bool] = [:]
    var whole: Whole?
  }

  /// When its records say that it was taken.
  private let recordedAt: Int64
  private let source: String
  private let state = Mutex(State())

  /// A look at one object costs as much as reading about ten in one go: they stay a small part of what reading all costs.
  private static let objectsInOneLook: Int64 = 20

  init(recordedAt: Int64, source: String) {
    self.recordedAt = recordedAt
    self.source = source
  }

  /// Whether a host or VM is not listed; false of a kind of which the inventory lists nothing at all.
  func omits(_ object: ObjectID, _ kind: ObjectKind, _ reader: borrowing LedgerReader) throws -> Bool {
    try state.withLock { state in
      state.asked += 1
      let patience = try state.patience ?? patience(reader)
      state.patience = patience
      if state.asked > patience, state.whole == nil { state.whole = try readWhole(reader) }
      if let whole = state.whole { return whole.listed[kind].map { !$0.contains(object) } ?? false }
      if try lists(object, kind, reader) { return false }
      let listsKind = try state.listsKind[kind] ?? lists(anyOf: kind, reader)
      state.listsKind[kind] = listsKind
      return listsKind
    }
  }

  /// Whether the row of a VM names a host.
  func names(_ host: ObjectID, _ reader: borrowing LedgerReader) throws -> Bool {
    try state.withLock { state in
      let whole = try state.whole ?? readWhole(reader)
      state.whole = whole
      return whole.named.contains(host)
    }
  }

  private func patience(_ reader: borrowing LedgerReader) throws -> Int {
    let objects = try reader.connection.first("SELECT coalesce(max(id), 0) FROM object", row: { $0.int(0) }) ?? 0
    return max(200, Int(objects / Self.objectsInOneLook))
  }

  private func lists(_ object: ObjectID, _ kind: ObjectKind, _ reader: borrowing LedgerReader) throws -> Bool {
    let query: StaticString =
      kind == .vm
      ? """
      SELECT 1 FROM object AS o JOIN event AS e ON e.vm = o.id JOIN source AS s ON s.id = e.source
      WHERE o.identity = $1 AND e.occurred_at = $2 AND s.name = $3
        AND NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq) LIMIT 1
      """
      : """
      SELECT 1 FROM object AS o JOIN event AS e ON e.host = o.id AND e.vm IS NULL JOIN source AS s ON s.id = e.source
      WHERE o.identity = $1 AND e.occurred_at = $2 AND s.name = $3
        AND NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq) LIMIT 1
      """
    return try reader.connection.first(query, object.rawValue, recordedAt, source, row: { _ in true }) ?? false
  }

  private func lists(anyOf kind: ObjectKind, _ reader: borrowing LedgerReader) throws -> Bool {
    try reader.connection.first(
      """
      SELECT 1 FROM event AS e JOIN object AS o ON o.id = coalesce(e.vm, e.host) JOIN source AS s ON s.id = e.source
      WHERE e.occurred_at = $1 AND s.name = $2 AND o.kind = $3
        AND NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq) LIMIT 1
      """, recordedAt, source, kind.rawValue, row: { _ in true }) ?? false
  }

  private func readWhole(_ reader: borrowing LedgerReader) throws -> Whole {
    let rows = try reader.connection.all(
      """
      SELECT DISTINCT o.identity, o.kind FROM event AS e JOIN object AS o ON o.id = coalesce(e.vm, e.host)
      JOIN source AS s ON s.id = e.source WHERE e.occurred_at = $1 AND s.name = $2
        AND NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq)
      """, recordedAt, source
    ) { (ObjectID(rawValue: $0.int(0)), ObjectKind(rawValue: $0.text(1))) }
    var whole = Whole()
    for (id, kind) in rows { if let kind { whole.listed[kind, default: []].insert(id) } }
    whole.named = Set(
      try reader.connection.all(
        """
        SELECT DISTINCT o.identity FROM event AS e JOIN object AS o ON o.id = e.host JOIN source AS s ON s.id = e.source
        WHERE e.occurred_at = $1 AND s.name = $2 AND e.vm IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq)
        """, recordedAt, source
      ) { ObjectID(rawValue: $0.int(0)) })
    return whole
  }
}
