import Foundation
import Importers
import Inventory
import TestSupport
import Testing

@testable import Planning

/// Fits, failures and policies: on clusters whose answers others have found, on worked cases, and by chance with proofs that
/// are counted again.
@Suite struct CapacityTests {
  private func snapshot(_ name: String) throws -> ClusterSnapshot {
    try ClusterFileReader.scenario(at: Project.fixture("clusters/\(name)")).cluster
  }

  private func pool(_ name: String) throws -> Pool {
    Pool(of: .cluster(String(name.prefix { $0 != "." })), in: try snapshot(name))
  }

  private func fit(_ pool: Pool, _ vcpus: Int, gib: Int64, keep: Int, attempts: Int = 20_000) -> Fit {
    var search = FitSearch(
      pool, profile: VMProfile(vcpus: vcpus, memoryMiB: gib * 1024), keepFailures: keep, attempts: attempts)
    return search.run()
  }

  // MARK: Known clusters

  /// The exact optima of d8 are known for each of the sizes; of the others what was reached before.
  @Test(arguments: [
    ("d8.json", 4, 64, 64, 94), ("d8.json", 16, 15, 16, 21), ("d8.json", 32, 7, 8, 9), ("d32.json", 4, 699, 713, 761),
    ("de32.json.gz", 4, 678, 712, 761), ("dr32.json", 4, 681, 715, 766), ("dh32.json.gz", 4, 739, 777, 860),
  ])
  func asManyFitAsWereFoundBefore(name: String, gib: Int64, least: Int, bound: Int, free: Int) throws {
    let pool = try pool(name)
    // What is asked for is found early; the rest of the search would only take time here.
    let fit = fit(pool, 2, gib: gib, keep: 1, attempts: 4000)
    #expect(fit.keeping ?? 0 >= least && fit.keeping ?? 0 <= fit.bound.count)
    #expect(fit.bound.count == bound && fit.free == free && fit.verdict == .proved && fit.bound.resource == .memory)
    let proof = try #require(FitProof(of: fit, keepFailures: 1, in: pool))
    #expect(ProofCheck(pool: pool).faults(proof) == [])
  }

  @Test func twoOfEightMayFailAndThreeMayNot() throws {
    let tolerance = FailureTolerance.of(try pool("d8.json"))
    #expect(tolerance.proved == 2 && tolerance.argument == .packed(sets: 28))
    guard case .set(let next) = tolerance.next else {
      Issue.record("a set stands in the way")
      return
    }
    #expect(next.isProved && next.hosts == ["host004", "host006", "host007"])
    #expect(next.cause == .fragmentation && next.argument == "every way to place them was tried")
    // Three are kept by no placement, and so nothing is proved.
    let fit = fit(try pool("d8.json"), 2, gib: 4, keep: 3)
    #expect(fit.keeping == nil && fit.verdict == .impossible && fit.obstacle == next)
    #expect(try FitProof(of: fit, keepFailures: 3, in: pool("d8.json")) == nil)
  }

  @Test func atLeastThreeOfThirtyTwoMayFail() throws {
    #expect(FailureTolerance.of(try pool("d32.json")).proved >= 3)
  }

