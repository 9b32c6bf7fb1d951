internal import Inventory
internal import SQLite

/// Keeps what names mean true to the events.
struct NameSettling: ~Copyable {
  private let connection: Connection

  /// What is other than it was.
  struct Change {
    /// VMs whose records are others.
    var vms: Set<Int64> = []
    /// Whether names of hosts or clusters mean others: then what was worked out from them anywhere may be wrong.
    var reachesPlaces = false
  }

  init(_ connection: consuming Connection) { self.connection = connection }

  /// Works out what the names in the events of a source mean.
  mutating func settle(_ source: Source) throws -> Change {
    guard try hasBareNames(source) else { return Change() }
    let readings = try NameReadings(source, connection)
    let change = try replaceMeanings(by: readings, of: source)
    try replaceBearings(by: readings, of: source)
    return change
  }

  private func hasBareNames(_ source: Source) throws -> Bool {
    for kind in [ObjectKind.vm, .host, .cluster, .datastore] {
      let found = try connection.first(
        "SELECT 1 FROM object WHERE source = $1 AND kind = $2 AND foreign_id = '' LIMIT 1", source.id, kind.rawValue,
        row: { _ in true })
      if found != nil { return true }
    }
    return false
  }

  private func replaceMeanings(by readings: NameReadings, of source: Source) throws -> Change {
    let stored = try connection.meanings(of: source)
    var change = Change()
    for seq in Set(stored.keys).union(readings.meanings.keys) {
      let (old, new) = (stored[seq] ?? Meaning(), readings.meanings[seq] ?? Meaning())
      guard old != new else { continue }
      if old.cluster != new.cluster || old.host != new.host || old.otherHost != new.otherHost { change.reachesPlaces = true }
      let own = try connection.first(
        "SELECT o.identity FROM event AS e JOIN object AS o ON o.id = e.vm WHERE e.seq = $1", seq
      ) { $0.int(0) }
      change.vms.formUnion([old.vm ?? own, new.vm ?? own].compactMap(\.self).filter { $0 != Meaning.unknownVM })
      try connection.run("DELETE FROM meaning WHERE seq = $1", seq)
      if !new.isEmpty { try connection.keep(new, of: seq) }
    }
    return change
  }

  private func replaceBearings(by readings: NameReadings, of source: Source) throws {
    try connection.run(
      "DELETE FROM bearing WHERE name IN (SELECT o.id FROM object AS o WHERE o.source = $1)", source.id)
    for bearing in readings.bearings {
      try connection.run(
        "INSERT INTO bearing (name, datacenter, from_at, to_at, object) VALUES ($1, $2, $3, $4, $5)", bearing.name,
        bearing.datacenter, bearing.from, bearing.to, bearing.object)
    }
    try connection.run("DELETE FROM namesake WHERE source = $1", source.id)
    for namesake in readings.namesakes {
      try connection.run(
        "INSERT INTO namesake (id, source, kind, name) VALUES ($1, $2, $3, $4)", namesake.id, source.id,
        namesake.kind.rawValue, namesake.name)
    }
  }
}

extension Connection {
  /// What the names in the events of a source mean, as it is kept.
  func meanings(of source: Source) throws -> [Int64: Meaning] {
    var meanings: [Int64: Meaning] = [:]
    try forEach(
      """
      SELECT m.seq, m.cluster, m.host, m.vm, m.datastore, m.other_host, m.other_datastore
      FROM meaning AS m CROSS JOIN event AS e ON e.seq = m.seq WHERE e.source = $1
      """, source.id
    ) { row in
      meanings[row.int(0)] = Meaning(
        cluster: row.optionalInt(1), host: row.optionalInt(2), vm: row.optionalInt(3), datastore: row.optionalInt(4),
        otherHost: row.optionalInt(5), otherDatastore: row.optionalInt(6))
    }
    return meanings
  }

  func keep(_ meaning: Meaning, of seq: Int64) throws {
    try run(
      """
      INSERT INTO meaning (seq, cluster, host, vm, datastore, other_host, other_datastore)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """, seq, meaning.cluster, meaning.host, meaning.vm, meaning.datastore, meaning.otherHost, meaning.otherDatastore)
  }

  /// The names that stand for several objects.
  func sharedNames() throws -> Set<Int64> { Set(try all("SELECT DISTINCT name FROM bearing") { $0.int(0) }) }

  /// Rebuilds everything about names from the events.
  func rebuildNames() throws {
    for table in NameTable.allCases { try run(table.emptying) }
    let (pairs, renamings) = try computeNames()
    for pair in pairs { _ = try keep(pair) }
    for renaming in renamings { try keep(renaming) }
    for source in try foreignSources() {
      var settling = NameSettling(alias())
      _ = try settling.settle(source)
    }
  }
}

/// The tables about names.
enum NameTable: String, CaseIterable {
  case namesake
  case meaning
  case bearing
  case namedWith = "named_with"
  case renaming

  var emptying: StaticString {
    switch self {
    case .namesake: "DELETE FROM namesake"
    case .meaning: "DELETE FROM meaning"
    case .bearing: "DELETE FROM bearing"
    case .namedWith: "DELETE FROM named_with"
    case .renaming: "DELETE FROM renaming"
    }
  }
}
