package import Inventory

/// The hosts and VMs of a pool, as far as capacity is counted on them.
package struct ClusterMembers: Sendable {
  package let hosts: [Host]
  /// All VMs, templates too.
  package let vms: [VirtualMachine]
  /// Hosts that can run VMs now.
  package let live: [Host]
  /// VMs on hosts that the inventory does not list.
  package let lost: [VirtualMachine]
  /// VMs that run: on live hosts, or lost.
  package let running: [VirtualMachine]
  /// VMs that are off or suspended.
  package let idle: [VirtualMachine]

  /// The hosts and VMs of a pool in a snapshot.
  package init(of scope: PoolScope, in snapshot: ClusterSnapshot) {
    let listed = Set(snapshot.hosts.map(\.name))
    hosts = snapshot.hosts.filter(scope.contains)
    vms = scope.vms(of: snapshot)
    live = hosts.filter(\.isLive)
    lost = vms.filter { !listed.contains($0.host) && !$0.isTemplate }
    let names = Set(live.map(\.name))
    running = vms.filter {
      $0.power == .on && !$0.isTemplate && (names.contains($0.host) || !listed.contains($0.host))
    }
    idle = vms.filter { $0.power != .on && !$0.isTemplate }
  }

  /// What is missing so that nothing can be said of what fits and what is survived; nil where nothing is.
  package func obstacleToPacking(vcpusPerCore: Double?) -> ClusterCapacity.Gap? {
    if !lost.isEmpty {
      let named = Set(lost.map(\.host)).subtracting([""]).sorted()
      let names = named.isEmpty ? "not named" : named.prefix(5).joined(separator: ", ") + (named.count > 5 ? " …" : "")
      return ClusterCapacity.Gap(
        code: "hosts-missing",
        text: "\(lost.count) of its VMs on hosts that the source does not list (\(names)): what fits, which failures are "
          + "survived and which hosts could go is not known", vms: lost.map(\.name))
    }
    guard !live.isEmpty else {
      let why = hosts.isEmpty ? "no host of it is known" : "none of its hosts can run VMs now"
      return ClusterCapacity.Gap(code: hosts.isEmpty ? "no-hosts" : "no-live-hosts", text: "\(why): what fits is not known")
    }
    let blank = live.filter { $0.memoryMiB <= 0 || (vcpusPerCore != nil && $0.cores <= 0) }.map(\.name)
    guard blank.isEmpty else { return sizeUnknown("how large these hosts are is not known", blank) }
    // A reservation holds only where it is known of what.
    guard running.contains(where: { RoomNeed(of: $0).reservedMHz > 0 }) else { return nil }
    let slow = live.filter { HostRoom(of: $0).mhz == nil }.map(\.name)
    return slow.isEmpty ? nil : sizeUnknown("VMs reserve CPU, and how much these hosts have is not known", slow)
  }

  private func sizeUnknown(_ why: String, _ names: [String]) -> ClusterCapacity.Gap {
    ClusterCapacity.Gap(
      code: "host-size-unknown",
      text: "\(why): \(names.joined(separator: ", ")); what fits, which failures are survived and which hosts could go is "
        + "not known")
  }
}
