internal import History
internal import Inventory
internal import SQLite

/// What the names in the events of a source mean, where a name alone does not say it.
struct NameReadings {
  /// A name that stands for several objects, with one of them and when and where it is meant.
  struct Bearing: Hashable {
    let name: Int64
    let datacenter: Int64?
    let from: Int64
    let to: Int64
    let object: Int64
  }

  /// An object that shares its name with another, and has no id.
  struct Namesake: Hashable {
    let id: Int64
    let kind: ObjectKind
    let name: Int64
  }

  private(set) var bearings: Set<Bearing> = []
  private(set) var namesakes: Set<Namesake> = []
  private(set) var meanings: [Int64: Meaning] = [:]

  /// Numbers of namesakes begin here: far above those of the dictionary.
  private static let firstNamesake: Int64 = 1 << 40
  private static let firstPlaced: Int64 = 1 << 42

  private let objects: NamedObjects
  private let source: Int64

  init(_ source: Source, _ connection: borrowing Connection) throws {
    self.source = source.id
    objects = try NamedObjects(source.id, connection)
    try readHosts(connection)
    for kind in [ObjectKind.cluster, .datastore] { readPlaced(kind) }
    try readEvents(connection)
    try readVMs(source, connection)
  }

  // MARK: Hosts, by time

  private mutating func readHosts(_ connection: borrowing Connection) throws {
    for namesakes in (objects.names[.host] ?? [:]).values {
      guard let bare = namesakes.bare, !namesakes.known.isEmpty else { continue }
      var mentions: [(Record.Order, HostNameTrack.Mention)] = []
      for (row, host) in [(bare, Int64?.none)] + rows(of: namesakes.known) {
        try connection.forEach(
          """
          SELECT e.occurred_at, t.text, e.seq FROM event AS e JOIN term AS t ON t.id = e.type
          WHERE e.host = $1 AND e.vm IS NULL AND e.host IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq)
          """, row
        ) { event in
          let kind: HostNameTrack.Mention.Kind =
            switch EventType(rawValue: event.text(1)) {
            case .hostAdded: .added
            case .hostRemoved: .removed
            default: .other
            }
          let at = Instant(microseconds: event.int(0))
          let order = Record.Order(at: at, source: "", foreignKey: nil, seq: event.int(2))
          mentions.append((order, HostNameTrack.Mention(at: at, host: host.map(ObjectID.init), kind: kind)))
        }
      }
      // A name that stands for a host with an id cannot stand for one without, too.
      let unnumbered = objects.identity(bare) == bare ? bare : Self.firstPlaced + bare << 21
      let found = HostNameTrack.bearings(mentions.sorted { $0.0 < $1.0 }.map(\.1)).map { bearing in
        let object: Int64 = if case .known(let host) = bearing.bearer { host.rawValue } else { unnumbered }
        return Bearing(
          name: bare, datacenter: nil, from: bearing.from.microseconds, to: bearing.to.microseconds, object: object)
      }
      // One host, the one that the name stands for anyway.
      if found.allSatisfy({ $0.object == objects.identity(bare) }) { continue }
      bearings.formUnion(found)
      if unnumbered != bare, found.contains(where: { $0.object == unnumbered }) {
        self.namesakes.insert(Namesake(id: unnumbered, kind: .host, name: bare))
      }
    }
  }

  private func rows(of identities: Set<Int64>) -> [(Int64, Int64?)] {
    identities.flatMap { identity in (objects.rowsOf[identity] ?? []).filter(objects.hasID).map { ($0, identity) } }
  }

  // MARK: Clusters and datastores, by datacenter

  private mutating func readPlaced(_ kind: ObjectKind) {
    for namesakes in (objects.names[kind] ?? [:]).values {
      guard let bare = namesakes.bare else { continue }
      var homes: [Int64: Int64] = [:]
      for identity in namesakes.known {
        for datacenter in objects.datacenters(ofIdentity: identity) where isOwn(identity, datacenter) {
          homes[datacenter] = identity
        }
      }
      let open = objects.datacenters(ofRow: bare).subtracting(homes.keys).sorted()
      // With one place, or one object, there is nothing to tell apart.
      let isShared = namesakes.known.count > 1 || (!homes.isEmpty && !open.isEmpty) || open.count > 1
      guard isShared else { continue }
      let everywhere = (Instant.distantPast.microseconds, Instant.distantFuture.microseconds)
      for (datacenter, object) in homes {
        bearings.insert(
          Bearing(name: bare, datacenter: datacenter, from: everywhere.0, to: everywhere.1, object: object))
      }
      for (number, datacenter) in open.enumerated() {
        let isFirst = number == 0 && objects.identity(bare) == bare
        let object = isFirst ? bare : Self.firstPlaced + bare << 21 + datacenter
        if !isFirst { self.namesakes.insert(Namesake(id: object, kind: kind, name: bare)) }
        bearings.insert(
          Bearing(name: bare, datacenter: datacenter, from: everywhere.0, to: everywhere.1, object: object))
      }
    }
  }

