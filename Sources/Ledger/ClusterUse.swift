package import Inventory

/// What a cluster, or a host in none, had and used at one moment, in short: for courses over time.
package struct ClusterUse: Sendable, Equatable {
  package let at: Instant
  /// Memory of VMs that ran, without what they need besides, MiB.
  package var grantedMiB: Int64 = 0
  /// What the hypervisors left of the memory of its hosts that could run VMs, MiB.
  package var usableMiB: Int64 = 0
  /// How many cores were in use; nil where not all hosts say it.
  package var coresUsed: Double?
  package var cores = 0

  package init(at: Instant) { self.at = at }
}

extension LedgerReader {
  /// What each cluster of a source, and each host in none, had and used.
  package func clusterUse(of source: String, at moment: Instant) throws -> [ObjectID: ClusterUse] {
    var found: [ObjectID: ClusterUse] = [:]
    var unmeasured: Set<ObjectID> = []
    let inventory = try WholeInventory(self, of: source, at: moment)
    for view in try hosts(at: moment) where view.host.source == source {
      guard view.availability ?? .connected == .connected, view.mode ?? .normal == .normal,
        try inventory?.lacks(view.host, .host, self) != true
      else { continue }
      let host = Host(name: view.host.name, cluster: "", settings: view.settings)
      let cluster = view.cluster?.id ?? view.host.id
      var use = found[cluster] ?? ClusterUse(at: moment)
      use.usableMiB += max(0, host.memoryMiB - host.nodeMemoryMiB)
      use.cores += host.cores
      if let ratio = host.cpuUsedRatio, host.cores > 0 {
        use.coresUsed = (use.coresUsed ?? 0) + ratio * Double(host.cores)
      } else {
        unmeasured.insert(cluster)
      }
      found[cluster] = use
    }
    for cluster in unmeasured { found[cluster]?.coresUsed = nil }
    try forEachPlacement(at: moment) { placement in
      guard placement.vm.source == source, placement.power == .on, let cluster = placement.cluster?.id ?? placement.host?.id
      else { return }
      found[cluster, default: ClusterUse(at: moment)].grantedMiB += max(0, min(placement.memoryMiB ?? 0, 1 << 40))
    }
    return found
  }
}
