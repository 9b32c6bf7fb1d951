/// Everything that one or several clusters consist of, at one moment: what planners decide on and the simulator begins with.
///
/// Objects refer to each other by name, which is unique among those of a kind.
package struct ClusterSnapshot: Sendable, Equatable {
  package var clusters: [Cluster] = []
  package var hosts: [Host] = []
  package var datastores: [Datastore] = []
  package var luns: [LUN] = []
  package var vms: [VirtualMachine] = []
  package var rules: [PlacementRule] = []
  /// Whether its source says everything, as cluster files do. Of other inventories much is at its default that nobody knows:
  /// networks, CPU features, devices, mapped LUNs, snapshots, reservations, load, rules, and who sees which datastore.
  package var isComplete = true

  package init() {}
}