  /// The sums and shares beside those of the file's own numbers.
  @Test(arguments: ["d8", "d32", "dr32"])
  func sumsAreThoseOfTheFile(name: String) throws {
    let file = try JSONValue(
      parsing: Array(Data(contentsOf: URL(fileURLWithPath: Project.fixture("clusters/\(name).json")))))
    func sum(_ list: String, _ key: String) -> Double {
      (file[list]?.arrayValue ?? []).reduce(0) { $0 + ($1[key]?.doubleValue ?? 0) }
    }
    var question = CapacityQuestion()
    (question.profiles, question.targets) = ([], [])
    let capacity = ClusterCapacity(of: .cluster(name), in: try snapshot("\(name).json"), question)
    #expect(capacity.sums.memoryMiB == Int64(sum("hosts", "mem_mib")))
    #expect(capacity.sums.cores == Int(sum("hosts", "cores")) && capacity.sums.vcpus == Int(sum("vms", "vcpus")))
    #expect(capacity.sums.vmMemoryMiB == Int64(sum("vms", "mem_mib")) && capacity.sums.vms == capacity.sums.vmsOn)
    let usable = sum("hosts", "mem_mib") - sum("hosts", "node_mem_mib")
    let granted = sum("vms", "mem_mib") / usable
    #expect(abs((capacity.memoryGranted.usedRatio ?? 0) - granted) < 1e-9)
    #expect(abs((capacity.memoryGranted.freeHosts ?? 0) - Double(capacity.sums.hosts) * (1 - granted)) < 1e-9)
    #expect(abs((capacity.cpuDemand.usedRatio ?? 0) - sum("vms", "cpu_demand") / sum("hosts", "cores")) < 1e-9)
    #expect(abs((capacity.memoryActive.usedRatio ?? 0) - sum("vms", "mem_active_mib") / usable) < 1e-9)
    #expect(capacity.gaps.isEmpty)
  }

  // MARK: By chance

  @Test func whatFitsIsProvedAndNoMoreThanTheBound() {
    let first = UInt64.random(in: 0...UInt64.max)
    var (proved, refused) = (0, 0)
    for seed in first..<(first &+ 60) {
      var random = MixedPool(seed: seed)
      let pool = random.pool()
      let failures = random.number(0...2)
      let fit = fit(
        pool, random.number(1...4), gib: Int64(random.number(1...6)), keep: failures, attempts: seed % 5 == 0 ? 0 : 500)
      if let keeping = fit.keeping {
        #expect(keeping <= fit.bound.count && keeping <= fit.free && keeping == fit.new.reduce(0, +), "seed \(seed)")
        guard let proof = FitProof(of: fit, keepFailures: failures, in: pool) else {
          Issue.record("seed \(seed): no proof")
          return
        }
        #expect(ProofCheck(pool: pool).faults(proof) == [], "seed \(seed)")
        proved += 1
      } else {
        #expect(FailureTolerance.of(pool).proved < max(1, failures), "seed \(seed)")
        refused += 1
      }
    }
    #expect(proved > 10 && refused > 3)
  }

  /// Where the argument of the room says that failures are survived, each set of them is.
  @Test func theArgumentOfTheRoomHolds() {
    let first = UInt64.random(in: 0...UInt64.max)
    var count = 0
    for seed in first..<(first &+ 200) {
      var random = MixedPool(seed: seed, isPlain: true)
      let pool = random.pool()
      let tolerance = FailureTolerance.of(pool)
      guard tolerance.argument == .greedy else { continue }
      count += 1
      let evacuation = Evacuation(pool, profile: VMProfile(vcpus: 1, memoryMiB: 1))
      let none = [Int](repeating: 0, count: pool.hosts.count)
      for set in FailureSets(of: tolerance.proved, hosts: pool.hosts).sets {
        #expect(evacuation.verdict(of: set, none, budget: 0).places != nil, "seed \(seed): \(set)")
      }
    }
    #expect(count > 10)
  }

  // MARK: Pools

  @Test func hostsThatAreAwayAndVMsThatAreOffTakeNoPart() {
    var snapshot = ClusterSnapshot()
    snapshot.clusters = [Cluster(name: "c")]
    snapshot.hosts = ["a", "b", "gone", "busy", "asleep"].map { Host(name: $0, cluster: "c", cores: 4, memoryMiB: 1000) }
    snapshot.hosts[1].nodeMemoryMiB = 100
    snapshot.hosts[2].isConnected = false
    snapshot.hosts[3].mode = .maintenance
    snapshot.hosts[4].mode = .standby
    snapshot.vms = ["on", "off", "template", "lost"].map { VirtualMachine(name: $0, host: "a", memoryMiB: 300, vcpus: 1) }
    snapshot.vms[0].memoryOverheadMiB = 50
    snapshot.vms[1].power = .off
    snapshot.vms[2].isTemplate = true
    snapshot.vms[3].host = "gone"
    let pool = Pool(of: .cluster("c"), in: snapshot)
    #expect(pool.hosts.map(\.memory) == [1000, 900])
    #expect(pool.loads.map(\.vms) == [["on"]] && pool.loads[0].item.memory == 350)
    #expect(Pool(of: .cluster("none"), in: snapshot).hosts.isEmpty)
  }

