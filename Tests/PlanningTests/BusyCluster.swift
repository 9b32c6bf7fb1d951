import Inventory
import TestSupport

@testable import Planning

/// Small worlds in which moves are under way and space is short, in round numbers, so that bounds are often met exactly.
struct BusyCluster {
  private var random: SplitMix64

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  private mutating func count(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
  private mutating func once(in n: Int) -> Bool { count(1...n) == 1 }
  private mutating func one(of names: [String]) -> String { names[count(0...(names.count - 1))] }

  private let hosts = ["h0", "h1", "h2", "h3"]
  private let datastores = ["d0", "d1", "d2"]

  mutating func snapshot() -> ClusterSnapshot {
    var snapshot = ClusterSnapshot()
    for name in ["b", "c"] {
      var cluster = Cluster(name: name)
      (cluster.migration.perHost, cluster.migration.perDatastore) = (count(1...3), count(1...3))
      cluster.migration.maxPasses = count(2...30)
      if once(in: 4) { cluster.migration.bandwidthMiBPerSecond = Double(count(1...6)) * 10 }
      snapshot.clusters.append(cluster)
    }
    for name in hosts {
      // One is in no cluster.
      var host = Host(name: name, cluster: name == "h3" ? "" : one(of: ["b", "c"]), cores: 8, memoryMiB: 1 << 16)
      host.linkMiBPerSecond = Double(count(1...4)) * 25
      snapshot.hosts.append(host)
    }
    for name in datastores {
      var datastore = Datastore(name: name, capacityMiB: Double(count(5...20)) * 100)
      (datastore.copyMiBPerSecond, datastore.commitMiBPerSecond) = (Double(count(1...4)) * 20, Double(count(1...4)) * 10)
      if once(in: 2) { datastore.usedMiB = Double(count(0...10)) * 100 }
      snapshot.datastores.append(datastore)
    }
    for number in 0..<6 {
      var vm = VirtualMachine(name: "v\(number)", host: one(of: hosts), memoryMiB: 1000, vcpus: 1)
      vm.power = once(in: 4) ? .off : .on
      (vm.dirtyMiBPerSecond, vm.workingSetMiB) = (Double(count(0...5)) * 10, 500)
      for _ in 0..<count(0...3) {
        var disk = VirtualDisk(datastore: one(of: datastores), sizeMiB: Double(count(1...5)) * 50)
        disk.writeMiBPerSecond = Double(count(0...5)) * 10
        if once(in: 8) { disk.mapping = .init(lun: "l", mode: .virtual) }
        vm.disks.append(disk)
      }
      snapshot.vms.append(vm)
    }
    return snapshot
  }

  mutating func situation() -> Situation {
    var situation = Situation()
    for number in 0..<count(0...4) {
      var move = MoveInFlight(vm: "v\(number)", from: one(of: hosts), to: one(of: hosts))
      if once(in: 2) {
        move.datastores = [one(of: datastores), one(of: datastores)]
        for name in move.datastores where once(in: 2) { move.reservedMiB[name] = Double(count(1...4)) * 50 }
      }
      situation.moves.append(move)
    }
    if once(in: 3) { situation.busy["v5"] = "it is being started" }
    return situation
  }

  mutating func request() -> MoveRequest {
    var move = MoveRequest([MoveKind.live, .cold, .storage, .liveStorage][count(0...3)], of: "v\(count(0...5))")
    if move.kind.changesHost { move.host = one(of: hosts) }
    if move.kind != .live, !once(in: 4) { move.datastore = one(of: datastores) }
    if move.kind != .live { for disk in 0..<3 where once(in: 3) { move.disks[disk] = one(of: datastores) } }
    move.way = RelocationWay.allCases[count(0...2)]
    if move.way == .redoLog, once(in: 2) { move.logDatastore = one(of: datastores) }
    return move
  }
}
