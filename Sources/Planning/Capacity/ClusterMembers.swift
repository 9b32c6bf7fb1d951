package import Inventory

/// The hosts and VMs of a cluster, as far as capacity is counted on them.
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

  package init(of cluster: String, in snapshot: ClusterSnapshot) {
    let clusters = Dictionary(snapshot.hosts.map { ($0.name, $0.cluster) }) { first, _ in first }
    hosts = snapshot.hosts.filter { $0.cluster == cluster }
    vms = snapshot.vms.filter { (clusters[$0.host] ?? $0.cluster) == cluster }
    live = hosts.filter(\.isLive)
    lost = vms.filter { clusters[$0.host] == nil && !$0.isTemplate }
    let names = Set(live.map(\.name))
    running = vms.filter {
      $0.power == .on && !$0.isTemplate && (names.contains($0.host) || clusters[$0.host] == nil)
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
    guard !blank.isEmpty else { return nil }
    return ClusterCapacity.Gap(
      code: "host-size-unknown",
      text: "how large these hosts are is not known: \(blank.joined(separator: ", ")); what fits, which failures are "
        + "survived and which hosts could go is not known")
  }
}
