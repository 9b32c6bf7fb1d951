internal import ArgumentParser
internal import Inventory
internal import Ledger
internal import Planning
internal import Reports

/// Which clusters, and which hosts in none: on the commands about capacity.
struct ClusterOptions: ParsableArguments {
  /// A cluster, or a host in none, in the inventory of its source at one moment.
  struct Found: Sendable {
    let pool: PoolIdentity
    /// Nil for a host that is only thought of.
    let object: ObjectID?
    let snapshot: ClusterSnapshot
  }

  /// What is said of no pool, and by which source.
  typealias Outside = (source: String, gap: ClusterCapacity.Gap)

  /// The inventory of a source.
  private struct Stock {
    let source: String
    var snapshot: ClusterSnapshot
  }

  @Option(help: ArgumentHelp("Only this cluster, by name or id.", valueName: "name"))
  var cluster: String?

  @Option(help: ArgumentHelp("Only this host, which is in no cluster, by name or id.", valueName: "name"))
  var host: String?

  @Option(help: ArgumentHelp("Only clusters and hosts of this source.", valueName: "name"))
  var source: String?

  @OptionGroup var change: WhatIfOptions

  func validate() throws {
    try refuseBlank(("--cluster", cluster), ("--host", host), ("--source", source))
    if cluster != nil, host != nil {
      throw ValidationError("--cluster and --host exclude each other: a host in a cluster is no pool of its own")
    }
  }

  /// - Throws: `notFound` for a cluster, host or source that is not there, `conflict` for a name that fits several, and what
  ///   `WhatIf` throws.
  /// - Returns: the pools, and what belongs to none where none is named.
  func find(_ reader: borrowing LedgerReader, at moment: Instant) throws -> (pools: [Found], outside: [Outside]) {
    if let source { try reader.checkSource(source) }
    let asked = try asked(reader, at: moment)
    var (stocks, outside): ([Stock], [Outside]) = ([], [])
    for name in try (asked?.source ?? source).map({ [$0] }) ?? reader.sourceNames() {
      let (snapshot, gap) = try snapshot(of: name, at: moment, reader)
      stocks.append(Stock(source: name, snapshot: snapshot))
      if let gap { outside.append((name, gap)) }
      if asked == nil, let gap = ClusterCapacity.Gap(outside: snapshot, of: name) { outside.append((name, gap)) }
    }
    try apply(to: &stocks)
    var found: [Found] = []
    for stock in stocks {
      let objects = try objects(of: stock, reader, at: moment)
      for scope in try asked.map({ [try scope(of: $0, in: stock.snapshot, at: moment)] }) ?? PoolScope.all(stock.snapshot) {
        let object = objects[scope]
        found.append(
          Found(
            pool: PoolIdentity(source: stock.source, scope: scope, id: object?.foreignID), object: object?.id,
            snapshot: stock.snapshot))
      }
    }
    return (found, outside)
  }

  /// The cluster or host that is named; nil where none is.
  private func asked(_ reader: borrowing LedgerReader, at moment: Instant) throws -> ObjectSummary? {
    if let cluster { return try reader.object(named: cluster, kind: .cluster, source: source, at: moment) }
    return try host.map { try reader.object(named: $0, kind: .host, source: source, at: moment) }
  }

  private func scope(of asked: ObjectSummary, in snapshot: ClusterSnapshot, at moment: Instant) throws -> PoolScope {
    if asked.kind == .cluster {
      guard let name = snapshot.name(ofCluster: asked) else {
        let names = snapshot.clusters.map(\.name)
        throw YadokariError(
          .notFound,
          "there is no cluster \(asked.name) at \(moment)"
            + (names.isEmpty ? "" : "; there are \(names.joined(separator: ", "))"))
      }
      return .cluster(name)
    }
    guard let name = snapshot.name(ofHost: asked), let host = snapshot.hosts.first(where: { $0.name == name }) else {
      throw YadokariError(.notFound, "host \(asked.name) was not there at \(moment); see \"yadokari host list\"")
    }
    let scope = PoolScope(of: host)
    guard scope.cluster == nil else {
      throw YadokariError(
        .notFound,
        "host \(asked.name) is no pool of its own: it is in cluster \(host.cluster); ask for --cluster \(host.cluster)")
    }
    return scope
  }

  private func objects(
    of stock: Stock, _ reader: borrowing LedgerReader, at moment: Instant
  ) throws -> [PoolScope: ObjectSummary] {
    var objects: [PoolScope: ObjectSummary] = [:]
    for cluster in try reader.clusterSummaries(at: moment) where cluster.source == stock.source {
      if let name = stock.snapshot.name(ofCluster: cluster) { objects[.cluster(name)] = cluster }
    }
    for view in try reader.hosts(at: moment) where view.host.source == stock.source && view.cluster == nil {
      if let name = stock.snapshot.name(ofHost: view.host) { objects[.host(name)] = view.host }
    }
    return objects
  }

  /// An inventory at a moment; where that lies between two that differ, the one before it, since nothing tells when what
  /// differs came to be.
  private func snapshot(
    of source: String, at moment: Instant, _ reader: borrowing LedgerReader
  ) throws -> (ClusterSnapshot, ClusterCapacity.Gap?) {
    let snapshot = try reader.snapshot(of: source, at: moment)
    func unknown(_ snapshot: ClusterSnapshot) -> Int { snapshot.vms.count { $0.host.isEmpty || $0.memoryMiB == 0 } }
    let taken = try reader.evidence(of: source).snapshots.map(\.at)
    guard let before = taken.last(where: { $0 < moment }), taken.contains(where: { $0 > moment }), unknown(snapshot) > 0
    else {
      return (snapshot, nil)
    }
    let earlier = try reader.snapshot(of: source, at: before)
    guard unknown(earlier) < unknown(snapshot) else { return (snapshot, nil) }
    return (earlier, ClusterCapacity.Gap(between: before, and: moment, of: source))
  }

  /// Hosts and VMs that are named must be of one source.
  private func apply(to stocks: inout [Stock]) throws {
    let whatIf = change.whatIf
    guard !whatIf.isNothing else { return }
    let full = stocks.filter { !PoolScope.all($0.snapshot).isEmpty }
    guard full.count < 2 else {
      throw YadokariError(
        .conflict,
        "there are several sources: \(full.map(\.source).sorted().joined(separator: ", ")); name one with --source")
    }
    for index in stocks.indices where stocks[index].source == full.first?.source {
      stocks[index].snapshot = try whatIf.applied(to: stocks[index].snapshot)
    }
  }
}
