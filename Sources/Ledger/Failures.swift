package import History
package import Inventory
internal import SQLite

/// What incidents are made from.
extension LedgerReader {
  /// Every outage of every host that began up to a moment, as the records up to then tell it, oldest first.
  package func outages(until moment: Instant) throws -> [Outage] {
    try OutageReader(connection.alias()).outages(until: moment)
  }

  /// The outages in which records up to a moment show that VMs stopped, by their hosts.
  package func stopsInOutages(until moment: Instant) throws -> [ObjectID: Set<Instant>] {
    var stops: [ObjectID: Set<Instant>] = [:]
    try connection.forEach(
      """
      SELECT s.host, s.failed_at FROM stop_in_outage AS s JOIN event AS e ON e.seq = s.seq WHERE e.occurred_at <= $1
      """, moment.microseconds
    ) { row in
      stops[ObjectID(rawValue: row.int(0)), default: []].insert(Instant(microseconds: row.int(1)))
    }
    return stops
  }

  /// What HA did between two moments, both included, in order.
  package func failoverRecords(from: Instant, to: Instant) throws -> [Record] {
    try records.failoverRecords(from: from, to: to).sorted()
  }

  /// When HA last reported the end of a failover before a moment, for each cluster.
  package func lastFailoverEnds(before moment: Instant) throws -> [ObjectID: Instant] {
    let ends = try connection.all(
      """
      SELECT coalesce(m.cluster, c.identity), max(e.occurred_at) FROM event AS e JOIN object AS c ON c.id = e.cluster
      LEFT JOIN meaning AS m ON m.seq = e.seq WHERE e.type <= 15 AND e.type = 2 AND e.occurred_at < $1
        AND NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq)
      GROUP BY 1
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
      SELECT m.member FROM membership AS m JOIN subject AS o ON o.id = m.member
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
