import Inventory
import TestSupport
import Testing

@testable import Planning

/// CPU reservations as room: small clusters by chance against plain counting of every way, and worked cases.
@Suite struct ReservationTests {
  /// Hosts of few GiB and GHz with VMs on them, some of which reserve CPU. What a host holds at the beginning fits.
  private struct Lab {
    var hosts: [(memory: Int, mhz: Int)] = []
    var vms: [(host: Int, memory: Int, mhz: Int)] = []

    init(seed: UInt64) {
      var random = SplitMix64(seed: seed)
      func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
      hosts = (0..<number(2...4)).map { _ in (number(3...8) * 1024, number(2...6) * 1000) }
      for _ in 0..<number(1...7) {
        let vm = (host: number(0...hosts.count - 1), memory: number(1...6) * 512, mhz: number(0...2) * number(0...4) * 500)
        let left = room(vm.host, vms)
        if vm.memory <= left.memory, vm.mhz <= left.mhz { vms.append(vm) }
      }
    }

    private func room(_ host: Int, _ vms: [(host: Int, memory: Int, mhz: Int)]) -> (memory: Int, mhz: Int) {
      vms.filter { $0.host == host }.reduce(hosts[host]) { ($0.0 - $1.memory, $0.1 - $1.mhz) }
    }

    var snapshot: ClusterSnapshot {
      var snapshot = ClusterSnapshot()
      snapshot.clusters = [Cluster(name: "c")]
      snapshot.hosts = hosts.enumerated().map { number, size in
        var host = Host(name: "h\(number)", cluster: "c", cores: 1, memoryMiB: Int64(size.memory))
        host.mhz = size.mhz
        return host
      }
      snapshot.vms = vms.enumerated().map { number, size in
        var vm = VirtualMachine(name: "v\(number)", host: "h\(size.host)", memoryMiB: Int64(size.memory), vcpus: 1)
        vm.cpuReservationMHz = size.mhz
        return vm
      }
      return snapshot
    }

    /// Whether all VMs, those that are there and new ones, find places when hosts fail, by trying every way.
    func survives(_ failed: Set<Int>, _ new: [Int], of size: Int, countsReservations: Bool = true) -> Bool {
      var rooms = hosts.map { ($0.memory, countsReservations ? $0.mhz : .max / 2) }
      var moving: [(Int, Int)] = []
      for (host, memory, mhz) in vms {
        if failed.contains(host) {
          moving.append((memory, mhz))
        } else {
          rooms[host] = (rooms[host].0 - memory, rooms[host].1 - mhz)
        }
      }
      for (host, count) in new.enumerated() {
        if failed.contains(host) {
          moving += [(Int, Int)](repeating: (size, 0), count: count)
        } else {
          rooms[host].0 -= count * size
        }
      }
      guard rooms.indices.allSatisfy({ failed.contains($0) || rooms[$0].0 >= 0 }) else { return false }
      moving.sort { $0 > $1 }
      return place(moving[...], rooms, failed)
    }

    private func place(_ moving: ArraySlice<(Int, Int)>, _ rooms: [(Int, Int)], _ failed: Set<Int>) -> Bool {
      guard let next = moving.first else { return true }
      for host in rooms.indices where !failed.contains(host) && rooms[host].0 >= next.0 && rooms[host].1 >= next.1 {
        var left = rooms
        left[host] = (left[host].0 - next.0, left[host].1 - next.1)
        if place(moving.dropFirst(), left, failed) { return true }
      }
      return false
    }

    func sets(of count: Int) -> [Set<Int>] { FailureSets.combinations(of: count, among: hosts.count).map(Set.init) }

    func survives(any count: Int, _ new: [Int], of size: Int, countsReservations: Bool = true) -> Bool {
      sets(of: count).allSatisfy { survives($0, new, of: size, countsReservations: countsReservations) }
    }

