package import History
package import Inventory
internal import SQLite

/// What incidents are made from.
extension LedgerReader {
  /// Every outage of every host up to a moment, oldest first.
  package func outages(until moment: Instant) throws -> [Outage] {
    let rows = try connection.all(
      """
      SELECT host, from_at, to_at FROM host_state WHERE aspect = 'availability'
        AND state IN ('connection_lost', 'storage_lost', 'isolated', 'failed') AND from_at <= $1
      ORDER BY host, from_at
      """, moment.microseconds
    ) { (host: $0.int(0), from: $0.int(1), to: $0.int(2)) }
    // Adjoining rows are one trouble that grew worse.
    var stretches: [(host: Int64, from: Int64, to: Int64)] = []
    for row in rows {
      if let last = stretches.last, last.host == row.host, last.to == row.from {
        stretches[stretches.count - 1].to = row.to
      } else {
        stretches.append(row)
      }
    }
    var outages: [Outage] = []
    for (index, stretch) in stretches.enumerated() {
      // A record of the return may follow an earlier sign of it: look a little past the end, up to the next trouble.
      let following = index + 1 < stretches.count ? stretches[index + 1] : nil
      let next = following?.host == stretch.host ? following?.from : nil
      let end = min(moment.microseconds, next.map { $0 - 1 } ?? Instant.distantFuture.microseconds)
      let records = try records.records(
        ofHost: stretch.host, from: Instant(microseconds: stretch.from), to: Instant(microseconds: end))
      let lives = try signsOfLife(ofHost: stretch.host, after: stretch.from, before: min(stretch.to, end))
      outages += Outage.outages(of: ObjectID(rawValue: stretch.host), records: records, signsOfLife: lives)
    }
    // The older form of the event names no cluster; then it is the one that the host was in.
    for index in outages.indices where outages[index].cluster == nil {
      let membership = try clusterMembership(of: outages[index].host)
      outages[index].cluster = span(at: outages[index].failedAt, in: membership)?.value
    }
    return outages.sorted { ($0.failedAt, $0.id) < ($1.failedAt, $1.id) }
  }

  /// Times at which a VM arrived on the host or was started there.
  private func signsOfLife(ofHost host: Int64, after from: Int64, before to: Int64) throws -> [Instant] {
    try connection.all(
      """
      SELECT r.from_at FROM residency AS r JOIN event AS e ON e.seq = r.began JOIN term AS t ON t.id = e.type
      JOIN object AS h ON h.id = e.host AND h.identity = r.host
      WHERE r.host = $1 AND r.from_at > $2 AND r.from_at < $3 AND r.to_at > $2
        AND t.text IN ('migration.completed', 'vm.powered_on', 'vm.resumed', 'ha.vm_restarted')
      UNION SELECT p.from_at FROM (
        SELECT vm, host, from_at, to_at FROM residency WHERE host = $1 AND from_at > $4 AND from_at < $3 AND to_at > $2
        UNION SELECT vm, host, from_at, to_at FROM residency
        WHERE host = $1 AND to_at > $2 AND from_at < $3 AND to_at - from_at > 604800000000
      ) AS stay CROSS JOIN vm_power AS p ON p.vm = stay.vm
      JOIN event AS e ON e.seq = p.began JOIN term AS t ON t.id = e.type
      JOIN object AS h ON h.id = e.host AND h.identity = stay.host
      WHERE p.power = 'on' AND t.text IN ('vm.powered_on', 'vm.resumed', 'ha.vm_restarted')
        AND p.from_at > $2 AND p.from_at < $3 AND p.from_at >= stay.from_at AND p.from_at < stay.to_at
      ORDER BY 1
      """, host, from, to, Instant(microseconds: from).weekBefore.microseconds
    ) { Instant(microseconds: $0.int(0)) }
  }

  /// What HA did between two moments, both included, in order.
  package func failoverRecords(from: Instant, to: Instant) throws -> [Record] {
    try records.failoverRecords(from: from, to: to).sorted()
  }

  /// When HA last reported the end of a failover before a moment, for each cluster.
  package func lastFailoverEnds(before moment: Instant) throws -> [ObjectID: Instant] {
    let ends = try connection.all(
      """
      SELECT c.identity, max(e.occurred_at) FROM event AS e JOIN object AS c ON c.id = e.cluster
      WHERE e.type <= 15 AND e.type = 2 AND e.occurred_at < $1
        AND NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq)
      GROUP BY c.identity
      """, moment.microseconds
    ) { (ObjectID(rawValue: $0.int(0)), Instant(microseconds: $0.int(1))) }
    return Dictionary(uniqueKeysWithValues: ends)
  }

  /// VMs placed on the host just before a moment.
  package func residents(of host: ObjectID, justBefore moment: Instant) throws -> [ObjectID] {
    try connection.all(
      """
      SELECT vm FROM residency WHERE host = $1 AND from_at >= $2 AND from_at < $3 AND to_at >= $3
      UNION SELECT vm FROM residency
      WHERE host = $1 AND to_at >= $3 AND from_at < $3 AND to_at - from_at > 604800000000
      ORDER BY vm
      """, host.rawValue, moment.weekBefore.microseconds, moment.microseconds
    ) { ObjectID(rawValue: $0.int(0)) }
  }

  /// VMs that were in the cluster just before a moment, in a place that nothing shows.
  package func unplacedVMs(in cluster: ObjectID, justBefore moment: Instant) throws -> [ObjectID] {
    try connection.all(
      """
      SELECT m.member FROM membership AS m JOIN object AS o ON o.id = m.member
      WHERE m.cluster = $1 AND o.kind = 'vm' AND m.from_at < $2 AND m.to_at >= $2
        AND (SELECT CASE WHEN r.to_at >= $2 THEN r.host END FROM residency AS r
          WHERE r.vm = m.member AND r.from_at < $2 ORDER BY r.from_at DESC LIMIT 1) IS NULL
      ORDER BY m.member
      """, cluster.rawValue, moment.microseconds
    ) { ObjectID(rawValue: $0.int(0)) }
  }

  /// What the ledger holds of a VM between two moments.
  package func file(of vm: ObjectID, from: Instant, to: Instant) throws -> VMFile {
    // The moment just before counts, too: it says where the VM was when the failure came.
    let before = from.justBefore
    return VMFile(
      id: vm, residency: try residency(of: vm, from: before, to: to), power: try power(of: vm, from: before, to: to),
      cluster: try clusterMembership(of: vm, from: before, to: to), isProtected: try setting("ha_protected", of: vm),
      restartPriority: try setting("restart_priority", of: vm),
      records: try records.records(ofVM: vm.rawValue, from: from, to: to),
      known: from...to)
  }
}
