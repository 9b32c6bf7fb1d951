package import Inventory
internal import SQLite

/// Where VMs were, at one moment.
extension LedgerReader {
  /// Every VM that the evidence knows at a moment, by cluster and name.
  /// - Parameters:
  ///   - host: only VMs on it; nil for all.
  ///   - cluster: only VMs in it; nil for all.
  package func forEachPlacement(
    at moment: Instant, on host: ObjectID? = nil, in cluster: ObjectID? = nil, _ body: (Placement) throws -> Void
  ) throws {
    var finder = PlacementFinder(at: moment)
    try forEachPlacement(at: moment, on: host, in: cluster, &finder, body)
  }

  func forEachPlacement(
    at moment: Instant, on host: ObjectID? = nil, in cluster: ObjectID? = nil, _ finder: inout PlacementFinder,
    _ body: (Placement) throws -> Void
  ) throws {
    var placements: [Placement] = []
    for vm in try candidates(at: moment, on: host, in: cluster) {
      guard let placement = try finder.placement(of: vm, self), host == nil || placement.host?.id == host,
        cluster == nil || placement.cluster?.id == cluster
      else { continue }
      placements.append(placement)
    }
    placements.sort {
      ($0.cluster?.name ?? "~", $0.vm.name, $0.vm.id) < ($1.cluster?.name ?? "~", $1.vm.name, $1.vm.id)
    }
    for placement in placements { try body(placement) }
  }

  private func candidates(at moment: Instant, on host: ObjectID?, in cluster: ObjectID?) throws -> [ObjectSummary] {
    let near = try PlacementCandidates(self, at: moment)
    let vms: Set<ObjectID>
    if let host {
      vms = try near.vms(on: host)
    } else if let cluster {
      vms = try near.vms(in: cluster)
    } else {
      return try summaries(of: .vm, at: moment)
    }
    return try vms.sorted().map { try summary(of: $0, at: moment) }
  }

  /// A VM at a moment; nil where it was not there: not yet, or no more; or before the evidence of its source begins.
  package func placement(of vm: ObjectID, at moment: Instant) throws -> Placement? {
    var finder = PlacementFinder(at: moment)
    return try finder.placement(of: summary(of: vm, at: moment), self)
  }

  /// The host of a VM at a moment, and when its unbroken stay there began (`distantPast` where nobody saw it begin).
  package func stay(of vm: ObjectID, at moment: Instant) throws -> (host: ObjectID, since: Instant)? {
    var stay: (host: ObjectID, since: Instant)?
    try connection.withStatement(
      "SELECT from_at, to_at, host FROM residency WHERE vm = $1 AND from_at <= $2 ORDER BY from_at DESC"
    ) { statement in
      try statement.bind(1, vm.rawValue)
      try statement.bind(2, moment.microseconds)
      while try statement.step() {
        guard let host = statement.optionalInt(2).map(ObjectID.init) else { break }
        if let known = stay {
          guard known.host == host, known.since.microseconds == statement.int(1) else { break }
        } else if statement.int(1) <= moment.microseconds {
          break
        }
        stay = (host, Instant(microseconds: statement.int(0)))
      }
    }
    return stay
  }
}
