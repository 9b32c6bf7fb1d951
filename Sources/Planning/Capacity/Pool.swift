/// The hosts of a cluster, or one in none, that can run VMs, and the VMs that run on them: what capacity is counted on.
/// Hosts and VMs are known by their number in these lists.
package struct Pool: Sendable {
  /// A host that is there to run VMs.
  package struct Host: Sendable, Equatable {
    package var name: String
    /// What VMs may use, MiB.
    package var memory: Int
    package var cores: Int
    /// What VMs may reserve; nil where nothing limits that.
    package var mhz: Int?

    /// A host from its parts.
    package init(name: String, memory: Int, cores: Int, mhz: Int? = nil) {
      (self.name, self.memory, self.cores, self.mhz) = (name, memory, cores, mhz)
    }
  }

  /// VMs that take room, those that a rule keeps together as one.
  package struct Load: Sendable, Equatable {
    package var vms: [String]
    package var item: PackingItem
  }

  package var hosts: [Host] = []
  package var loads: [Load] = []
  /// How many vCPUs a core may carry; nil where nothing limits them.
  package var vcpusPerCore: Double?

  package init() {}

  /// Numbers of the loads of each host, largest first.
  func loadsByHost() -> [[Int]] {
    var lists = [[Int]](repeating: [], count: hosts.count)
    for (number, load) in loads.enumerated() { lists[load.item.origin].append(number) }
    return lists.map { list in
      list.sorted { (loads[$0].item.memory, $1) > (loads[$1].item.memory, $0) }
    }
  }

  /// The same pool without reservations of CPU, where they cannot decide anything: the smallest host could hold them all.
  var withoutIdleReservations: Pool {
    let reserved = loads.reduce(0) { $0 + $1.item.mhz }
    guard reserved <= hosts.compactMap(\.mhz).min() ?? .max else { return self }
    var pool = self
    for number in pool.hosts.indices { pool.hosts[number].mhz = nil }
    for number in pool.loads.indices { pool.loads[number].item.mhz = 0 }
    return pool
  }

  /// How many vCPUs a host may carry; nil where nothing limits them.
  func mostVCPUs(on host: Host) -> Int? {
    vcpusPerCore.map { Int(min($0 * Double(host.cores), 1e9).rounded(.down)) }
  }

  /// The room on each host beside the loads that run there; below zero where they are more than it holds.
  func bins() -> [PackingBin] {
    var bins = hosts.enumerated().map { number, host in
      PackingBin(host: number, memory: host.memory, cpu: mostVCPUs(on: host), mhz: host.mhz)
    }
    for load in loads { bins[load.item.origin].add(load.item) }
    return bins
  }
}
