package import Inventory

/// What is one pool of capacity: a cluster, or a host that is in none.
package enum PoolScope: Sendable, Hashable {
  /// By the name that the snapshot has for it.
  case cluster(String)
  case host(String)

  /// The pool in which a host is.
  package init(of host: Host) { self = host.cluster.isEmpty ? .host(host.name) : .cluster(host.cluster) }

  /// All of an inventory: its clusters, then the hosts in none, in its order. A host in none of which no size is known is
  /// none: perhaps only its cluster is not known.
  package static func all(_ snapshot: ClusterSnapshot) -> [PoolScope] {
    let alone = snapshot.hosts.filter { $0.cluster.isEmpty && ($0.memoryMiB > 0 || $0.cores > 0) }
    return snapshot.clusters.map { .cluster($0.name) } + alone.map { .host($0.name) }
  }

  /// Its name; nil where it is a host.
  package var cluster: String? {
    guard case .cluster(let name) = self else { return nil }
    return name
  }

  /// Its name; nil where it is a cluster.
  package var host: String? {
    guard case .host(let name) = self else { return nil }
    return name
  }

  /// What people call it: `prod`, `host esx01`.
  package var label: String {
    switch self {
    case .cluster(let name): name
    case .host(let name): "host \(name)"
    }
  }

  func contains(_ host: Host) -> Bool { self == PoolScope(of: host) }

  /// Those of its VMs, templates too: on its hosts, or of a cluster on hosts that the inventory does not list.
  func vms(of snapshot: ClusterSnapshot) -> [VirtualMachine] {
    let scopes = Dictionary(snapshot.hosts.map { ($0.name, PoolScope(of: $0)) }) { first, _ in first }
    return snapshot.vms.filter { vm in (scopes[vm.host] ?? vm.cluster.map { .cluster($0) }) == self }
  }
}
