internal import Foundation
internal import History
internal import Inventory
internal import SQLite

/// The records that name VMs of shared names, in the order of happening.
struct VMMentions {
  /// Each with the row of the dictionary that it names.
  private(set) var mentions: [(mention: VMMention, row: Int64)] = []

  init(
    _ names: SharedVMNames, _ objects: NamedObjects, _ meanings: [Int64: Meaning], _ source: Source,
    _ connection: borrowing Connection
  ) throws {
    var found: [(order: Record.Order, mention: VMMention, row: Int64)] = []
    var failovers: Set<Int64> = []
    for row in names.rows.sorted() {
      try connection.forEach(
        """
        SELECT e.seq, e.occurred_at, t.text, f.text, e.foreign_key, e.datacenter, e.cluster, e.host, e.other_host,
          e.detail, e.datastore, e.other_datastore
        FROM event AS e JOIN term AS t ON t.id = e.type LEFT JOIN term AS f ON f.id = e.foreign_type
        WHERE e.vm = $1 AND e.vm IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq)
        """, row
      ) { event in
        var record = Record(event, detail: event.optionalText(9), of: source)
        let meaning = meanings[record.seq]
        record.vm = ObjectID(rawValue: objects.identity(row))
        record.cluster = objects.identity(event.optionalInt(6), meant: meaning?.cluster)
        record.host = objects.identity(event.optionalInt(7), meant: meaning?.host)
        record.otherHost = objects.identity(event.optionalInt(8), meant: meaning?.otherHost)
        record.datastore = objects.identity(event.optionalInt(10), meant: meaning?.datastore)
        record.otherDatastore = objects.identity(event.optionalInt(11), meant: meaning?.otherDatastore)
        let datacenter = objects.datacenter(
          event.optionalInt(5), cluster: event.optionalInt(6), host: event.optionalInt(7))
        let isKnown = objects.hasID(row)
        var mention = VMMention(
          seq: record.seq, vm: isKnown ? record.vm : nil, name: objects.name(row))
        mention.datacenter = datacenter.map(ObjectID.init)
        Self.place(&mention, record)
        mention.isHostKnown = (mention.hostBefore ?? mention.host).map { objects.isKnown($0.rawValue) } ?? false
        if record.type == .vmNotProtected || record.type == .vmRestartFailed { failovers.insert(record.seq) }
        found.append((record.order, mention, row))
      }
    }
    found.sort { $0.order < $1.order }
    mentions = found.map { ($0.mention, $0.row) }
    guard !failovers.isEmpty else { return }
    let failures = try HostFailures(objects, meanings, source, connection)
    for index in mentions.indices where failovers.contains(mentions[index].mention.seq) {
      mentions[index].mention.failedHosts = failures.hosts(at: found[index].order)
    }
  }

  private static func place(_ mention: inout VMMention, _ record: Record) {
    (mention.oldName, mention.newName) = (record.facts.oldName, record.facts.newName)
    mention.cluster = record.cluster
    if record.type == .vmPlaced { mention.inventoryAt = record.at }
    mention.isRemoval = record.type == .vmUnregistered
    mention.isCreation = record.type == .vmRegistered || record.meaning == .beingCreated
    mention.isSetup = record.meaning == .presence
    switch PlaceEvidence(record) {
    case .presence(let host): (mention.host, mention.hostBefore) = (host, host)
    case .arrival(let host): mention.host = host
    case .move(let from, let to): (mention.host, mention.hostBefore) = (to, from)
    case .departure(let host): mention.hostBefore = host
    case .hint(let host): (mention.hostBefore, mention.isHostDoubtful) = (host, true)
    case .registration(let host): mention.host = host
    case .unregistration(let host): mention.hostBefore = host
    case .none: break
    }
  }
}

extension Record {
  /// A record without its objects, from a row that begins with number, time, type, foreign type and foreign key.
  /// - Parameter detail: JSON as it is stored; nil for none.
  init(_ event: borrowing Statement, detail: String?, of source: Source) {
    self.init(
      seq: event.int(0), at: Instant(microseconds: event.int(1)), type: EventType(rawValue: event.text(2)),
      foreignType: event.optionalText(3), source: source.name)
    foreignKey = event.optionalText(4)
    guard let detail, let value = try? JSONValue(parsing: Data(detail.utf8)) else { return }
    facts = Facts(value)
  }
}