    /// The most new VMs of a size that survive so many failures, by trying every number on every host.
    func most(of size: Int, failures: Int) -> Int {
      var (best, new) = (0, [Int](repeating: 0, count: hosts.count))
      let limits = hosts.indices.map { room($0, vms).memory / size }
      func fill(_ host: Int, _ sum: Int) {
        guard host < hosts.count else {
          if sum > best, survives(any: failures, new, of: size) { best = sum }
          return
        }
        for count in 0...limits[host] {
          new[host] = count
          fill(host + 1, sum + count)
        }
        new[host] = 0
      }
      fill(0, 0)
      return best
    }
  }

  @Test func smallClustersAreAsPlainCountingHasThem() {
    let first = UInt64.random(in: 0...UInt64.max)
    print("reservations: first seed \(first)")
    var outcomes: [String: Int] = [:]
    for seed in first..<(first &+ 250) {
      let lab = Lab(seed: seed)
      let pool = Pool(of: .cluster("c"), in: lab.snapshot)
      let tolerance = FailureTolerance.of(pool)
      let proved = (0..<lab.hosts.count).last { count in (0...count).allSatisfy { lab.survives(any: $0, [], of: 1) } } ?? 0
      #expect(tolerance.proved == proved, "seed \(seed)")
      if case .set(let next) = tolerance.next {
        #expect(next.isProved, "seed \(seed): small ones are always decided")
        let failed = Set(next.hosts.compactMap { name in pool.hosts.firstIndex { $0.name == name } })
        #expect(!lab.survives(failed, [], of: 1), "seed \(seed)")
        #expect(!next.unplaced.isEmpty, "seed \(seed)")
        checkShort(next, lab, failed, seed)
      }
      for failures in 0...1 { checkFit(lab, pool, failures, seed, &outcomes) }
    }
    #expect((outcomes["proved"] ?? 0) > 50 && (outcomes["cpu_reservation"] ?? 0) > 10 && (outcomes["memory"] ?? 0) > 10)
  }

