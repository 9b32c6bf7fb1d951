internal import History
internal import Inventory
internal import SQLite

/// Keeps the outages of hosts, and what they mean for the power of VMs, true to the events.
///
/// Three things depend on each other: the outages of a host on its records and on what was started there; the power of its
/// VMs on the outages; and whether an outage stopped VMs on what was recorded of any of them afterwards. So VMs are folded
/// until nothing changes any more: mostly once, twice where the records of one VM tell something of the others.
struct OutageSettling: ~Copyable {
  private let connection: Connection
  private let projector: Projector
  /// The troubles of hosts, each read once as long as it does not change.
  private var known: [Int64: [HostTrouble]] = [:]

  /// What a VM's fold turns into, to be kept for its next records.
  typealias Keep = (_ vm: Int64, _ history: consuming VMHistory, _ last: Record.Order) -> Void

  /// An outage, by what tells it from others.
  struct Key: Hashable {
    let host: Int64
    let failedAt: Int64
  }

  /// Rounds that may be needed: each makes at least one outage a stop of VMs, or makes one none.
  private static let roundLimit = 100

  init(_ connection: consuming Connection) {
    projector = Projector(connection.alias())
    self.connection = connection
  }

  /// Works out the outages of hosts again, and folds the VMs for which they make a difference.
  /// - Parameters:
  ///   - hosts: those whose records changed, or those of VMs on them.
  ///   - vms: further VMs to fold again.
  mutating func settle(hosts: Set<Int64>, vms: Set<Int64>, keep: Keep) throws {
    var open = vms
    for host in hosts.sorted() { open.formUnion(try renew(host)) }
    var rounds = 0
    while !open.isEmpty, rounds < Self.roundLimit {
      rounds += 1
      var flipped: Set<Key> = []
      for vm in open.sorted() { flipped.formUnion(try fold(vm, keep)) }
      open = []
      for key in flipped {
        known[key.host] = nil
        open.formUnion(try vmsOn(key))
      }
    }
  }

  /// Replaces the outages of a host.
  /// - Returns: the VMs that were on it in outages that are other than they were.
  private mutating func renew(_ host: Int64) throws -> Set<Int64> {
    let stored = try rows(of: host)
    let outages = try OutageReader(connection.alias()).outages(ofHost: host)
    let found = outages.map { ProjectionRows.row($0, of: host) }
    guard stored != found else { return [] }
    known[host] = nil
    try connection.run(ProjectionTable.outage.deletion, host)
    for row in found { try projector.insert(row, into: .outage) }
    var vms: Set<Int64> = []
    for row in Set(stored).symmetricDifference(found) {
      guard case .integer(let failedAt) = row[1], case .integer(let backAt) = row[2] else { continue }
      vms.formUnion(try vmsOn(host, from: failedAt, to: backAt))
    }
    return vms
  }

  private func rows(of host: Int64) throws -> [ProjectionTable.Row] {
    try connection.all(
      """
      SELECT host, failed_at, back_at, trigger, declared_at, began, ended FROM outage WHERE host = $1 ORDER BY failed_at
      """, host
    ) { row in (0..<7).map { row.value($0) } }
  }

  /// Folds a VM again from its first record.
  /// - Returns: the outages that from now on count as stops of VMs, or no longer do.
  private mutating func fold(_ vm: Int64, _ keep: Keep) throws -> Set<Key> {
    let records = try projector.records.records(ofVM: vm).sorted()
    let before = try stops(of: vm)
    let troubles = try troubles(of: records)
    let tellsPower = try records.first.map { try connection.tellsPower($0.source) } ?? true
    var history = try projector.replace(
      vm, by: VMHistory(records, troubles: troubles, sourceTellsPower: tellsPower))
    var after: Set<Key> = []
    try connection.run(ProjectionTable.stopInOutage.deletion, vm)
    for stop in history.takeStops() {
      let key = Key(host: stop.host.rawValue, failedAt: stop.failedAt.microseconds)
      guard after.insert(key).inserted else { continue }
      try projector.insert(
        [.integer(vm), .integer(key.host), .integer(key.failedAt), .integer(stop.seq)], into: .stopInOutage)
    }
    if let last = records.last { keep(vm, history, last.order) }
    return try Set(before.symmetricDifference(after).filter { try !hasOtherStops($0, than: vm) })
  }

