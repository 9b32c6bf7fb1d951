internal import History
internal import Inventory
internal import SQLite

/// Works out the outages of hosts from their records, and from signs of life of the VMs on them.
struct OutageReader: ~Copyable {
  let connection: Connection
  let records: RecordReader

  init(_ connection: consuming Connection) {
    records = RecordReader(connection.alias())
    self.connection = connection
  }

  /// A time in which a host was in trouble without a break, by its spans.
  private struct Stretch {
    let host: Int64
    let from: Int64
    var to: Int64
  }

  /// Every outage of a host that began up to a moment, as the records up to then tell it, oldest first.
  func outages(ofHost host: Int64, until moment: Instant = .distantFuture) throws -> [Outage] {
    let rows = try connection.all(
      """
      SELECT host, from_at, to_at FROM host_state WHERE host = $1 AND aspect = 'availability'
        AND state IN ('connection_lost', 'storage_lost', 'isolated', 'failed') AND from_at <= $2 ORDER BY from_at
      """, host, moment.microseconds
    ) { Stretch(host: $0.int(0), from: $0.int(1), to: $0.int(2)) }
    return try outages(in: Self.joined(rows), until: moment).sorted { ($0.failedAt, $0.id) < ($1.failedAt, $1.id) }
  }

  /// Rows that adjoin are one trouble that grew worse.
  private static func joined(_ rows: [Stretch]) -> [Stretch] {
    var stretches: [Stretch] = []
    for row in rows {
      if let last = stretches.last, last.host == row.host, last.to == row.from {
        stretches[stretches.count - 1].to = row.to
      } else {
        stretches.append(row)
      }
    }
    return stretches
  }

  private func outages(in stretches: [Stretch], until moment: Instant) throws -> [Outage] {
    var outages: [Outage] = []
    for (index, stretch) in stretches.enumerated() {
      // A record of the return may follow an earlier sign of it: look a little past the end, up to the next trouble.
      let following = index + 1 < stretches.count ? stretches[index + 1] : nil
      let next = following?.host == stretch.host ? following?.from : nil
      let end = min(moment.microseconds, next.map { $0 - 1 } ?? Instant.distantFuture.microseconds)
      let own = try records.records(
        ofHost: stretch.host, from: Instant(microseconds: stretch.from), to: Instant(microseconds: end))
      let lives = try signsOfLife(
        ofHost: stretch.host, after: Instant(microseconds: stretch.from),
        before: Instant(microseconds: min(stretch.to, end)))
      outages += Outage.outages(of: ObjectID(rawValue: stretch.host), records: own, signsOfLife: lives)
    }
    // The older form of the event names no cluster; then it is the one that the host was in.
    for index in outages.indices where outages[index].cluster == nil {
      outages[index].cluster = try cluster(ofHost: outages[index].host, at: outages[index].failedAt)
    }
    return outages
  }

  func cluster(ofHost host: ObjectID, at moment: Instant) throws -> ObjectID? {
    try connection.first(
      "SELECT cluster FROM membership WHERE member = $1 AND from_at <= $2 AND to_at > $2 AND cluster IS NOT NULL",
      host.rawValue, moment.microseconds
    ) { ObjectID(rawValue: $0.int(0)) }
  }

  /// Times at which a VM arrived on the host or was started there, in order. The bounds of the power spans are those of each
  /// stay: with those of the outage alone, all spans of the VM since would be read for each stay.
  func signsOfLife(ofHost host: Int64, after from: Instant, before to: Instant) throws -> [Instant] {
    try connection.all(
      """
      SELECT r.from_at FROM residency AS r JOIN event AS e ON e.seq = r.began JOIN term AS t ON t.id = e.type
      WHERE r.host = $1 AND r.from_at > $2 AND r.from_at < $3 AND r.to_at > $2
        AND t.text IN ('migration.completed', 'vm.powered_on', 'vm.resumed', 'ha.vm_restarted')
      UNION SELECT p.from_at FROM (
        SELECT vm, host, from_at, to_at FROM residency WHERE host = $1 AND from_at > $4 AND from_at < $3 AND to_at > $2
        UNION SELECT vm, host, from_at, to_at FROM residency
        WHERE host = $1 AND to_at > $2 AND from_at < $3 AND to_at - from_at > 604800000000
      ) AS stay CROSS JOIN vm_power AS p ON p.vm = stay.vm
      JOIN event AS e ON e.seq = p.began JOIN term AS t ON t.id = e.type
      WHERE p.power = 'on' AND t.text IN ('vm.powered_on', 'vm.resumed', 'ha.vm_restarted')
        AND p.from_at >= max(stay.from_at, $2 + 1) AND p.from_at < min(stay.to_at, $3)
      ORDER BY 1
      """, host, from.microseconds, to.microseconds, from.weekBefore.microseconds
    ) { Instant(microseconds: $0.int(0)) }
  }
}
