internal import History
package import Inventory
internal import SQLite

/// One write transaction: events are appended, and at its end the spans of everything they touched are made anew.
///
/// It lives inside the closure that it is lent to.
package final class LedgerTransaction {
  let connection: Connection
  /// The time at which we learn of what is appended.
  package let now: Instant
  private var head: ChainHead
  private let memory: WriterMemory
  private var contents: WriterMemory.Contents
  private var canonical = CanonicalBytes()
  private var touched = TouchedObjects()
  private var sightings: [SightingKey: Sighting] = [:]
  /// Whether spans anywhere may be other than what is stored.
  private var needsRebuilding = false
  private var twins: Twins?
  private var keys = MomentKeys()
  private var replaced: [(old: Int64, new: Int64)] = []
  /// Sources of which the meaning of names has to be worked out.
  private var unsettledNames: [Int64: Source] = [:]
  /// Whether the histories that are held are no longer right.
  private var mustForget = false
  /// Stops in outages that histories showed as they went on.
  private var stops: [(vm: Int64, stop: StopInOutage)] = []
  /// Whether what the ledger had of the file's source was all retracted: then its names tell nothing.
  private var beginsAnew = false
  /// The last row of the dictionary before the file.
  private var lastObject: Int64 = 0
  /// Hosts that an inventory lists by name, and how many of them the ledger knew.
  private var listedHosts: (names: Set<String>, known: Int) = ([], 0)

  struct SightingKey: Hashable {
    let host: Int64
    let cluster: Int64
  }

  init(_ connection: consuming Connection, now: Instant, memory: WriterMemory) throws {
    head = try connection.chainHead()
    self.memory = memory
    contents = memory.take(at: head)
    contents.dictionary.beginTransaction()
    contents.folds.beginTransaction()
    self.connection = connection
    self.now = now
  }

  /// Number of the next event.
  package var nextSeq: Int64 { head.seq + 1 }

  /// Announces the records of a file: from here on `append` also looks for those that another format brought.
  /// - Throws: `failed` where records do not count though no event says so: they would be appended again, for ever.
  package func beginRecords(of source: Source, format: String) throws {
    if !contents.hasCheckedExclusions, try connection.excludesOthers(than: connection.exclusions()) {
      throw YadokariError(
        .failed,
        "the file was tampered with: excluded_event differs from the events, so that records would be taken for new; "
          + "nothing was done, \"yadokari db rebuild\" mends it")
    }
    contents.hasCheckedExclusions = true
    let mayMeet = try Twins.formats.contains(format) || Twins.mayMeet(source, in: connection)
    beginsAnew = try !connection.hasLiveImports(source)
    twins = mayMeet ? Twins(source: source, firstOwn: nextSeq) : nil
    lastObject = try connection.first("SELECT max(id) FROM object", row: { $0.optionalInt(0) }).flatMap(\.self) ?? 0
    listedHosts = ([], 0)
  }

  /// Writes down which records of other formats the file's replaced, because it tells more.
  package func endRecords() throws {
    for start in stride(from: 0, to: replaced.count, by: 1000) {
      let pairs = replaced[start..<min(start + 1000, replaced.count)]
      _ = try append(Exclusion.replacing(pairs, at: now))
    }
    needsRebuilding = needsRebuilding || !replaced.isEmpty
    (twins, replaced) = (nil, [])
  }

  /// Appends an event, unless the ledger has the record already.
  /// - Returns: its sequence number; nil where source, time and foreign key are known, or where another format brought the
  ///   same happening with as much in it.
  /// - Throws: `refused` for a text that holds U+0000.
  package func append(_ event: Event, source: Source = .own) throws -> Int64? {
    guard !event.holdsZero else { throw YadokariError(.refused, "a text of the record holds U+0000") }
    let known = try known(event, of: source)
    guard let firstOwn = twins?.firstOwn else { return try known == nil ? write(event, source) : nil }
    if let known, known >= firstOwn { return nil }
    let twin = try twins?.match(event, knownAs: known, in: connection)
    if let twin, twin.richness >= TextMark.richness(of: event) { return nil }
    let seq = try write(event, source)
    if let twin { replaced.append((twin.seq, seq)) }
    return seq
  }

  private func write(_ event: Event, _ source: Source) throws -> Int64 {
    let objects = try EventObjects(event) { try contents.dictionary.object($0, of: source, in: connection) }
    let type = try contents.dictionary.term(event.type, in: connection)
    let foreignType = try event.foreignType.map { try contents.dictionary.term($0, in: connection) }
    let detail = DetailText(event.detail)
    let fields = try detail.foreign.map { try contents.foreignFields.number(of: $0, in: connection) }
    let seq = head.seq + 1
    canonical.encode(event, seq: seq, recordedAt: now, source: source.name, objects: objects, detail: detail)
    let hash = head.hash.next(canonical)
    try connection.withStatement(
      """
      INSERT INTO event (seq, occurred_at, recorded_at, type, foreign_type, source, foreign_key, chain, datacenter, cluster,
        host, vm, datastore, other_host, other_datastore, migration, severity, actor, reason, message, detail, hash,
        foreign_fields)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
      """
    ) { statement in
      // One by one: values of many types in one call would be bound through tables at run time.
      try statement.bind(1, seq)
      try statement.bind(2, event.occurredAt.microseconds)
      try statement.bind(3, now.microseconds)
      try statement.bind(4, type)
      try statement.bind(5, foreignType)
      try statement.bind(6, source.id)
      try statement.bind(7, event.foreignKey)
      try statement.bind(8, event.chain)
      try statement.bind(9, objects.datacenter?.id)
      try statement.bind(10, objects.cluster?.id)
      try statement.bind(11, objects.host?.id)
      try statement.bind(12, objects.vm?.id)
      try statement.bind(13, objects.datastore?.id)
      try statement.bind(14, objects.otherHost?.id)
      try statement.bind(15, objects.otherDatastore?.id)
      try statement.bind(16, event.migration)
      try statement.bind(17, event.severity)
      try statement.bind(18, event.actor)
      try statement.bind(19, event.reason)
      try statement.bind(20, event.message)
      try statement.bind(21, detail.own)
      try statement.bind(22, blob: hash.bytes)
      try statement.bind(23, fields)
      while try statement.step() {}
    }
    head = ChainHead(seq: seq, hash: hash)
    try touch(event, seq: seq, source: source, objects: objects)
    keys.add(event, seq: seq, of: source)
    if event.type == .importRetracted || event.type == .importReplaced { keys.forget() }
    if event.type == .importRetracted {
      needsRebuilding = true
    } else if event.type == .importFinished, let name = event.detail?["source"]?.stringValue {
      let before = try connection.tellsPower(name)
      try connection.project(event, seq: seq, source: source)
      // What its registered VMs are like then is otherwise, in all imports before and in this one.
      if try connection.tellsPower(name) != before { needsRebuilding = true }
    } else {
      try connection.project(event, seq: seq, source: source)
    }
    return seq
  }

  /// Looked up before anything is written: a record that is refused leaves no name behind in the dictionary.
  private func known(_ event: Event, of source: Source) throws -> Int64? {
    guard let key = event.foreignKey else { return nil }
    return try keys.seq(at: event.occurredAt, key: key, of: source, in: connection)
  }

  private func touch(_ event: Event, seq: Int64, source: Source, objects: EventObjects) throws {
    try note(event, seq: seq, source: source, objects: objects)
    let (cluster, host) = (objects.cluster?.identity, objects.host?.identity)
    if let vm = objects.vm {
      contents.folds.add(
        Record(event, seq: seq, source: source.name, objects: objects), of: vm.identity,
        isFirst: contents.dictionary.isNew(vm))
      if contents.folds.isFull { try writeFolds() }
    } else if let host {
      touched.hosts.insert(host)
    } else if let cluster {
      touched.clusters.insert(cluster)
    }
    if let host, let cluster {
      let sighting = Sighting(at: event.occurredAt.microseconds, seq: seq)
      sightings[SightingKey(host: host, cluster: cluster), default: sighting].include(sighting)
    }
  }

  /// Keeps what names mean: which objects were named together, renamings, and whether names are concerned that several bear.
  private func note(_ event: Event, seq: Int64, source: Source, objects: EventObjects) throws {
    guard source.id != Source.own.id else { return }
    for pair in NamePair.pairs(event.type, objects) where contents.pairs.insert(pair).inserted {
      if try connection.keep(pair) { unsettledNames[source.id] = source }
    }
    if let vm = objects.vm, let renaming = Renaming(event, seq: seq, vm: vm.id) {
      try connection.keep(renaming)
      unsettledNames[source.id] = source
    }
    if [.hostAdded, .hostRemoved, .vmUnregistered].contains(event.type) { unsettledNames[source.id] = source }
    guard unsettledNames[source.id] == nil else { return }
    let shared = try contents.sharedNames ?? connection.sharedNames()
    contents.sharedNames = shared
    guard !shared.isEmpty else { return }
    let named = [objects.cluster, objects.host, objects.vm, objects.datastore, objects.otherHost, objects.otherDatastore]
    if named.contains(where: { $0.map { shared.contains($0.id) } ?? false }) { unsettledNames[source.id] = source }
  }

  /// Works out what names mean.
  /// - Returns: whether projections anywhere may be other than what is stored.
  private func settleNames() throws -> Bool {
    var reachesPlaces = false
    for source in unsettledNames.values.sorted(by: { $0.id < $1.id }) {
      var settling = NameSettling(connection.alias())
      let change = try settling.settle(source)
      reachesPlaces = reachesPlaces || change.reachesPlaces
      contents.folds.markLate(change.vms)
    }
    if !unsettledNames.isEmpty { contents.sharedNames = nil }
    return reachesPlaces
  }

  /// Whether what was appended speaks of other hosts under ids that the ledger knows: then it is from another vCenter.
  package var looksForeign: Bool {
    !beginsAnew && contents.dictionary.renamed >= 2 && contents.dictionary.familiar == 0
  }

  /// Takes a host that an inventory lists by name.
  package func list(_ host: ObjectReference, of source: Source) throws {
    guard !host.name.isEmpty, listedHosts.names.insert(host.name).inserted else { return }
    let isKnown = try connection.first(
      "SELECT 1 FROM object WHERE kind = 'host' AND name = $1 AND source = $2 AND id <= $3 LIMIT 1", host.name, source.id,
      lastObject, row: { _ in true })
    let isLonger = host.name.contains(".") ? nil : try fullHostName(of: host.name, source)
    let isShorter = try host.name.split(separator: ".").first.map { try knows(.host, named: String($0), of: source) }
    let knowsShort = host.name.contains(".") && isShorter == true
    if isKnown != nil || isLonger != nil || knowsShort { listedHosts.known += 1 }
  }

  /// Whether an inventory lists hosts, and none of those that the ledger knows of the source: then it is of another vCenter.
  package func sharesNoHost(with source: Source) throws -> Bool {
    guard !beginsAnew, !listedHosts.names.isEmpty, listedHosts.known == 0 else { return false }
    return try connection.first(
      "SELECT 1 FROM object WHERE source = $1 AND kind = 'host' AND name <> '' AND id <= $2 LIMIT 1", source.id, lastObject,
      row: { _ in true }) ?? false
  }

  /// Makes the spans of all touched objects anew. Called once, before the commit.
  func finish() throws {
    if needsRebuilding { return try connection.rebuildProjections() }
    for (key, sighting) in sightings where try connection.widenSighting(host: key.host, cluster: key.cluster, by: sighting) {
      touched.hosts.insert(key.host)
    }
    try writeFolds()
    mustForget = try settleNames() || contents.dictionary.hasMerged
    // A name alone turned out to be an object with an id, or a name means another: spans anywhere may hold the old number.
    if mustForget { return try Projector(connection.alias()).rebuild() }
    try settle()
  }

  private func writeFolds() throws { stops += try contents.folds.write(with: SpanWriter(connection.alias())) }

  /// Folds what came late, and what outages of hosts make other than it was. Nearly always there is nothing to do.
  private func settle() throws {
    let late = contents.folds.takeLate()
    let troubled = try contents.troubledHosts ?? connection.troubledHosts()
    contents.troubledHosts = troubled
    let again = try contents.folds.takeTroubled(troubled, in: connection)
    guard !late.isEmpty || !touched.isEmpty || !again.vms.isEmpty || !stops.isEmpty else { return }
    try Projector(connection.alias()).refold(touched)
    var settling = OutageSettling(connection.alias())
    var vms = again.vms.union(late)
    for (vm, stop) in stops {
      for key in try settling.note([stop], of: vm) { vms.formUnion(try settling.vmsOn(key)) }
    }
    // VMs whose records came late may have been started on a host in trouble, too.
    let hosts = late.isEmpty ? touched.hosts.union(again.hosts) : touched.hosts.union(troubled)
    if !late.isEmpty { try settling.settle(hosts: [], vms: late) { self.contents.folds.keep($0, $1, last: $2) } }
    try settling.settle(hosts: hosts, vms: vms.subtracting(late)) { self.contents.folds.keep($0, $1, last: $2) }
    if !touched.hosts.isEmpty { contents.troubledHosts = nil }
  }

  /// Called once the commit has succeeded.
  func remember() { if !needsRebuilding, !mustForget { memory.keep(contents, at: head) } }
}

extension Record {
  /// A record as it is appended: what histories of VMs are folded from, and no more.
  init(_ event: Event, seq: Int64, source: String, objects: EventObjects) {
    self.init(seq: seq, at: event.occurredAt, type: event.type, foreignType: event.foreignType, source: source)
    foreignKey = event.foreignKey
    func identity(_ entry: ObjectDictionary.Entry?) -> ObjectID? { entry.map { ObjectID(rawValue: $0.identity) } }
    (cluster, host) = (identity(objects.cluster), identity(objects.host))
    (vm, datastore) = (identity(objects.vm), identity(objects.datastore))
    (otherHost, otherDatastore) = (identity(objects.otherHost), identity(objects.otherDatastore))
    if let detail = event.detail { facts = Facts(detail) }
    if event.vm?.name.isEmpty == false { nameID = objects.vm?.id }
  }
}
