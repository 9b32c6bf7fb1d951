internal import Inventory
internal import SQLite

/// The objects of a source as its dictionary has them: by name, by identity, and with what they were named together.
struct NamedObjects {
  /// What stands under one name.
  struct Namesakes {
    /// The row that has the name and no id.
    var bare: Int64?
    /// The identities of those with ids that ever bore it.
    var known: Set<Int64> = []
  }

  private struct Row {
    let identity: Int64
    let name: String
    let hasID: Bool
  }

  private var rows: [Int64: Row] = [:]
  private(set) var names: [ObjectKind: [String: Namesakes]] = [:]
  /// The rows of each identity.
  private(set) var rowsOf: [Int64: [Int64]] = [:]
  private var places: [Int64: Set<Int64>] = [:]
  private var kinds: [Int64: ObjectKind] = [:]
  private var clusters: [Int64: Set<Int64>] = [:]

  init(_ source: Int64, _ connection: borrowing Connection) throws {
    try connection.forEach("SELECT id, kind, foreign_id, name, identity FROM object WHERE source = $1", source) { row in
      guard let kind = ObjectKind(rawValue: row.text(1)) else { return }
      let (id, name, identity) = (row.int(0), row.text(3), row.int(4))
      let hasID = row.text(2) != ""
      rows[id] = Row(identity: identity, name: name, hasID: hasID)
      kinds[id] = kind
      rowsOf[identity, default: []].append(id)
      guard !name.isEmpty else { return }
      if hasID {
        names[kind, default: [:]][name, default: Namesakes()].known.insert(identity)
      } else {
        names[kind, default: [:]][name, default: Namesakes()].bare = id
      }
    }
    try connection.forEach(
      "SELECT w.object, w.place FROM object AS o JOIN named_with AS w ON w.object = o.id WHERE o.source = $1", source
    ) { row in places[row.int(0), default: []].insert(row.int(1)) }
  }

  func identity(_ row: Int64) -> Int64 { rows[row]?.identity ?? row }
  /// What a row stands for in an event: what is meant there, else its identity.
  func identity(_ row: Int64?, meant: Int64?) -> ObjectID? { (meant ?? row.map(identity)).map(ObjectID.init) }

  func name(_ row: Int64) -> String { rows[row]?.name ?? "" }
  func hasID(_ row: Int64) -> Bool { rows[row]?.hasID ?? false }

  /// Whether an identity has an id, and not only a name.
  func isKnown(_ identity: Int64) -> Bool { (rowsOf[identity] ?? []).contains(where: hasID) }

  /// Whether a record created or removed the VM of a row.
  func wasCreatedOrRemoved(_ row: Int64) -> Bool { places[row]?.contains(row) ?? false }

  /// The names that an identity has.
  func names(ofIdentity identity: Int64) -> Set<String> {
    Set((rowsOf[identity] ?? []).map(name).filter { !$0.isEmpty })
  }

  /// The datacenters, by identity, that a row was named with: by itself, else by its cluster or host.
  func datacenters(ofRow row: Int64) -> Set<Int64> {
    var found: Set<Int64> = []
    for place in places[row] ?? [] {
      switch kinds[place] {
      case .datacenter?: found.insert(identity(place))
      case .cluster?: if kinds[row] != .cluster { found.formUnion(datacenters(ofIdentity: identity(place))) }
      case .host?:
        if kinds[row] != .cluster, kinds[row] != .host { found.formUnion(datacenters(ofIdentity: identity(place))) }
      default: break
      }
    }
    return found
  }

  func datacenters(ofIdentity identity: Int64) -> Set<Int64> {
    var found: Set<Int64> = []
    for row in rowsOf[identity] ?? [] { found.formUnion(datacenters(ofRow: row)) }
    return found
  }

  /// The one datacenter of what an event names: its own, else that of its cluster or host; nil where it is not known.
  func datacenter(_ own: Int64?, cluster: Int64?, host: Int64?) -> Int64? {
    if let own { return identity(own) }
    for place in [cluster, host].compactMap(\.self) {
      let found = datacenters(ofIdentity: identity(place))
      if found.count == 1 { return found.first }
    }
    return nil
  }
}
