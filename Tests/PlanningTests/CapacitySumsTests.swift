import Inventory
import TestSupport
import Testing

@testable import Planning

/// The sums of a pool, value by value, and which pools there are.
@Suite struct CapacitySumsTests {
  private static func host(_ number: Int, _ random: inout SplitMix64) -> Host {
    func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }
    // Now and then a host does not say how large it is.
    var host = Host(
      name: "h\(number)", cluster: ["a", "b", ""][below(3)], cores: below(6) == 0 ? 0 : 8 * (1 + below(3)),
      memoryMiB: below(6) == 0 ? 0 : Int64(1000 * (1 + below(4))))
    host.nodeMemoryMiB = below(8) == 0 ? 9000 : Int64(below(3)) * 100
    host.sockets = below(6) == 0 ? 0 : 1 + below(2)
    host.threads = below(6) == 0 ? nil : 16 * (1 + below(2))
    host.isConnected = below(4) > 0
    host.mode = [.normal, .normal, .maintenance, .standby][below(4)]
    return host
  }

  private static func vm(_ number: Int, _ random: inout SplitMix64) -> VirtualMachine {
    func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }
    var vm = VirtualMachine(
      name: "v\(number)", host: "h\(below(5))", memoryMiB: Int64(100 * (1 + below(9))), vcpus: 1 + below(4))
    vm.power = [.on, .off, .suspended][below(3)]
    vm.isTemplate = below(5) == 0
    if below(3) > 0 {
      var storage = VMStorage()
      storage.provisionedMiB = below(3) == 0 ? nil : Double(below(100))
      storage.inUseMiB = below(3) == 0 ? nil : Double(below(100))
      storage.guestConsumedMiB = below(3) == 0 ? nil : Double(below(100))
      vm.storage = storage
    }
    return vm
  }

  /// A sum of what all say; nil where one says nothing.
  private func sum<Number: Numeric>(_ numbers: [Number?]) -> Number? {
    numbers.contains { $0 == nil } ? nil : numbers.reduce(0) { $0 + ($1 ?? 0) }
  }

  /// A sum of what some say; nil where none says anything.
  private func sumOfSome(_ numbers: [Double?]) -> Double? {
    numbers.allSatisfy { $0 == nil } ? nil : numbers.reduce(0) { $0 + ($1 ?? 0) }
  }

  @Test("The sums are those of the values one by one", arguments: 0..<200)
  func sumsAreThoseOfTheValues(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let hosts = (0..<Int.random(in: 1...4, using: &random)).map { Self.host($0, &random) }
    let vms = (0..<Int.random(in: 0...6, using: &random)).map { Self.vm($0, &random) }
    let sums = CapacitySums(hosts, vms)
    #expect(sums.hosts == hosts.count)
    #expect(sums.liveHosts == hosts.count { $0.isConnected && $0.mode == .normal })
    #expect(sums.sockets == sum(hosts.map { $0.sockets > 0 ? $0.sockets : nil }))
    #expect(sums.cores == sum(hosts.map { $0.cores > 0 ? $0.cores : nil }))
    #expect(sums.threads == sum(hosts.map(\.threads)))
    let memory = hosts.map { $0.memoryMiB > 0 ? $0.memoryMiB : nil }
    #expect(sums.memoryMiB == sum(memory))
    let usable = hosts.map { $0.memoryMiB > 0 ? max(0, $0.memoryMiB - $0.nodeMemoryMiB) : nil }
    #expect(sums.usableMiB == sum(usable))
    let counted = vms.filter { !$0.isTemplate }
    let running = counted.filter { $0.power == .on }
    #expect(sums.vms == counted.count && sums.vmsOn == running.count)
    #expect(sums.vcpus == counted.map(\.vcpus).reduce(0, +) && sums.vcpusOn == running.map(\.vcpus).reduce(0, +))
    #expect(sums.vmMemoryMiB == counted.map(\.memoryMiB).reduce(0, +))
    #expect(sums.vmMemoryOnMiB == running.map(\.memoryMiB).reduce(0, +))
    #expect(sums.provisionedMiB == sumOfSome(vms.map { $0.storage?.provisionedMiB }))
    #expect(sums.inUseMiB == sumOfSome(vms.map { $0.storage?.inUseMiB }))
    #expect(sums.guestConsumedMiB == sumOfSome(vms.map { $0.storage?.guestConsumedMiB }))
  }

  @Test("Every VM is in the pool of its host, and a host in no cluster is one if its size is known", arguments: 0..<200)
  func poolsPartAnInventory(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    var snapshot = ClusterSnapshot()
    snapshot.clusters = [Cluster(name: "a"), Cluster(name: "b")]
    snapshot.hosts = (0..<4).map { Self.host($0, &random) }
    snapshot.vms = (0..<8).map { Self.vm($0, &random) }
    for index in snapshot.vms.indices where Bool.random(using: &random) { snapshot.vms[index].cluster = "b" }
    var expected: [PoolScope] = [.cluster("a"), .cluster("b")]
    for host in snapshot.hosts where host.cluster == "" {
      if host.memoryMiB != 0 || host.cores != 0 { expected.append(.host(host.name)) }
    }
    #expect(PoolScope.all(snapshot) == expected, "seed \(seed)")
    for vm in snapshot.vms {
      let host = snapshot.hosts.first { $0.name == vm.host }
      let scope: PoolScope?
      switch host?.cluster {
      case "": scope = .host(vm.host)
      case let cluster?: scope = .cluster(cluster)
      case nil: scope = vm.cluster.map { .cluster($0) }
      }
      let holding = (expected + snapshot.hosts.map { .host($0.name) }).filter { pool in
        pool.vms(of: snapshot).contains { $0.name == vm.name }
      }
      #expect(Set(holding) == Set([scope].compactMap(\.self)), "seed \(seed), \(vm.name)")
    }
  }
}
