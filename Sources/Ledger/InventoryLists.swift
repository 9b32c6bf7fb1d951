package import Inventory
internal import SQLite

/// The inventory at one moment.
extension LedgerReader {
  /// The objects of a kind that some record had named by a moment; none before the evidence of its source begins.
  func identities(of kind: ObjectKind, at moment: Instant) throws -> [ObjectID] {
    try connection.all(
      """
      SELECT o.id FROM subject AS o
      WHERE o.kind = $1 AND (EXISTS (SELECT 1 FROM naming AS n WHERE n.object = o.id AND n.from_at <= $2)
        OR EXISTS (SELECT 1 FROM cluster_sighting AS h WHERE h.host = o.id AND h.first_at <= $2)
        OR EXISTS (SELECT 1 FROM cluster_sighting AS c WHERE c.cluster = o.id AND c.first_at <= $2)
        OR EXISTS (SELECT 1 FROM host_state AS t WHERE t.host = o.id AND t.from_at <= $2)
        OR EXISTS (SELECT 1 FROM disk_placement AS d WHERE d.datastore = o.id AND d.from_at <= $2)
        OR EXISTS (SELECT 1 FROM residency AS r WHERE r.host = o.id AND r.from_at <= $2)
        OR (o.kind = 'datastore' AND EXISTS (SELECT 1 FROM setting AS g JOIN object AS c ON c.id = g.object
          JOIN object AS d ON d.id = o.name
          WHERE g.key = 'datastore:' || d.name AND g.from_at <= $2 AND c.source = o.source)))
        AND NOT EXISTS (SELECT 1 FROM host_state AS w WHERE w.host = o.id AND w.aspect = 'presence'
          AND w.state = 'removed' AND w.from_at <= $2 AND w.to_at > $2)
        AND $2 >= coalesce((SELECT min(b.first_at) FROM import_batch AS b
          WHERE b.source = o.source AND b.retracted_by IS NULL), $2)
      ORDER BY o.id
      """, kind.rawValue, moment.microseconds
    ) { ObjectID(rawValue: $0.int(0)) }
  }

  /// The settings of an object at a moment. Between inventories that differ nothing is known; at the moment of one all is
  /// that it says.
  package func settings(of object: ObjectID, at moment: Instant) throws -> [String: String] {
    let rows = try connection.all(
      "SELECT key, value FROM setting WHERE object = $1 AND from_at <= $2 AND to_at > $2", object.rawValue,
      moment.microseconds
    ) { ($0.text(0), $0.optionalText(1)) }
    var settings = Dictionary(uniqueKeysWithValues: rows.compactMap { key, value in value.map { (key, $0) } })
    guard settings.count < rows.count, let seen = try sightedSettings(of: object, at: moment) else { return settings }
    for (key, value) in rows where value == nil { settings[key] = seen[key]?.stringValue }
    return settings
  }

  /// What a record of an inventory at this very moment says of an object; nil where there is none.
  private func sightedSettings(of object: ObjectID, at moment: Instant) throws -> JSONValue? {
    let detail =
      try connection.first(
        """
        SELECT e.detail, e.seq FROM object AS o JOIN event AS e ON e.vm = o.id JOIN term AS t ON t.id = e.type
        WHERE o.identity = $1 AND e.occurred_at = $2 AND t.text = 'vm.placed'
          AND NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq)
        UNION ALL SELECT e.detail, e.seq FROM object AS o JOIN event AS e ON e.host = o.id AND e.vm IS NULL
        JOIN term AS t ON t.id = e.type WHERE o.identity = $1 AND e.occurred_at = $2 AND t.text = 'host.observed'
          AND NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq)
        UNION ALL SELECT e.detail, e.seq FROM object AS o
        JOIN event AS e ON e.cluster = o.id AND e.vm IS NULL AND e.host IS NULL JOIN term AS t ON t.id = e.type
        WHERE o.identity = $1 AND e.occurred_at = $2 AND t.text = 'cluster.observed'
          AND NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq)
        ORDER BY 2 DESC LIMIT 1
        """, object.rawValue, moment.microseconds
      ) { $0.optionalText(0) } ?? nil
    return detail.flatMap { try? JSONValue(parsing: Array($0.utf8)) }?["settings"]
  }