  @Test func whatBindsAVMToHostsBindsItInAFailure() {
    var snapshot = ClusterSnapshot()
    snapshot.clusters = [Cluster(name: "c")]
    snapshot.hosts = ["a", "b", "c"].map { Host(name: $0, cluster: "c", cores: 4, memoryMiB: 1000) }
    snapshot.hosts[2].networks = ["other"]
    snapshot.datastores = [Datastore(name: "ab", capacityMiB: 1), Datastore(name: "all", capacityMiB: 1)]
    snapshot.datastores[0].hosts = ["a", "b"]
    snapshot.luns = [LUN(id: "l", sizeMiB: 1)]
    snapshot.luns[0].numbers = ["a": 1, "b": 2, "c": 1]
    func allowed(_ change: (inout VirtualMachine) -> Void, _ rules: [PlacementRule] = []) -> [Bool]? {
      var vm = VirtualMachine(name: "v", host: "a", memoryMiB: 1, vcpus: 1)
      change(&vm)
      (snapshot.vms, snapshot.rules) = ([vm], rules)
      return Pool(of: .cluster("c"), in: snapshot).loads[0].item.allowed
    }
    #expect(allowed { _ in } == nil)
    #expect(allowed { $0.networks = ["VM Network"] } == [true, true, false])
    #expect(allowed { $0.disks = [VirtualDisk(datastore: "ab", sizeMiB: 1)] } == [true, true, false])
    #expect(
      allowed {
        $0.disks = [VirtualDisk(datastore: "all", sizeMiB: 1)]
        $0.disks[0].mapping = VirtualDisk.RawDeviceMapping(lun: "l", mode: .virtual)
      } == [true, false, true])
    var rule = PlacementRule(kind: .mustRunOn, vms: ["v"])
    rule.hosts = ["b"]
    #expect(allowed({ _ in }, [rule]) == [false, true, false])
    snapshot.hosts[1].features = ["sse3"]
    #expect(allowed { $0.requiredFeatures = ["sse4.2"] } == [true, false, true])
  }

  @Test func whatIsKeptTogetherMovesTogether() {
    var snapshot = ClusterSnapshot()
    snapshot.clusters = [Cluster(name: "c")]
    snapshot.hosts = ["a", "b", "c"].map { Host(name: $0, cluster: "c", cores: 4, memoryMiB: 1000) }
    snapshot.vms = ["x", "y"].map { VirtualMachine(name: $0, host: "a", memoryMiB: 400, vcpus: 1) }
    snapshot.vms += ["b", "c"].map { VirtualMachine(name: "on-\($0)", host: $0, memoryMiB: 500, vcpus: 1) }
    #expect(FailureTolerance.of(Pool(of: .cluster("c"), in: snapshot)).proved == 1)
    snapshot.rules = [PlacementRule(kind: .affinity, vms: ["x", "y"])]
    let pool = Pool(of: .cluster("c"), in: snapshot)
    #expect(pool.loads.map(\.vms) == [["x", "y"], ["on-b"], ["on-c"]])
    #expect(FailureTolerance.of(pool).proved == 0)
  }

  // MARK: Policies

  /// The worked case of the slot policy.
  @Test func slotsAreAsLargeAsTheLargestReservations() throws {
    let hosts = [(9000, 9216), (9000, 6144), (6000, 6144)].enumerated().map { number, size in
      var host = Host(name: "h\(number)", cluster: "c", cores: 1, memoryMiB: Int64(size.1))
      host.mhz = size.0
      return host
    }
    let vms = [(2, 1), (2, 1), (1, 2), (1, 1), (1, 1)].enumerated().map { number, size in
      var vm = VirtualMachine(name: "v\(number)", host: "h0", memoryMiB: 4096, vcpus: 1)
      (vm.cpuReservationMHz, vm.memoryReservationMiB) = (size.0 * 1000, Int64(size.1) * 1024)
      return vm
    }
    let policy = try #require(SlotPolicy(hosts, vms))
    #expect(policy.mhz == 2000 && policy.memoryMiB == 2048 && policy.slots == [4, 3, 3])
    #expect(policy.failuresTolerated == 1)
    #expect(SlotPolicy(hosts, []) == nil)
    var old = vms[0]
    old.cpuReservationMHz = 0
    #expect(SlotPolicy(hosts, [old])?.mhz == 256)
    let new = hosts.map { host in
      var host = host
      host.product = "VMware ESXi 6.5.0 build-1"
      return host
    }
    #expect(SlotPolicy(new, [old])?.mhz == 32)
  }

  /// Eight hosts of 70 GB of which 20 % are reserved.
  @Test func thePercentagePolicyCountsReservations() throws {
    let hosts = (0..<8).map { Host(name: "h\($0)", cluster: "c", cores: 4, memoryMiB: 70 * 1024) }
    var vm = VirtualMachine(name: "v", host: "h0", memoryMiB: 1, vcpus: 1)
    (vm.memoryReservationMiB, vm.cpuReservationMHz) = (112 * 1024, 6400)
    let policy = try #require(PercentagePolicy(hosts, [vm]))
    #expect(abs(policy.memoryRatio - 0.8) < 1e-9 && abs(policy.cpuRatio - 0.9) < 1e-9 && policy.failuresTolerated == 6)
    #expect(PercentagePolicy([], []) == nil)
  }

  @Test func aDedicatedHostIsEmptyAndAsLargeAsAny() {
    let hosts = [("a", 10), ("b", 10), ("c", 8)].map { Host(name: $0.0, cluster: "c", cores: 4, memoryMiB: $0.1) }
    let vms = [VirtualMachine(name: "v", host: "a", memoryMiB: 1, vcpus: 1)]
    #expect(DedicatedPolicy(hosts, vms).hosts == ["b"])
  }

  // MARK: Retiring

  @Test(arguments: [0.7, 0.9])
  func whatRetiringLeavesIsWithinItsLimits(target: Double) throws {
    let snapshot = try snapshot("d8.json")
    let pool = Pool(of: .cluster("d8"), in: snapshot)
    let demand = Dictionary(uniqueKeysWithValues: snapshot.vms.map { ($0.name, $0.cpuDemand ?? 0) })
    let retirement = Retirement(pool, target: target, demand: demand, keepFailures: 1)
    #expect(retirement.hosts.count == 2)
    var after = pool
    for move in retirement.moves {
      let index = try #require(after.loads.firstIndex { $0.vms == move.vms })
      #expect(after.hosts[after.loads[index].item.origin].name == move.from)
      after.loads[index].item.origin = try #require(after.hosts.firstIndex { $0.name == move.to })
    }
    for (number, host) in after.hosts.enumerated() {
      let own = after.loads.filter { $0.item.origin == number }
      #expect(own.isEmpty == retirement.hosts.contains(host.name))
      #expect(own.reduce(0) { $0 + $1.item.memory } <= host.memory)
      let before = Set(pool.loads.filter { $0.item.origin == number }.flatMap(\.vms))
      let cores = own.flatMap(\.vms).reduce(0) { $0 + (demand[$1] ?? 0) }
      // A host that was above the target before stays so; nothing comes to it.
      #expect(cores <= target * Double(host.cores) + 0.01 || Set(own.flatMap(\.vms)).isSubset(of: before))
    }
  }
}
