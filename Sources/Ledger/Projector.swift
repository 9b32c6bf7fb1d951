internal import History
internal import Inventory
internal import SQLite

/// Makes projections from events: those of some objects, or all.
struct Projector: ~Copyable {
  let connection: Connection
  let records: RecordReader

  init(_ connection: consuming Connection) {
    records = RecordReader(connection.alias())
    self.connection = connection
  }

  func rows(ofVM vm: Int64, _ settling: inout OutageSettling) throws -> ProjectionRows {
    let own = try records.records(ofVM: vm)
    let tellsPower = try own.first.map { try connection.tellsPower($0.source) } ?? true
    return ProjectionRows(
      vm: vm, VMHistory(own, troubles: try settling.troubles(of: own), sourceTellsPower: tellsPower))
  }

  func rows(ofHost host: Int64) throws -> ProjectionRows {
    let sightings = try connection.all(
      """
      SELECT cluster, first_at, first_seq, last_at, last_seq FROM cluster_sighting WHERE host = $1 ORDER BY cluster
      """, host
    ) { row in
      ClusterSighting(
        cluster: ObjectID(rawValue: row.int(0)), firstAt: Instant(microseconds: row.int(1)), firstSeq: row.int(2),
        lastAt: Instant(microseconds: row.int(3)), lastSeq: row.int(4))
    }
    return ProjectionRows(
      host: host, HostHistory(try records.records(ofHost: host), sightings: sightings),
      outages: try OutageReader(connection.alias()).outages(ofHost: host))
  }

  func rows(ofCluster cluster: Int64) throws -> ProjectionRows {
    ProjectionRows(
      cluster: cluster, ClusterHistory(try records.records(ofCluster: cluster)))
  }

  /// Replaces the spans of hosts and clusters.
  func refold(_ touched: TouchedObjects) throws {
    for host in touched.hosts.sorted() {
      try replace([.hostState, .membership, .naming, .setting], of: host, by: rows(ofHost: host))
    }
    for cluster in touched.clusters.sorted() { try replace([.naming, .setting], of: cluster, by: rows(ofCluster: cluster)) }
  }

  /// Replaces the spans of a VM.
  /// - Returns: the history, ready to go on.
  func replace(_ vm: Int64, by history: consuming VMHistory) throws -> VMHistory {
    let tables: [ProjectionTable] = [.residency, .vmPower, .vmShape, .diskPlacement, .membership, .naming, .setting]
    for table in tables { try connection.run(table.deletion, vm) }
    var history = history
    try SpanWriter(connection.alias()).write(history.takeChanges(), of: vm)
    return history
  }

  private func replace(_ tables: [ProjectionTable], of subject: Int64, by rows: ProjectionRows) throws {
    for table in tables {
      try connection.run(table.deletion, subject)
      for row in rows.rows[table] ?? [] { try insert(row, into: table) }
    }
  }

  private func insert(_ rows: ProjectionRows) throws {
    // The outages of hosts are settled when all of their spans are there.
    for table in ProjectionTable.allCases where table != .outage {
      for row in rows.rows[table] ?? [] { try insert(row, into: table) }
    }
  }

  func insert(_ row: ProjectionTable.Row, into table: ProjectionTable) throws {
    try connection.withStatement(table.insertion) { statement in
      for (index, value) in row.enumerated() { try value.bind(to: statement, at: index + 1) }
      while try statement.step() {}
    }
  }

  // MARK: Everything

  func identities(ofKind kind: ObjectKind) throws -> [Int64] {
    try connection.all(
      "SELECT o.id FROM subject AS o WHERE o.kind = $1 ORDER BY o.id", kind.rawValue
    ) { $0.int(0) }
  }

  /// Calls `body` with the rows of every object there is.
  func forEachSubject(_ body: (ProjectionRows) throws -> Void) throws {
    var settling = OutageSettling(connection.alias())
    for vm in try identities(ofKind: .vm) { try body(rows(ofVM: vm, &settling)) }
    for host in try identities(ofKind: .host) { try body(rows(ofHost: host)) }
    for cluster in try identities(ofKind: .cluster) { try body(rows(ofCluster: cluster)) }
  }

  /// Throws all spans away and makes them from the events.
  func rebuild() throws {
    try connection.rebuildSightings()
    for table in ProjectionTable.allCases { try connection.run(table.emptying) }
    let writer = SpanWriter(connection.alias())
    for vm in try identities(ofKind: .vm) {
      let own = try records.records(ofVM: vm)
      let tellsPower = try own.first.map { try connection.tellsPower($0.source) } ?? true
      var history = VMHistory(own, sourceTellsPower: tellsPower)
      try writer.write(history.takeChanges(), of: vm)
    }
    let hosts = try identities(ofKind: .host)
    for host in hosts { try insert(rows(ofHost: host)) }
    for cluster in try identities(ofKind: .cluster) { try insert(rows(ofCluster: cluster)) }
    var settling = OutageSettling(connection.alias())
    try settling.settle(hosts: Set(hosts), vms: []) { _, _, _ in }
  }
}
