internal import Inventory
internal import SQLite

/// Two rows of the dictionary that one record names: an object, and the datacenter, cluster or host where it is; or a VM
/// and itself, which says that a record created or removed it.
struct NamePair: Hashable {
  let object: Int64
  let place: Int64

  /// The pairs of an event, by its type and the rows that it names.
  static func pairs(
    _ type: EventType, datacenter: Int64?, cluster: Int64?, host: Int64?, vm: Int64?, datastore: Int64?, otherHost: Int64?,
    otherDatastore: Int64?
  ) -> [NamePair] {
    var pairs: [NamePair] = []
    func add(_ object: Int64?, _ place: Int64?) {
      if let object, let place { pairs.append(NamePair(object: object, place: place)) }
    }
    add(cluster, datacenter)
    add(host, datacenter)
    add(host, cluster)
    add(vm, datacenter ?? cluster ?? host)
    if type == .vmRegistered || type == .vmUnregistered { add(vm, vm) }
    add(datastore, datacenter ?? host)
    // A move may lead to another datacenter: the other datastore is where the other host is.
    add(otherDatastore, otherHost ?? datacenter ?? host)
    return pairs
  }

  static func pairs(_ type: EventType, _ objects: EventObjects) -> [NamePair] {
    pairs(
      type, datacenter: objects.datacenter?.id, cluster: objects.cluster?.id, host: objects.host?.id, vm: objects.vm?.id,
      datastore: objects.datastore?.id, otherHost: objects.otherHost?.id, otherDatastore: objects.otherDatastore?.id)
  }
}

extension Connection {
  /// Keeps a pair; says whether it is new.
  func keep(_ pair: NamePair) throws -> Bool {
    let isKnown = try first(
      "SELECT 1 FROM named_with WHERE object = $1 AND place = $2", pair.object, pair.place, row: { _ in true })
    guard isKnown == nil else { return false }
    try run("INSERT INTO named_with (object, place) VALUES ($1, $2)", pair.object, pair.place)
    return true
  }

  /// Every pair, and every renaming of a VM without an id, from all events; by purpose this reads the whole table.
  func computeNames() throws -> (pairs: Set<NamePair>, renamings: [Renaming]) {
    var pairs: Set<NamePair> = []
    var renamings: [Renaming] = []
    try forEach(
      """
      SELECT e.datacenter, e.cluster, e.host, e.vm, e.datastore, e.seq, v.foreign_id = '', e.detail, e.other_host,
        e.other_datastore, t.text FROM event AS e JOIN term AS t ON t.id = e.type
      LEFT JOIN object AS v ON v.id = e.vm
      WHERE NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq)
      """
    ) { row in
      pairs.formUnion(
        NamePair.pairs(
          EventType(rawValue: row.text(10)), datacenter: row.optionalInt(0), cluster: row.optionalInt(1),
          host: row.optionalInt(2), vm: row.optionalInt(3),
          datastore: row.optionalInt(4), otherHost: row.optionalInt(8), otherDatastore: row.optionalInt(9)))
      guard row.optionalInt(6) == 1, let vm = row.optionalInt(3), let detail = row.optionalText(7),
        let renaming = Renaming(seq: row.int(5), name: vm, storedDetail: detail)
      else { return }
      renamings.append(renaming)
    }
    return (pairs, renamings)
  }
}
