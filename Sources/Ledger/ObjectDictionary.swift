internal import Inventory
internal import SQLite

/// The dictionaries of terms and objects, with what a writer has met of them.
struct ObjectDictionary {
  /// A row of the dictionary. One instance for each, so that an event's seven are not copied with their bytes.
  final class Entry {
    let id: Int64
    fileprivate(set) var identity: Int64
    /// The object as the canonical bytes hold it.
    let encoded: [UInt8]
    /// The transaction that added it, counted by this dictionary; 0 where the ledger had it.
    fileprivate let addedIn: Int

    fileprivate init(id: Int64, identity: Int64, encoded: [UInt8], addedIn: Int) {
      (self.id, self.identity, self.encoded, self.addedIn) = (id, identity, encoded, addedIn)
    }
  }

  private struct Key: Hashable {
    let source: Int64
    let reference: ObjectReference

    static func == (left: Key, right: Key) -> Bool {
      left.source == right.source && left.reference.kind == right.reference.kind
        && left.reference.foreignID.hasSameBytes(as: right.reference.foreignID)
        && left.reference.name.hasSameBytes(as: right.reference.name)
    }

    func hash(into hasher: inout Hasher) {
      // Names and ids that are equal but for source and kind are rare: they are left to the comparison.
      reference.foreignID.hashBytes(into: &hasher)
      reference.name.hashBytes(into: &hasher)
    }
  }

  private var terms: [ExactText: Int64] = [:]
  private var types: [EventType: Int64] = [:]
  private var objects: [Key: Entry] = [:]
  private var transaction = 0
  /// Hosts and clusters that the ledger knew before, met here under a name that it knew, or only under others.
  private(set) var familiar = 0
  private(set) var renamed = 0
  /// Whether an object that was known by name alone became known with its id.
  private(set) var hasMerged = false

  /// The number of our own type.
  mutating func term(_ type: EventType, in connection: borrowing Connection) throws -> Int64 {
    if let id = types[type] { return id }
    let id = try term(type.rawValue, in: connection)
    types[type] = id
    return id
  }

  /// The number of a text.
  mutating func term(_ text: String, in connection: borrowing Connection) throws -> Int64 {
    if let id = terms[ExactText(text)] { return id }
    let id: Int64
    if let known = try connection.first("SELECT id FROM term WHERE text = $1", text, row: { $0.int(0) }) {
      id = known
    } else {
      // The numbers below 32 are the schema's.
      id = max(31, try connection.first("SELECT max(id) FROM term") { $0.int(0) } ?? 0) + 1
      try connection.run("INSERT INTO term (id, text) VALUES ($1, $2)", id, text)
    }
    terms[ExactText(text)] = id
    return id
  }

  mutating func object(_ reference: ObjectReference, of source: Source, in connection: borrowing Connection) throws -> Entry
  {
    let key = Key(source: source.id, reference: reference)
    if let entry = objects[key] {
      if entry.addedIn != transaction, canBeRenamed(reference) { familiar += 1 }
      return entry
    }
    let row = try connection.first(
      "SELECT id, identity FROM object WHERE source = $1 AND kind = $2 AND foreign_id = $3 AND name = $4",
      source.id, reference.kind.rawValue, reference.foreignID, reference.name
    ) { ($0.int(0), $0.int(1)) }
    if canBeRenamed(reference) {
      if row != nil { familiar += 1 } else if try isKnown(reference, of: source, in: connection) { renamed += 1 }
    }
    let (id, identity) = try row ?? insert(reference, of: source, in: connection)
    let entry = Entry(
      id: id, identity: identity, encoded: CanonicalBytes.encode(reference, source: source.name),
      addedIn: row == nil ? transaction : 0)
    objects[key] = entry
    return entry
  }

  private func canBeRenamed(_ reference: ObjectReference) -> Bool {
    (reference.kind == .host || reference.kind == .cluster) && !reference.foreignID.isEmpty && !reference.name.isEmpty
  }

  /// Forgets what was so in the last transaction only.
  mutating func beginTransaction() {
    (familiar, renamed, hasMerged) = (0, 0, false)
    transaction += 1
  }

  /// Whether no record named the object before this transaction.
  func isNew(_ entry: Entry) -> Bool { entry.id == entry.identity && entry.addedIn == transaction }

  /// Whether the id is known with another name.
  private func isKnown(
    _ reference: ObjectReference, of source: Source, in connection: borrowing Connection
  ) throws -> Bool {
    try connection.first(
      "SELECT 1 FROM object WHERE source = $1 AND kind = $2 AND foreign_id = $3 AND name <> ''", source.id,
      reference.kind.rawValue, reference.foreignID, row: { _ in true }) ?? false
  }

  private mutating func insert(
    _ reference: ObjectReference, of source: Source, in connection: borrowing Connection
  ) throws -> (Int64, Int64) {
    let id = (try connection.first("SELECT max(id) FROM object") { $0.int(0) } ?? 0) + 1
    try connection.run(
      "INSERT INTO object (id, source, kind, foreign_id, name, identity) VALUES ($1, $2, $3, $4, $5, $1)",
      id, source.id, reference.kind.rawValue, reference.foreignID, reference.name)
    let changes = try connection.resolveIdentities(
      source: source.id, kind: reference.kind.rawValue, foreignID: reference.foreignID, name: reference.name)
    for change in changes where change.id != id {
      hasMerged = true
      for entry in objects.values where entry.id == change.id { entry.identity = change.to }
    }
    return (id, changes.first { $0.id == id }?.to ?? id)
  }
}
