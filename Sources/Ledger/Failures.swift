package import History
package import Inventory
internal import SQLite

/// What incidents are made from.
extension LedgerReader {
  /// The hosts that were ever in trouble.
  package func troubledHosts() throws -> [ObjectID] {
    // From one to the next: reading every outage would take longer the more there are.
    try connection.all(
      """
      WITH RECURSIVE troubled (host) AS (
        SELECT min(host) FROM outage
        UNION ALL SELECT (SELECT min(o.host) FROM outage AS o WHERE o.host > t.host) FROM troubled AS t
        WHERE t.host IS NOT NULL
      ) SELECT host FROM troubled WHERE host IS NOT NULL
      """
    ) { ObjectID(rawValue: $0.int(0)) }
  }

  /// The outages of some hosts that began in a stretch of time, both ends included, as the records up to a moment tell them,
  /// oldest first.
  package func outages(
    ofHosts hosts: some Sequence<ObjectID>, from: Instant = .distantPast, through: Instant = .distantFuture,
    until moment: Instant
  ) throws -> [Outage] {
    let reader = OutageReader(connection.alias())
    return try hosts.flatMap { host in
      try reader.outages(ofHost: host.rawValue, from: from, through: through, until: moment)
    }.sorted { ($0.failedAt, $0.id) < ($1.failedAt, $1.id) }
  }

  /// Of each of some hosts the last outage that began before a moment, and each earlier one that may have lasted until then,
  /// as the records up to a later moment tell them.
  package func lastOutages(
    ofHosts hosts: some Sequence<ObjectID>, before begin: Instant, until moment: Instant
  ) throws -> [Outage] {
    let reader = OutageReader(connection.alias())
    return try hosts.flatMap { try reader.lastOutages(ofHost: $0.rawValue, before: begin, until: moment) }
  }

  /// The host that an event is about, and when; nil where it names none, or there is no such event.
  package func hostRecord(_ seq: Int64) throws -> (host: ObjectID, at: Instant)? {
    try connection.first(
      """
      SELECT coalesce(m.host, s.identity), e.occurred_at FROM event AS e JOIN object AS s ON s.id = e.host
      LEFT JOIN meaning AS m ON m.seq = e.seq WHERE e.seq = $1
      """, seq
    ) { (ObjectID(rawValue: $0.int(0)), Instant(microseconds: $0.int(1))) }
  }

  /// Whether a record shows a VM being started, or arriving alive, after one moment and before another.
  package func hasStarted(_ vm: ObjectID, after: Instant, before: Instant) throws -> Bool {
    try connection.first(
      """
      SELECT 1 FROM object AS s CROSS JOIN event AS e ON e.vm = s.id LEFT JOIN meaning AS m ON m.seq = e.seq
      WHERE s.identity = $1 AND e.vm IS NOT NULL AND m.vm IS NULL AND e.occurred_at > $2 AND e.occurred_at < $3
        AND e.type IN (SELECT t.id FROM term AS t
          WHERE t.text IN ('vm.powered_on', 'vm.resumed', 'ha.vm_restarted', 'migration.completed'))
        AND NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq)
      LIMIT 1
      """, vm.rawValue, after.microseconds, before.microseconds, row: { _ in true }) ?? false
  }

  /// The outages of a host that began in a stretch of time in which records up to a moment show that VMs stopped, by when
  /// they began.
  package func stopsInOutages(of host: ObjectID, from: Instant, until moment: Instant) throws -> Set<Instant> {
    let stops = try connection.all(
      """
      SELECT s.failed_at FROM stop_in_outage AS s JOIN event AS e ON e.seq = s.seq
      WHERE s.host = $1 AND s.failed_at >= $2 AND e.occurred_at <= $3
      """, host.rawValue, from.microseconds, moment.microseconds
    ) { Instant(microseconds: $0.int(0)) }
    return Set(stops)
  }

  /// What HA did between two moments, both included, in order.
  package func failoverRecords(from: Instant, to: Instant) throws -> [Record] {
    try records.failoverRecords(from: from, to: to).sorted()
  }

  /// When HA last reported the end of a failover between two moments, the later one not included, for each cluster.
  package func lastFailoverEnds(from begin: Instant, before moment: Instant) throws -> [ObjectID: Instant] {
    let ends = try connection.all(
      """
      SELECT coalesce(m.cluster, c.identity), max(e.occurred_at) FROM event AS e JOIN object AS c ON c.id = e.cluster
      LEFT JOIN meaning AS m ON m.seq = e.seq WHERE e.type <= 15 AND e.type = 2 AND e.occurred_at >= $1
        AND e.occurred_at < $2
        AND NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq)
      GROUP BY 1
      """, begin.microseconds, moment.microseconds
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