  private func checkFit(_ lab: Lab, _ pool: Pool, _ failures: Int, _ seed: UInt64, _ outcomes: inout [String: Int]) {
    let size = 1024
    var search = FitSearch(
      pool, profile: VMProfile(vcpus: 1, memoryMiB: Int64(size)), keepFailures: failures, attempts: 4000)
    let fit = search.run()
    guard let keeping = fit.keeping else {
      #expect(fit.verdict == .impossible && !lab.survives(any: failures, [], of: 1), "seed \(seed)")
      #expect(FitProof(of: fit, keepFailures: failures, in: pool) == nil && fit.bound.count == 0)
      // Where memory alone would suffice it is the reservations that stand in the way.
      if lab.survives(any: failures, [], of: 1, countsReservations: false) {
        #expect(fit.bound.resource == .cpuReservation, "seed \(seed)")
      }
      outcomes[fit.bound.resource.rawValue, default: 0] += 1
      return
    }
    #expect(fit.verdict == .proved && lab.survives(any: failures, fit.new, of: size), "seed \(seed)")
    let most = lab.most(of: size, failures: failures)
    #expect(keeping <= most && most <= fit.bound.count, "seed \(seed): \(keeping), \(most), \(fit.bound.count)")
    if failures == 0 { #expect(keeping == most, "seed \(seed)") }
    if let proof = FitProof(of: fit, keepFailures: failures, in: pool) {
      #expect(ProofCheck(pool: pool).faults(proof) == [], "seed \(seed)")
    } else {
      Issue.record("seed \(seed): no proof")
    }
    outcomes["proved", default: 0] += 1
  }

  /// What is said to be short is short in sum, or would be enough: on some hosts, and not less than the sum lacks.
  private func checkShort(_ next: SetVerdict, _ lab: Lab, _ failed: Set<Int>, _ seed: UInt64) {
    let live = lab.hosts.indices.filter { !failed.contains($0) }
    let used = lab.vms.reduce((0, 0)) { ($0.0 + $1.memory, $0.1 + $1.mhz) }
    let have = live.reduce((0, 0)) { ($0.0 + lab.hosts[$1].memory, $0.1 + lab.hosts[$1].mhz) }
    if next.cause == .sum {
      #expect(next.shortMemory == max(0, used.0 - have.0), "seed \(seed)")
      // Where no host could lack them, reservations are left out.
      #expect(next.shortMHz == max(0, used.1 - have.1) || next.shortMHz == 0 && used.1 <= (lab.hosts.map(\.mhz).min() ?? 0))
    } else {
      let sizes = lab.vms.filter { failed.contains($0.host) }.reduce((0, 0)) { ($0.0 + $1.memory, $0.1 + $1.mhz) }
      #expect(next.shortMemory + next.shortMHz > 0, "seed \(seed)")
      #expect(next.shortMemory <= sizes.0 && next.shortMHz <= sizes.1, "seed \(seed)")
    }
  }

  // MARK: Worked cases

  private func cluster(_ hosts: [(memory: Int64, mhz: Int)], _ vms: [(host: String, memory: Int64, mhz: Int)]) -> Pool {
    var snapshot = ClusterSnapshot()
    snapshot.clusters = [Cluster(name: "c")]
    snapshot.hosts = hosts.enumerated().map { number, size in
      var host = Host(name: "h\(number)", cluster: "c", cores: 2, memoryMiB: size.memory)
      host.mhz = size.mhz / 2
      return host
    }
    snapshot.vms = vms.enumerated().map { number, size in
      var vm = VirtualMachine(name: "v\(number)", host: size.host, memoryMiB: size.memory, vcpus: 1)
      vm.cpuReservationMHz = size.mhz
      return vm
    }
    return Pool(of: .cluster("c"), in: snapshot)
  }

  /// A VM of 3000 MHz finds 2000 on each of two hosts: in sum enough, 1000 short.
  @Test func whatIsShortIsWhatIsMissingAndNotTheSize() throws {
    let pool = cluster(
      [(8192, 4000), (8192, 4000), (8192, 4000)], [("h0", 1024, 3000), ("h1", 1024, 2000), ("h2", 1024, 2000)])
    guard case .set(let next) = FailureTolerance.of(pool).next else {
      Issue.record("no set of hosts is named as the next that would fail")
      return
    }
    #expect(next.hosts == ["h0"] && next.cause == .fragmentation && next.isProved && next.unplaced == ["v0"])
    #expect(next.shortMemory == 0 && next.shortMHz == 1000 && next.resource == .cpuReservation)
  }

  /// The same of memory: 3 GiB, and 2 free on each.
  @Test func ofMemoryTheSameHolds() throws {
    let pool = cluster([(4096, 4000), (4096, 4000), (4096, 4000)], [("h0", 3072, 0), ("h1", 2048, 0), ("h2", 2048, 0)])
    guard case .set(let next) = FailureTolerance.of(pool).next else {
      Issue.record("no set of hosts is named as the next that would fail")
      return
    }
    #expect(next.cause == .fragmentation && next.shortMemory == 1024 && next.shortMHz == 0)
  }

  /// By memory the large VM would go to the host that alone has MHz for the other.
  @Test func reservationsArePlacedBeforeWhatReservesNothing() {
    let pool = cluster(
      [(8192, 4000), (4096, 4000), (8192, 1000)], [("h0", 4096, 0), ("h0", 1024, 3000), ("h2", 3072, 500)])
    #expect(FailureTolerance.of(pool).proved == 1)
  }

  @Test func aHostThatReservesMoreThanItHasIsSaid() {
    let pool = cluster([(8192, 2000), (8192, 8000)], [("h0", 1024, 3000), ("h1", 1024, 3000)])
    let tolerance = FailureTolerance.of(pool)
    #expect(tolerance.proved == 0 && tolerance.argument == .overfull)
    guard case .set(let next) = tolerance.next else {
      Issue.record("the host is overfull")
      return
    }
    #expect(next.shortMHz == 1000 && next.shortMemory == 0)
  }

  /// What never can bind is left out, so that large clusters are as quick as without reservations.
  @Test func reservationsThatAnyHostCouldHoldDecideNothing() {
    let pool = cluster([(8192, 4000), (8192, 4000)], [("h0", 1024, 1000), ("h1", 1024, 3000)])
    #expect(pool.withoutIdleReservations.loads.allSatisfy { $0.item.isPlain })
    let tight = cluster([(8192, 4000), (8192, 4000)], [("h0", 1024, 1001), ("h1", 1024, 3000)])
    #expect(tight.withoutIdleReservations.loads.map(\.item.mhz) == [1001, 3000])
  }

  /// Where the argument of the room says so of many reservations, each set is packed.
  @Test func theArgumentOfTheRoomHoldsWithReservations() {
    let first = UInt64.random(in: 0...UInt64.max)
    var count = 0
    for seed in first..<(first &+ 60) {
      var random = SplitMix64(seed: seed)
      func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
      let hosts = (0..<number(5...9)).map { _ in (memory: Int64(number(64...128) * 1024), mhz: number(20...30) * 1000) }
      let vms = (0..<number(60...100)).map { _ in
        (host: "h\(number(0...hosts.count - 1))", memory: Int64(number(1...4) * 1024), mhz: number(0...3) * 500)
      }
      let pool = cluster(hosts, vms)
      guard pool.withoutIdleReservations.loads.contains(where: { $0.item.mhz > 0 }) else { continue }
      let evacuation = Evacuation(pool, profile: VMProfile(vcpus: 1, memoryMiB: 1))
      let none = [Int](repeating: 0, count: pool.hosts.count)
      for failures in 1...2 where FailureTolerance.survivesByRoom(pool, pool.bins(), failures: failures) {
        count += 1
        for set in FailureSets(of: failures, hosts: pool.hosts).sets {
          #expect(evacuation.verdict(of: set, none, budget: 0).places != nil, "seed \(seed): \(set)")
        }
      }
    }
    #expect(count > 10)
  }

  // MARK: One model of room

  /// What a plan of a move refuses, a packing does not place, and the other way round.
  @Test func plansAndPackingsSayTheSame() {
    let first = UInt64.random(in: 0...UInt64.max)
    var outcomes: [Bool: Int] = [:]
    for seed in first..<(first &+ 100) {
      let lab = Lab(seed: seed)
      let snapshot = lab.snapshot
      let compatibility = Compatibility(snapshot)
      let pool = Pool(of: .cluster("c"), in: snapshot)
      let bins = pool.bins()
      for (vm, load) in pool.loads.enumerated() {
        for host in pool.hosts.indices where host != load.item.origin {
          let verdict = compatibility.verdict(vm: vm, host: host)
          let codes = Set(verdict.reasons.filter { $0.severity == .error }.map(\.code))
          let isShort = !codes.isDisjoint(with: [.memoryShort, .cpuReservationShort])
          #expect(bins[host].takes(load.item) == !isShort, "seed \(seed): \(codes)")
          outcomes[isShort, default: 0] += 1
        }
      }
    }
    #expect((outcomes[true] ?? 0) > 20 && (outcomes[false] ?? 0) > 20)
  }

  @Test func hostsWhoseSpeedIsNotKnownAreNoRoomForReservations() {
    var snapshot = Lab(seed: 1).snapshot
    for index in snapshot.hosts.indices { snapshot.hosts[index].mhz = 0 }
    func obstacle() -> String? {
      ClusterMembers(of: .cluster("c"), in: snapshot).obstacleToPacking(vcpusPerCore: nil)?.code
    }
    for index in snapshot.vms.indices { snapshot.vms[index].cpuReservationMHz = 0 }
    #expect(obstacle() == nil)
    snapshot.vms[0].cpuReservationMHz = 1
    #expect(obstacle() == "host-size-unknown")
  }
}