  /// Every host that the evidence knows at a moment, by cluster and name; what the last inventory of everything does not
  /// list, and of which nothing was heard since, is gone.
  package func hosts(at moment: Instant) throws -> [HostView] {
    var inventories = LastInventories()
    return try hosts(at: moment, &inventories)
  }

  func hosts(at moment: Instant, _ inventories: inout LastInventories) throws -> [HostView] {
    try identities(of: .host, at: moment).compactMap { id in
      let host = try summary(of: id, at: moment)
      return try inventories.lack(host, .host, at: moment, self) ? nil : try view(of: host, at: moment)
    }.sorted { ($0.cluster?.name ?? "~", $0.host.name, $0.host.id) < ($1.cluster?.name ?? "~", $1.host.name, $1.host.id) }
  }

  /// What the records say of a host at a moment.
  func view(of host: ObjectSummary, at moment: Instant) throws -> HostView {
    let states = Dictionary(
      uniqueKeysWithValues: try connection.all(
        "SELECT aspect, state FROM host_state WHERE host = $1 AND from_at <= $2 AND to_at > $2", host.id.rawValue,
        moment.microseconds
      ) { ($0.text(0), $0.text(1)) })
    let cluster = try connection.first(
      "SELECT cluster FROM membership WHERE member = $1 AND from_at <= $2 AND to_at > $2 AND cluster IS NOT NULL",
      host.id.rawValue, moment.microseconds
    ) { ObjectID(rawValue: $0.int(0)) }
    return HostView(
      host: host, cluster: try cluster.map { try summary(of: $0, at: moment) },
      availability: states["availability"].flatMap(HostAvailability.init), mode: states["mode"].flatMap(HostMode.init),
      settings: try settings(of: host.id, at: moment))
  }

  /// The hosts that records put into a cluster at a moment.
  package func hosts(in cluster: ObjectID, at moment: Instant) throws -> Set<ObjectID> {
    Set(
      try connection.all(
        """
        SELECT m.member FROM membership AS m JOIN subject AS o ON o.id = m.member
        WHERE m.cluster = $1 AND m.from_at <= $2 AND m.to_at > $2 AND o.kind = 'host'
        """, cluster.rawValue, moment.microseconds
      ) { ObjectID(rawValue: $0.int(0)) })
  }

  /// Every cluster that the evidence knows at a moment, in the order in which the ledger learned of it.
  package func clusterSummaries(at moment: Instant) throws -> [ObjectSummary] {
    try identities(of: .cluster, at: moment).map { try summary(of: $0, at: moment) }
  }

  package func clusters(at moment: Instant) throws -> [ClusterView] {
    let vms = try PlacementCounts(self, at: moment).clusters
    // A host is counted where `host list` shows it.
    let hosts = Dictionary(grouping: try hosts(at: moment).compactMap(\.cluster?.id)) { $0 }
    return try clusterSummaries(at: moment).map { cluster in
      ClusterView(
        cluster: cluster, hosts: hosts[cluster.id]?.count ?? 0, vms: vms[cluster.id] ?? 0,
        settings: try settings(of: cluster.id, at: moment))
    }.sorted { ($0.cluster.name, $0.cluster.id) < ($1.cluster.name, $1.cluster.id) }
  }

  package func datastores(at moment: Instant) throws -> [DatastoreView] {
    let vms = try PlacementCounts(self, at: moment).datastores
    return try datastoreSummaries(at: moment).map { DatastoreView(datastore: $0, vms: vms[$0.id] ?? 0) }.sorted {
      ($0.datastore.name, $0.datastore.id) < ($1.datastore.name, $1.datastore.id)
    }
  }
  /// Every datastore that the evidence knows at a moment, in the order in which the ledger learned of it.
  func datastoreSummaries(at moment: Instant) throws -> [ObjectSummary] {
    let told = try sourceNames().reduce(into: Set<ObjectID>()) { $0.formUnion(try toldDatastores(of: $1, at: moment)) }
    let ids = told.union(try identities(of: .datastore, at: moment))
    return try ids.sorted { $0.rawValue < $1.rawValue }.map { try summary(of: $0, at: moment) }
  }
}
