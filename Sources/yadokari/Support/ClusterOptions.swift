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
      let snapshot = try reader.snapshot(of: name, at: moment)
      if let gap = ClusterCapacity.Gap(outside: snapshot, of: name) { outside.append(gap) }
      found += snapshot.clusters.map { Found(source: name, name: $0.name, snapshot: snapshot) }
    }
    let named = cluster.map { name in found.filter { $0.name == name } } ?? found
    if !named.isEmpty || cluster == nil { return (try changed(named), cluster == nil ? outside : []) }
    let names = found.map(\.name)
    throw YadokariError(
      .notFound,
      "there is no cluster \(cluster ?? "") at \(moment)"
        + (names.isEmpty ? "" : "; there are \(names.joined(separator: ", "))"))
  }

  /// Hosts and VMs that are named must be of one source.
  private func changed(_ found: [Found]) throws -> [Found] {
    let whatIf = change.whatIf
    guard !whatIf.isNothing else { return found }
    guard Set(found.map(\.source)).count < 2 else {
      throw ValidationError("there are several sources; name one with --source")
    }
    guard let snapshot = try found.first.map({ try whatIf.applied(to: $0.snapshot) }) else { return found }
    return found.map { Found(source: $0.source, name: $0.name, snapshot: snapshot) }
  }
}
