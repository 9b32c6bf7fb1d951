internal import Inventory
internal import Planning

/// Every VM of a large cluster against every host, prepared anew.
struct CompatibilityBench {
  private let vms: Int
  private let hosts = 96

  init(_ options: BenchOptions) { vms = options.isQuick ? 500 : 5000 }

  func run() throws -> [BenchRow] {
    let cluster = cluster()
    var texts = 0
    let measured = try Rounds.run(count: 3, { pass(cluster) { _ in } }, { pass(cluster) { texts += $0.text.utf8.count } })
    let refused = cluster.vms.count * hosts - allowed(cluster)
    return [
      BenchRow(
        name: "\(Figure.count(vms)) VMs x \(hosts) hosts, every reason", ours: "\(Figure.seconds(median(measured[0]))) CPU",
        beside: "\(Figure.seconds(median(measured[1]))) CPU, each reason in words too",
        ratio: median(measured[0]) / median(measured[1])),
      BenchRow(name: "of these pairs refused", ours: Figure.count(refused)),
      BenchRow(
        name: "one pair", ours: "\(Figure.decimal(median(measured[0]) * 1e9 / Double(vms * hosts), 0)) ns CPU"),
    ]
  }

  private func pass(_ cluster: ClusterSnapshot, _ look: (Reason) -> Void) -> Double {
    let watch = Stopwatch()
    let compatibility = Compatibility(cluster)
    for vm in 0..<compatibility.vmCount {
      for host in 0..<compatibility.hostCount { compatibility.verdict(vm: vm, host: host).reasons.forEach(look) }
    }
    return watch.elapsed.cpu
  }

  private func allowed(_ cluster: ClusterSnapshot) -> Int {
    let compatibility = Compatibility(cluster)
    return (0..<compatibility.vmCount).reduce(0) { sum, vm in
      sum + (0..<compatibility.hostCount).count { compatibility.verdict(vm: vm, host: $0).isAllowed }
    }
  }

  /// Four kinds of processors, sixteen datastores of which each host sees half, networks, mapped LUNs and rules.
  private func cluster() -> ClusterSnapshot {
    var cluster = ClusterSnapshot()
    cluster.clusters = [Cluster(name: "c")]
    let generations = [["sse3", "ssse3", "sse4.1"], ["sse4.2", "popcnt"], ["aes", "pclmulqdq"], ["avx", "xsave"]]
    for number in 0..<hosts {
      var host = Host(name: "esx\(number)", cluster: "c", cores: 32, memoryMiB: 512 << 10)
      host.features = Set(generations.prefix(1 + number % 4).joined() + (0..<40).map { "common\($0)" })
      host.networks = (0..<8).map { "VLAN \($0 * (1 + number % 3))" }
      cluster.hosts.append(host)
    }
    for number in 0..<16 {
      var datastore = Datastore(name: "san\(number)", capacityMiB: 1e9)
      datastore.hosts = Set(cluster.hosts.indices.filter { ($0 + number) % 2 == 0 || number < 4 }.map { "esx\($0)" })
      cluster.datastores.append(datastore)
    }
    for number in 0..<200 {
      var lun = LUN(id: "naa.\(number)", sizeMiB: 1024)
      for host in 0..<hosts where host % 4 != 3 { lun.numbers["esx\(host)"] = number }
      cluster.luns.append(lun)
    }
    for number in 0..<vms { cluster.vms.append(vm(number, generations)) }
    for number in 0..<(vms / 10) {
      var rule = PlacementRule(
        kind: PlacementRule.Kind.allCases[number % 4], vms: (0..<4).map { "vm\(number * 10 + $0)" })
      rule.hosts = (0..<hosts).filter { $0 % 2 == 0 }.map { "esx\($0)" }
      cluster.rules.append(rule)
    }
    return cluster
  }

  private func vm(_ number: Int, _ generations: [[String]]) -> VirtualMachine {
    let host = number % hosts
    var vm = VirtualMachine(name: "vm\(number)", host: "esx\(host)", memoryMiB: Int64(2048 << (number % 4)), vcpus: 2)
    vm.networks = ["VLAN \(number % 8)"]
    vm.disks = (0..<2).map { VirtualDisk(datastore: "san\((number + $0) % 16)", sizeMiB: 20_480) }
    if number % 25 == 0 { vm.disks[0].mapping = .init(lun: "naa.\(number / 25 % 200)", mode: .physical) }
    vm.frozenFeatures = Set(generations.prefix(1 + host % 4).joined() + (0..<40).map { "common\($0)" })
    (vm.cpuDemand, vm.dirtyMiBPerSecond, vm.workingSetMiB) = (0.4, Double(number % 40), 1024)
    vm.snapshots = number % 20 == 0 ? 1 : 0
    return vm
  }
}
