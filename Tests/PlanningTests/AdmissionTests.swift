import Inventory
import TestSupport
import Testing

@testable import Planning

/// The policies of admission control and the choice of hosts that could go, held against plain counting of every case over
/// small clusters in which sizes are often equal.
@Suite struct AdmissionTests {
  /// Hosts of few sizes, VMs of which some reserve less than counts for one that reserves nothing.
  private struct Lab {
    var hosts: [Host] = []
    var vms: [VirtualMachine] = []

    init(seed: UInt64) {
      var random = SplitMix64(seed: seed)
      func one<T>(of choices: [T]) -> T { choices[Int.random(in: 0..<choices.count, using: &random)] }
      let products = ["VMware ESX 3.5", "VMware ESXi 6.7"]
      for number in 0..<one(of: [1, 2, 3, 4]) {
        var host = Host(name: "h\(number)", cluster: "c", cores: one(of: [1, 2]), memoryMiB: one(of: [1024, 2048]))
        (host.mhz, host.product) = (one(of: [500, 1000]), one(of: products))
        host.nodeMemoryMiB = one(of: [0, 256])
        hosts.append(host)
      }
      let reservations = one(of: [[0, 1, 31, 32, 33, 255, 256, 500], [1, 10, 20], [0]])
      for number in 0..<one(of: [0, 1, 2, 3, 5, 8]) {
        var vm = VirtualMachine(name: "v\(number)", host: one(of: hosts).name, memoryMiB: 512, vcpus: 1)
        vm.cpuReservationMHz = one(of: reservations)
        (vm.memoryReservationMiB, vm.memoryOverheadMiB) = (one(of: [0, 128, 256, 512]), one(of: [0, 0, 64]))
        vms.append(vm)
      }
    }

    /// What a VM without a reservation counts as.
    var least: Int { hosts.contains { $0.product.contains("3.5") } ? 256 : 32 }

    /// Every set of hosts.
    var sets: [[Int]] { (0..<(1 << hosts.count)).map { set in hosts.indices.filter { set & (1 << $0) != 0 } } }
  }

  @Test("Slots are those of plain counting")
  func slots() {
    var seen = Set<Int>()
    for seed in 0..<UInt64(2000) {
      let lab = Lab(seed: seed)
      let policy = SlotPolicy(lab.hosts, lab.vms)
      guard let policy else {
        #expect(lab.vms.isEmpty, "seed \(seed)")
        continue
      }
      var (mhz, memory) = (0, Int64(0))
      for vm in lab.vms {
        mhz = max(mhz, vm.cpuReservationMHz == 0 ? lab.least : vm.cpuReservationMHz)
        memory = max(memory, vm.memoryReservationMiB + vm.memoryOverheadMiB)
      }
      let slots = lab.hosts.map { host in
        var slots = 0
        while (slots + 1) * mhz <= host.cores * host.mhz,
          Int64(slots + 1) * memory <= host.memoryMiB - host.nodeMemoryMiB
        {
          slots += 1
        }
        return slots
      }
      /// Whether a slot is left for each VM, whichever hosts fail.
      func holds(_ failures: Int) -> Bool {
        lab.sets.filter { $0.count == failures }.allSatisfy { failed in
          slots.indices.filter { !failed.contains($0) }.reduce(0) { $0 + slots[$1] } >= lab.vms.count
        }
      }
      let tolerated = (0..<lab.hosts.count).last { (0...$0).allSatisfy(holds) } ?? 0
      #expect(policy.mhz == mhz && policy.memoryMiB == memory && policy.slots == slots, "seed \(seed)")
      #expect(policy.failuresTolerated == tolerated, "seed \(seed)")
      seen.insert(tolerated)
    }
    #expect(seen.isSuperset(of: [0, 1, 2]))
  }

