package import Inventory

/// What is different in a cluster from an earlier inventory of it.
package struct CapacityChange: Sendable, Equatable {
  /// A VM whose size is another.
  package struct Resize: Sendable, Equatable {
    package var vm: String
    package var vcpus: (before: Int, after: Int)
    package var memoryMiB: (before: Int64, after: Int64)

    package static func == (left: Resize, right: Resize) -> Bool {
      left.vm == right.vm && left.vcpus == right.vcpus && left.memoryMiB == right.memoryMiB
    }
  }

  package var since: Instant
  package var hostsAdded: [String]
  package var hostsRemoved: [String]
  package var vmsAdded: [String]
  package var vmsRemoved: [String]
  package var resized: [Resize]
  /// Of VMs that run.
  package var grantedMiBBefore: Int64
  package var grantedMiBAfter: Int64

  package init(of cluster: String, from before: ClusterSnapshot, at since: Instant, to after: ClusterSnapshot) {
    self.since = since
    let (old, new) = (Self.members(of: cluster, in: before), Self.members(of: cluster, in: after))
    hostsAdded = new.hosts.filter { !old.hosts.contains($0) }
    hostsRemoved = old.hosts.filter { !new.hosts.contains($0) }
    let known = Dictionary(old.vms.map { ($0.name, $0) }) { first, _ in first }
    let names = Set(new.vms.map(\.name))
    vmsAdded = new.vms.map(\.name).filter { known[$0] == nil }
    vmsRemoved = old.vms.map(\.name).filter { !names.contains($0) }
    resized = new.vms.compactMap { vm in
      guard let other = known[vm.name], (other.vcpus, other.memoryMiB) != (vm.vcpus, vm.memoryMiB) else { return nil }
      return Resize(vm: vm.name, vcpus: (other.vcpus, vm.vcpus), memoryMiB: (other.memoryMiB, vm.memoryMiB))
    }
    grantedMiBBefore = old.vms.filter { $0.power == .on }.reduce(0) { $0 + $1.memoryMiB }
    grantedMiBAfter = new.vms.filter { $0.power == .on }.reduce(0) { $0 + $1.memoryMiB }
  }

  package var isNothing: Bool {
    hostsAdded.isEmpty && hostsRemoved.isEmpty && vmsAdded.isEmpty && vmsRemoved.isEmpty && resized.isEmpty
      && grantedMiBBefore == grantedMiBAfter
  }

  private static func members(of cluster: String, in snapshot: ClusterSnapshot) -> (hosts: [String], vms: [VirtualMachine]) {
    let homes = Dictionary(snapshot.hosts.map { ($0.name, $0.cluster) }) { first, _ in first }
    let vms = snapshot.vms.filter { !$0.isTemplate && (homes[$0.host] ?? $0.cluster) == cluster }
    return (snapshot.hosts.filter { $0.cluster == cluster }.map(\.name), vms)
  }
}
