package import Inventory

/// What an inventory does not say about the capacity of a pool.
extension ClusterCapacity {
  /// All but what `ClusterMembers.obstacleToPacking` says.
  static func gaps(_ members: ClusterMembers, isComplete: Bool, _ demand: CPUDemand) -> [Gap] {
    var gaps: [Gap] = []
    func note(_ code: String, _ text: String, _ vms: [VirtualMachine] = []) {
      gaps.append(Gap(code: code, text: text, vms: vms.map(\.name)))
    }
    let (hosts, vms) = (members.hosts, members.vms)
    let coreless = hosts.filter { $0.cores <= 0 }.map(\.name)
    if !coreless.isEmpty {
      note("host-cores-unknown", "the cores of these hosts are not known: \(coreless.joined(separator: ", "))")
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
    if !isComplete {
      let reservations = vms.contains { $0.power == .on && $0.hasUnknownReservation } ? "reservations, " : ""
      note(
        "rules-unknown",
        "the source does not say everything (what hypervisors keep for themselves, overhead, \(reservations)rules, "
          + "networks, who sees which datastore): what fits is counted without it")
    }
    return gaps
  }
}

extension ClusterCapacity.Gap {
  /// Whether it tells of hosts and VMs that are in no pool.
  package var isOutside: Bool { code == Self.outside }

  private static let outside = "outside-clusters"

  /// Hosts and VMs of a source that are in no pool, as far as is known; nil where there is none.
  package init?(outside snapshot: ClusterSnapshot, of source: String) {
    let pools = Set(PoolScope.all(snapshot))
    let hosts = snapshot.hosts.filter { !pools.contains(PoolScope(of: $0)) }
    let names = Dictionary(snapshot.hosts.map { ($0.name, PoolScope(of: $0)) }) { first, _ in first }
    let vms = snapshot.vms.filter { vm in
      (names[vm.host] ?? vm.cluster.map { .cluster($0) }).map { !pools.contains($0) } ?? true
    }
    guard !hosts.isEmpty || !vms.isEmpty else { return nil }
    self.init(
      code: Self.outside,
      text: "\(hosts.count) hosts and \(vms.count) VMs of \(source) are in no cluster that is known, and how large these "
        + "hosts are is not known: they are in no sum", vms: vms.map(\.name))
  }

  /// What is said is of the inventory before the moment.
  package init(between before: Instant, and moment: Instant, of source: String) {
    self.init(
      code: "time-between-imports",
      text:
        "\(moment) lies between two inventories of \(source) that differ: what is said is of the one before, \(before)"
    )
  }
}
