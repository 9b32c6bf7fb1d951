package import Inventory
internal import SQLite

/// The inventory at one moment.
extension LedgerReader {
  /// The objects of a kind that some record had named by a moment; none before the evidence of its source begins.
  private func identities(of kind: ObjectKind, at moment: Instant) throws -> [ObjectID] {
    try connection.all(
      """
      SELECT DISTINCT o.identity FROM object AS o
      LEFT JOIN naming AS n ON n.object = o.identity AND n.from_at <= $1
      LEFT JOIN cluster_sighting AS h ON h.host = o.identity AND h.first_at <= $1
      LEFT JOIN cluster_sighting AS c ON c.cluster = o.identity AND c.first_at <= $1
      LEFT JOIN host_state AS s ON s.host = o.identity AND s.from_at <= $1
      WHERE o.kind = $2 AND (n.object IS NOT NULL OR h.host IS NOT NULL OR c.host IS NOT NULL OR s.host IS NOT NULL
        OR EXISTS (SELECT 1 FROM disk_placement AS d WHERE d.datastore = o.identity AND d.from_at <= $1)
        OR EXISTS (SELECT 1 FROM residency AS r WHERE r.host = o.identity AND r.from_at <= $1))
        AND $1 >= coalesce((SELECT min(b.first_at) FROM import_batch AS b
          WHERE b.source = o.source AND b.retracted_by IS NULL), $1)
      ORDER BY o.identity
      """, moment.microseconds, kind.rawValue
    ) { ObjectID(rawValue: $0.int(0)) }
  }

  /// The settings of an object at a moment.
  package func settings(of object: ObjectID, at moment: Instant) throws -> [String: String] {
    Dictionary(
      uniqueKeysWithValues: try connection.all(
        "SELECT key, value FROM setting WHERE object = $1 AND from_at <= $2 AND to_at > $2 AND value IS NOT NULL",
        object.rawValue, moment.microseconds
      ) { ($0.text(0), $0.text(1)) })
  }

  package func hosts(at moment: Instant) throws -> [HostView] {
    try identities(of: .host, at: moment).map { id in
      let states = Dictionary(
        uniqueKeysWithValues: try connection.all(
          "SELECT aspect, state FROM host_state WHERE host = $1 AND from_at <= $2 AND to_at > $2", id.rawValue,
          moment.microseconds
        ) { ($0.text(0), $0.text(1)) })
      let cluster = try connection.first(
        "SELECT cluster FROM membership WHERE member = $1 AND from_at <= $2 AND to_at > $2 AND cluster IS NOT NULL",
        id.rawValue, moment.microseconds
      ) { ObjectID(rawValue: $0.int(0)) }
      return HostView(
        host: try summary(of: id, at: moment), cluster: try cluster.map { try summary(of: $0, at: moment) },
        availability: states["availability"].flatMap(HostAvailability.init),
        mode: states["mode"].flatMap(HostMode.init),
        vms: try count(
          "SELECT count(*) FROM residency WHERE host = $1 AND to_at > $2 AND from_at <= $2", id, moment),
        settings: try settings(of: id, at: moment))
    }.sorted { ($0.cluster?.name ?? "~", $0.host.name, $0.host.id) < ($1.cluster?.name ?? "~", $1.host.name, $1.host.id) }
  }

  package func clusters(at moment: Instant) throws -> [ClusterView] {
    // Where a VM is counted is where `vm list` shows it: in its host's cluster, or in the one that its records name.
    var vms: [ObjectID: Int] = [:]
    try forEachPlacement(at: moment) { placement in
      if let cluster = placement.cluster { vms[cluster.id, default: 0] += 1 }
    }
    return try identities(of: .cluster, at: moment).map { id in
      ClusterView(
        cluster: try summary(of: id, at: moment),
        hosts: try count(
          """
          SELECT count(*) FROM membership AS m JOIN object AS o ON o.id = m.member
          WHERE m.cluster = $1 AND m.to_at > $2 AND m.from_at <= $2 AND o.kind = 'host'
          """, id, moment),
        vms: vms[id] ?? 0, settings: try settings(of: id, at: moment))
    }.sorted { ($0.cluster.name, $0.cluster.id) < ($1.cluster.name, $1.cluster.id) }
  }

  package func datastores(at moment: Instant) throws -> [DatastoreView] {
    try identities(of: .datastore, at: moment).map { id in
      DatastoreView(
        datastore: try summary(of: id, at: moment),
        vms: try count(
          """
          SELECT count(*) FROM disk_placement
          WHERE disk = 'home' AND datastore = $1 AND to_at > $2 AND from_at <= $2
          """, id, moment))
    }.sorted { ($0.datastore.name, $0.datastore.id) < ($1.datastore.name, $1.datastore.id) }
  }

  private func count(_ sql: StaticString, _ id: ObjectID, _ moment: Instant) throws -> Int {
    try connection.first(sql, id.rawValue, moment.microseconds) { Int($0.int(0)) } ?? 0
  }
}
