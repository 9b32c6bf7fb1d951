internal import ArgumentParser
internal import Inventory
internal import Ledger
internal import Planning

/// Which clusters: on the commands about capacity.
struct ClusterOptions: ParsableArguments {
  /// A cluster in the inventory of its source at one moment.
  struct Found: Sendable {
    let source: String
    let name: String
    var snapshot: ClusterSnapshot
  }

  @Option(help: "Only this cluster.")
  var cluster: String?

  @Option(help: "Only clusters of this source.")
  var source: String?

  @OptionGroup var change: WhatIfOptions

  func validate() throws { try refuseBlank(("--cluster", cluster), ("--source", source)) }

  /// - Throws: `notFound` for a cluster or source that is not there, and what `WhatIf` throws.
  /// - Returns: the clusters, and what belongs to none where none is named.
  func find(
    _ reader: borrowing LedgerReader, at moment: Instant
  ) throws -> (clusters: [Found], outside: [ClusterCapacity.Gap]) {
    if let source { try reader.checkSource(source) }
    var (found, outside): ([Found], [ClusterCapacity.Gap]) = ([], [])
    for name in try source.map({ [$0] }) ?? reader.sourceNames() {
      let (snapshot, gap) = try snapshot(of: name, at: moment, reader)
      if let gap { outside.append(gap) }
      if let gap = ClusterCapacity.Gap(outside: snapshot, of: name) { outside.append(gap) }
      found += snapshot.clusters.map { Found(source: name, name: $0.name, snapshot: snapshot) }
    }
    let named = cluster.map { name in found.filter { $0.name == name } } ?? found
    if !named.isEmpty || cluster == nil {
      return (try changed(named), cluster == nil ? outside : outside.filter { $0.code != "outside-clusters" })
    }
    let names = found.map(\.name)
    throw YadokariError(
      .notFound,
      "there is no cluster \(cluster ?? "") at \(moment)"
        + (names.isEmpty ? "" : "; there are \(names.joined(separator: ", "))"))
  }

  /// An inventory at a moment; where that lies between two that differ, the one before it, since nobody knows when what
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
  private func changed(_ found: [Found]) throws -> [Found] {
    let whatIf = change.whatIf
    guard !whatIf.isNothing else { return found }
    guard Set(found.map(\.source)).count < 2 else {
      throw YadokariError(
        .conflict,
        "there are several sources: \(Set(found.map(\.source)).sorted().joined(separator: ", ")); name one with --source")
    }
    guard let snapshot = try found.first.map({ try whatIf.applied(to: $0.snapshot) }) else { return found }
    return found.map { Found(source: $0.source, name: $0.name, snapshot: snapshot) }
  }
}
