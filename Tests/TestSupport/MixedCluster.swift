package import Inventory

/// A cluster in which every check has something to find.
package struct MixedCluster {
  private var random: SplitMix64

  package init(seed: UInt64) { random = SplitMix64(seed: seed) }

  private mutating func count(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
  private mutating func once(in n: Int) -> Bool { count(1...n) == 1 }
  private mutating func some(_ names: [String], outOf n: Int = 2) -> [String] { names.filter { _ in once(in: n) } }

  package mutating func snapshot(hosts hostCount: Int, vms vmCount: Int) -> ClusterSnapshot {
    var snapshot = ClusterSnapshot()
    snapshot.clusters = [Cluster(name: "c")]
    let hosts = (0..<hostCount).map { "h\($0)" }
    let vms = (0..<vmCount).map { "v\($0)" }
    snapshot.hosts = hosts.map { host($0, vmsAHost: max(1, vmCount / hostCount)) }
    for number in 0..<6 {
      var datastore = Datastore(name: "d\(number)", capacityMiB: 1e9)
      datastore.hosts = number < 2 ? nil : Set(some(hosts))
      snapshot.datastores.append(datastore)
    }
    for number in 0..<4 {
      var lun = LUN(id: "l\(number)", sizeMiB: 1024)
      for host in number == 0 ? [] : some(hosts) { lun.numbers[host] = count(1...2) }
      snapshot.luns.append(lun)
    }
    snapshot.vms = vms.map { vm($0, on: hosts[count(0...(hostCount - 1))]) }
    for number in 0..<(vmCount / 10) {
      var rule = PlacementRule(kind: PlacementRule.Kind.allCases[number % 4], vms: [])
      for _ in 0..<3 { rule.vms.append(vms[count(0...(vmCount - 1))]) }
      rule.vms = Array(Set(rule.vms)).sorted()
      rule.hosts = some(hosts)
      snapshot.rules.append(rule)
    }
    return snapshot
  }

  private mutating func host(_ name: String, vmsAHost: Int) -> Host {
    var host = Host(name: name, cluster: "c", cores: count(2...32), memoryMiB: Int64(vmsAHost * count(2000...6000)))
    (host.nodeMemoryMiB, host.product) = (Int64(count(0...500)), "KVM")
    host.networks = ["LAN"] + some(["DMZ", "lan"])
    host.isConnected = !once(in: 20)
    host.mode = once(in: 20) ? .maintenance : once(in: 30) ? .standby : .normal
    host.features = once(in: 5) ? nil : Set(["sse3", "ssse3"] + some(["sse4.1", "sse4.2", "aes"], outOf: 2))
    return host
  }

  private mutating func vm(_ name: String, on host: String) -> VirtualMachine {
    var vm = VirtualMachine(name: name, host: host, memoryMiB: Int64(count(256...8192)), vcpus: count(1...4))
    vm.power = once(in: 5) ? .off : once(in: 10) ? .suspended : .on
    (vm.cpuDemand, vm.cpuReservationMHz) = (
      once(in: 3) ? nil : Double(count(1...20)) / 10, once(in: 4) ? count(1...4000) : 0
    )
    (vm.memoryOverheadMiB, vm.isTemplate) = (Int64(count(0...200)), once(in: 30))
    (vm.networks, vm.devices) = (once(in: 4) ? ["LAN", "DMZ"] : ["LAN"], once(in: 20) ? ["local_cd"] : [])
    (vm.snapshots, vm.dirtyMiBPerSecond) = (once(in: 10) ? 1 : 0, Double(count(0...10)))
    vm.workingSetMiB = 128
    vm.requiredFeatures = once(in: 5) ? ["sse4.1"] : []
    vm.frozenFeatures = once(in: 2) ? nil : Set(["sse3"] + some(["sse4.1", "sse4.2", "aes"], outOf: 4))
    for number in 0..<count(0...2) {
      vm.disks.append(VirtualDisk(datastore: "d\(once(in: 4) ? count(0...5) : number)", sizeMiB: 1024))
    }
    if once(in: 8), !vm.disks.isEmpty {
      vm.disks[0].mapping = .init(lun: "l\(count(0...3))", mode: once(in: 2) ? .physical : .virtual)
    }
    return vm
  }
}
