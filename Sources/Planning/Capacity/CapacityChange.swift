package import Inventory

/// What is different in a pool from an earlier inventory of it.
package struct CapacityChange: Sendable, Equatable {
  /// A VM or host whose size is another.
  package struct Resize: Sendable, Equatable {
    package var name: String
    /// vCPUs of a VM, cores of a host.
    package var cpus: (before: Int, after: Int)
    package var memoryMiB: (before: Int64, after: Int64)

    package static func == (left: Resize, right: Resize) -> Bool {
      left.name == right.name && left.cpus == right.cpus && left.memoryMiB == right.memoryMiB
    }
  }

  package var since: Instant
  package var hostsAdded: [String]
  package var hostsRemoved: [String]
  /// Hosts with other cores or memory.
  package var hostsResized: [Resize]
  /// Hosts that can run VMs no more, and that can again.
  package var hostsGoneAway: [String]
  package var hostsBack: [String]
  package var vmsAdded: [String]
  package var vmsRemoved: [String]
  package var resized: [Resize]
  /// Of VMs that run.
  package var grantedMiBBefore: Int64
  package var grantedMiBAfter: Int64

  /// Compares a pool in two snapshots; `since` is the moment of the earlier one.
  package init(of scope: PoolScope, from before: ClusterSnapshot, at since: Instant, to after: ClusterSnapshot) {
    self.since = since
    let (old, new) = (Self.members(of: scope, in: before), Self.members(of: scope, in: after))
    let hosts = Dictionary(old.hosts.map { ($0.name, $0) }) { first, _ in first }
    let hostNames = Set(new.hosts.map(\.name))
    hostsAdded = new.hosts.map(\.name).filter { hosts[$0] == nil }
    hostsRemoved = old.hosts.map(\.name).filter { !hostNames.contains($0) }
    hostsResized = new.hosts.compactMap { host in
      guard let other = hosts[host.name], (other.cores, other.memoryMiB) != (host.cores, host.memoryMiB) else { return nil }
      return Resize(
        name: host.name, cpus: (other.cores, host.cores), memoryMiB: (other.memoryMiB, host.memoryMiB))
    }
    hostsGoneAway = new.hosts.filter { !$0.isLive && hosts[$0.name]?.isLive == true }.map(\.name)
    hostsBack = new.hosts.filter { $0.isLive && hosts[$0.name]?.isLive == false }.map(\.name)
    let known = Dictionary(old.vms.map { ($0.name, $0) }) { first, _ in first }
    let names = Set(new.vms.map(\.name))
    vmsAdded = new.vms.map(\.name).filter { known[$0] == nil }
    vmsRemoved = old.vms.map(\.name).filter { !names.contains($0) }
    resized = new.vms.compactMap { vm in
      guard let other = known[vm.name], (other.vcpus, other.memoryMiB) != (vm.vcpus, vm.memoryMiB) else { return nil }
      return Resize(name: vm.name, cpus: (other.vcpus, vm.vcpus), memoryMiB: (other.memoryMiB, vm.memoryMiB))
    }
    grantedMiBBefore = old.vms.filter { $0.power == .on }.reduce(0) { $0 + $1.memoryMiB }
    grantedMiBAfter = new.vms.filter { $0.power == .on }.reduce(0) { $0 + $1.memoryMiB }
  }

  package var isNothing: Bool {
    hostsAdded.isEmpty && hostsRemoved.isEmpty && hostsResized.isEmpty && hostsGoneAway.isEmpty && hostsBack.isEmpty
      && vmsAdded.isEmpty && vmsRemoved.isEmpty && resized.isEmpty
      && grantedMiBBefore == grantedMiBAfter
  }

  private static func members(of scope: PoolScope, in snapshot: ClusterSnapshot) -> (hosts: [Host], vms: [VirtualMachine]) {
    (snapshot.hosts.filter(scope.contains), scope.vms(of: snapshot).filter { !$0.isTemplate })
  }
}