  /// Notes stops that were found as a VM's history went on.
  /// - Returns: the outages that count as stops of VMs from now on.
  func note(_ stops: [StopInOutage], of vm: Int64) throws -> Set<Key> {
    var flipped: Set<Key> = []
    for stop in stops {
      let key = Key(host: stop.host.rawValue, failedAt: stop.failedAt.microseconds)
      guard try !self.stops(of: vm).contains(key) else { continue }
      if try !hasOtherStops(key, than: vm) { flipped.insert(key) }
      try projector.insert(
        [.integer(vm), .integer(key.host), .integer(key.failedAt), .integer(stop.seq)], into: .stopInOutage)
    }
    return flipped
  }

  private func stops(of vm: Int64) throws -> Set<Key> {
    Set(
      try connection.all("SELECT host, failed_at FROM stop_in_outage WHERE vm = $1", vm) {
        Key(host: $0.int(0), failedAt: $0.int(1))
      })
  }

  private func hasOtherStops(_ key: Key, than vm: Int64) throws -> Bool {
    try connection.first(
      "SELECT 1 FROM stop_in_outage WHERE host = $1 AND failed_at = $2 AND vm <> $3 LIMIT 1", key.host, key.failedAt, vm,
      row: { _ in true }) ?? false
  }

  /// The troubles of the hosts that some records name.
  mutating func troubles(of records: [Record]) throws -> [ObjectID: [HostTrouble]] {
    var troubles: [ObjectID: [HostTrouble]] = [:]
    for host in Set(records.flatMap { [$0.host, $0.otherHost].compactMap(\.self) }) {
      let found = try self.troubles(of: host.rawValue)
      if !found.isEmpty { troubles[host] = found }
    }
    return troubles
  }

  private mutating func troubles(of host: Int64) throws -> [HostTrouble] {
    if let known = known[host] { return known }
    let found = try connection.troubles(ofHost: host)
    known[host] = found
    return found
  }

  /// The VMs that were on the host of an outage.
  func vmsOn(_ key: Key) throws -> Set<Int64> {
    let backAt = try connection.first(
      "SELECT back_at FROM outage WHERE host = $1 AND failed_at = $2", key.host, key.failedAt, row: { $0.int(0) })
    return try vmsOn(key.host, from: key.failedAt, to: backAt ?? key.failedAt + 1)
  }

  /// The VMs that were on a host just before a moment, or between it and another.
  private func vmsOn(_ host: Int64, from: Int64, to: Int64) throws -> Set<Int64> {
    Set(
      try connection.all(
        """
        SELECT vm FROM residency WHERE host = $1 AND from_at > $2 AND from_at < $3 AND to_at >= $4
        UNION SELECT vm FROM residency
        WHERE host = $1 AND to_at >= $4 AND from_at < $3 AND to_at - from_at > 604800000000
        """, host, Instant(microseconds: from).weekBefore.microseconds, to, from
      ) { $0.int(0) })
  }
}

extension Connection {
  /// The troubles of a host as they are kept, in the order of time.
  func troubles(ofHost host: Int64) throws -> [HostTrouble] {
    try all(
      """
      SELECT o.failed_at, o.back_at, o.trigger, o.declared_at, o.began, o.ended, o.trigger = 'host_failed'
        OR EXISTS (SELECT 1 FROM stop_in_outage AS s WHERE s.host = o.host AND s.failed_at = o.failed_at)
      FROM outage AS o WHERE o.host = $1 ORDER BY o.failed_at
      """, host
    ) { row in
      let isDead = row.text(2) == Outage.Trigger.hostFailed.rawValue
      return HostTrouble(
        host: ObjectID(rawValue: host), failedAt: Instant(microseconds: row.int(0)),
        declaredDeadAt: isDead ? row.optionalInt(3).map { Instant(microseconds: $0) } : nil,
        backAt: Instant(microseconds: row.int(1)), began: row.int(4), ended: row.optionalInt(5),
        stoppedVMs: row.int(6) != 0)
    }
  }

  /// The hosts that were ever in trouble.
  func troubledHosts() throws -> Set<Int64> { Set(try all("SELECT DISTINCT host FROM outage") { $0.int(0) }) }

  /// Whether a host was in trouble at a moment or later.
  func isTroubled(_ host: Int64, since moment: Int64) throws -> Bool {
    try first("SELECT 1 FROM outage WHERE host = $1 AND back_at > $2 LIMIT 1", host, moment, row: { _ in true }) ?? false
  }

  /// Whether a host was in trouble at a moment.
  func wasTroubled(_ host: Int64, at moment: Int64) throws -> Bool {
    try first(
      "SELECT 1 FROM outage WHERE host = $1 AND failed_at <= $2 AND back_at > $2 LIMIT 1", host, moment, row: { _ in true }
    ) ?? false
  }
}
