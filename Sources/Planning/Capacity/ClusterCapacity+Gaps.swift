internal import Inventory

/// What an inventory does not say about the capacity of a cluster.
extension ClusterCapacity {
  static func gaps(
    _ hosts: [Host], _ vms: [VirtualMachine], _ byName: [String: Host], _ snapshot: ClusterSnapshot, _ demand: CPUDemand
  ) -> [Gap] {
    var gaps: [Gap] = []
    func note(_ code: String, _ text: String, _ vms: [VirtualMachine] = []) {
      gaps.append(Gap(code: code, text: text, vms: vms.map(\.name)))
    }
    let lost = vms.filter { byName[$0.host] == nil }
    if !lost.isEmpty {
      let named = Set(lost.map(\.host)).subtracting([""]).sorted()
      let names = named.isEmpty ? "not named" : named.prefix(5).joined(separator: ", ") + (named.count > 5 ? " …" : "")
      note(
        "hosts-missing",
        "\(lost.count) VMs are on hosts that the source does not list (\(names)): what fits, which failures are survived "
          + "and which hosts could go is not known", lost)
    }
    let blank = hosts.filter { $0.cores == 0 || $0.memoryMiB == 0 }.map(\.name)
    if !blank.isEmpty {
      note("host-size-unknown", "cores or memory of \(blank.joined(separator: ", ")) are not known and count as 0")
    }
    let away = hosts.filter { !$0.isLive }.map(\.name)
    if !away.isEmpty {
      note(
        "hosts-away",
        "\(away.joined(separator: ", ")) cannot run VMs now (not connected, in maintenance or standby): their sizes stand "
          + "in the sums, but not in what fits, what is survived and what is free in the pool")
    }
    let unsized = vms.filter { !$0.isTemplate && ($0.memoryMiB == 0 || $0.vcpus == 0) }
    if !unsized.isEmpty { note("vm-size-unknown", "the size of \(unsized.count) VMs is not known and counts as 0", unsized) }
    if demand.cores == nil, vms.contains(where: { $0.power == .on }) {
      note("cpu-demand-unknown", "the source does not say how much CPU is used: no host is said to be able to go")
    } else if demand.byVM == nil, demand.cores != nil {
      note(
        "cpu-demand-by-host",
        "CPU use is known of hosts, not of VMs: where it would go with them is not known, and no host is said to be able "
          + "to go")
    }
    if !snapshot.isComplete {
      note(
        "rules-unknown",
        "the source does not say everything (what hypervisors keep for themselves, overhead, reservations, rules, "
          + "networks, who sees which datastore): what fits is counted without it")
    }
    return gaps
  }
}