  @Test("The free shares and what they provide for are those of plain counting")
  func percentages() throws {
    var seen = Set<Int>()
    for seed in 0..<UInt64(2000) {
      let lab = Lab(seed: seed)
      let policy = try #require(PercentagePolicy(lab.hosts, lab.vms))
      let cpu = lab.hosts.map { $0.cores * $0.mhz }
      let memory = lab.hosts.map { Int($0.memoryMiB - $0.nodeMemoryMiB) }
      var (freeCPU, freeMemory) = (cpu.reduce(0, +), memory.reduce(0, +))
      for vm in lab.vms {
        freeCPU -= vm.cpuReservationMHz == 0 ? lab.least : vm.cpuReservationMHz
        freeMemory -= Int(vm.memoryReservationMiB + vm.memoryOverheadMiB)
      }
      #expect(abs(policy.cpuRatio - Double(freeCPU) / Double(cpu.reduce(0, +))) < 1e-12, "seed \(seed)")
      #expect(abs(policy.memoryRatio - Double(freeMemory) / Double(memory.reduce(0, +))) < 1e-12, "seed \(seed)")
      func holds(_ failures: Int) -> Bool {
        lab.sets.filter { $0.count == failures }.allSatisfy { failed in
          failed.reduce(0) { $0 + cpu[$1] } <= freeCPU && failed.reduce(0) { $0 + memory[$1] } <= freeMemory
        }
      }
      let tolerated = (1..<max(1, lab.hosts.count)).last { (1...$0).allSatisfy(holds) } ?? 0
      #expect(policy.failuresTolerated == tolerated, "seed \(seed)")
      seen.insert(tolerated)
    }
    #expect(seen.isSuperset(of: [0, 1, 2]))
  }

  @Test("A dedicated host is without VMs, and no host with VMs is larger in anything")
  func dedicated() {
    var found = 0
    for seed in 0..<UInt64(500) {
      let lab = Lab(seed: seed)
      let used = Set(lab.vms.map(\.host))
      let expected = lab.hosts.filter { host in
        !used.contains(host.name)
          && !lab.hosts.contains { other in
            used.contains(other.name)
              && (other.cores > host.cores || other.memoryMiB - other.nodeMemoryMiB > host.memoryMiB - host.nodeMemoryMiB)
          }
      }
      #expect(DedicatedPolicy(lab.hosts, lab.vms).hosts == expected.map(\.name), "seed \(seed)")
      found += expected.count
    }
    #expect(found > 50)
  }

  /// There is room for everything; a host stays only where a VM is bound to it, or where it is the last.
  @Test("Hosts are looked at from the emptiest on, until eight in turn have to stay")
  func retirement() {
    var (cutOff, passedEight) = (0, 0)
    for seed in 0..<UInt64(300) {
      var random = SplitMix64(seed: seed)
      var pool = Pool()
      let count = Int.random(in: 3...24, using: &random)
      pool.hosts = (0..<count).map { Pool.Host(name: "h\($0)", memory: 1 << 20, cores: 8) }
      let bound = Set((0..<count).filter { _ in Int.random(in: 0..<10, using: &random) < 6 })
      var used = [Int](repeating: 0, count: count)
      for host in 0..<count {
        for isBound in [bound.contains(host), Int.random(in: 0..<2, using: &random) == 0 ? false : nil] {
          guard let isBound, isBound || isBound == false && host % 3 != 0 else { continue }
          var item = PackingItem(memory: Int.random(in: 1...4, using: &random) * 512, cpu: 0, origin: host)
          if isBound { item.allowed = (0..<count).map { $0 == host } }
          used[host] += item.memory
          pool.loads.append(Pool.Load(vms: ["v\(pool.loads.count)"], item: item))
        }
      }
      var (going, staying, inTurn): ([String], [String], Int) = ([], [], 0)
      for host in (0..<count).sorted(by: { used[$0] == used[$1] ? $0 < $1 : used[$0] < used[$1] }) {
        if inTurn == 8 { break }
        if bound.contains(host) || going.count == count - 1 {
          staying.append("h\(host)")
          inTurn += 1
        } else {
          going.append("h\(host)")
          inTurn = 0
        }
      }
      let found = Retirement(pool, target: 1, demand: [:], keepFailures: 0)
      #expect(found.hosts == going && found.staying.map(\.host) == staying, "seed \(seed)")
      if going.count + staying.count < count { cutOff += 1 }
      if staying.count > 8, going.count + staying.count == count { passedEight += 1 }
    }
    #expect(cutOff > 10 && passedEight > 10, "\(cutOff), \(passedEight)")
  }
}