  /// Whether an object with an id was itself named in a datacenter, and not only its name.
  private func isOwn(_ identity: Int64, _ datacenter: Int64) -> Bool {
    (objects.rowsOf[identity] ?? []).contains { objects.hasID($0) && objects.datacenters(ofRow: $0).contains(datacenter) }
  }

  // MARK: Events

  /// What the names of hosts, clusters and datastores mean; by purpose this reads all events, where there are such names.
  private mutating func readEvents(_ connection: borrowing Connection) throws {
    guard !bearings.isEmpty else { return }
    let byName = Dictionary(grouping: bearings, by: \.name)
    func meant(_ row: Int64?, _ at: Int64, _ datacenter: Int64?) -> Int64? {
      guard let row, let known = byName[row] else { return nil }
      let found = known.first { bearing in
        bearing.from <= at && at < bearing.to && (bearing.datacenter == nil || bearing.datacenter == datacenter)
      }
      return found.map(\.object).flatMap { $0 == objects.identity(row) ? nil : $0 }
    }
    var found: [Int64: Meaning] = [:]
    try connection.forEach(
      """
      SELECT e.seq, e.occurred_at, e.datacenter, e.cluster, e.host, e.datastore, e.other_host, e.other_datastore
      FROM event AS e WHERE e.source = $1
        AND NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq)
      """, source
    ) { row in
      let at = row.int(1)
      let datacenter = objects.datacenter(row.optionalInt(2), cluster: row.optionalInt(3), host: row.optionalInt(4))
      var meaning = Meaning()
      meaning.cluster = meant(row.optionalInt(3), at, datacenter)
      meaning.host = meant(row.optionalInt(4), at, nil)
      let other = row.optionalInt(6).flatMap { objects.datacenter(nil, cluster: nil, host: $0) }
      // Of a move of which only one end's datacenter is known, both ends are there, as far as is known.
      meaning.datastore = meant(row.optionalInt(5), at, datacenter ?? other)
      meaning.otherHost = meant(row.optionalInt(6), at, nil)
      meaning.otherDatastore = meant(row.optionalInt(7), at, other ?? datacenter)
      if !meaning.isEmpty { found[row.int(0)] = meaning }
    }
    meanings = found
  }

  // MARK: VMs, by record

  private mutating func readVMs(_ source: Source, _ connection: borrowing Connection) throws {
    let names = try SharedVMNames(objects, connection)
    guard !names.rows.isEmpty else { return }
    for row in names.bare {
      bearings.insert(
        Bearing(
          name: row, datacenter: nil, from: Instant.distantPast.microseconds, to: Instant.distantFuture.microseconds,
          object: row))
    }
    let mentions = try VMMentions(names, objects, meanings, source, connection).mentions
    let answer = VMNameTrack.answer(mentions.map(\.mention))
    for seq in answer.unknown { meanings[seq, default: Meaning()].vm = Meaning.unknownVM }
    var taken: Set<Int64> = []
    var chosen: [NameBearer: Int64] = [:]
    for (mention, row) in mentions {
      guard let bearer = answer.meanings[mention.seq] else { continue }
      let object: Int64
      switch bearer {
      case .known(let vm): object = vm.rawValue
      case .unnumbered:
        if let known = chosen[bearer] {
          object = known
        } else if objects.identity(row) == row, taken.insert(row).inserted {
          object = row
        } else {
          object = Self.firstNamesake + mention.seq
          namesakes.insert(Namesake(id: object, kind: .vm, name: row))
        }
        chosen[bearer] = object
      }
      if object != objects.identity(row) { meanings[mention.seq, default: Meaning()].vm = object }
    }
  }
}
