import Foundation
import Hypervisor
import Inventory
import Ledger
import TestSupport

@testable import Engines
@testable import Importers

/// The service died.
struct Crash: Error {}

/// What was told while a scenario was played.
final class Story {
  private(set) var lines: [String] = []
  func add(_ line: String) { lines.append(line) }
}

/// A cluster and what happens to it, drawn from a seed, and played with deaths of the service in between.
struct Chance {
  let seed: UInt64
  var random: SplitMix64
  let scenario: Scenario
  /// The changes of state, as they came.
  var story: [String] = []

  init(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var cluster = ClusterSnapshot()
    var settings = Cluster(name: "lab")
    settings.migration.perHost = Int.random(in: 1...3, using: &random)
    settings.migration.notConverging = MigrationSettings.NotConverging.allCases.randomElement(using: &random) ?? .abort
    settings.migration.maxPasses = Int.random(in: 2...8, using: &random)
    settings.migration.switchMilliseconds = [0, 50, 2000].randomElement(using: &random) ?? 0
    cluster.clusters = [settings]
    // An old host, which does not see the new datastores, and an old datastore.
    let isUpgrade = Int.random(in: 0...2, using: &random) == 0
    let hosts = (1...Int.random(in: 2...5, using: &random)).map { "h\($0)" }
    cluster.hosts = hosts.map { name in
      var host = Host(name: name, cluster: "lab", cores: 8, memoryMiB: Int64.random(in: 4...16, using: &random) * 1024)
      host.linkMiBPerSecond = Double(Int.random(in: 20...200, using: &random))
      if name == "h1", isUpgrade { host.product = "ESX 2.5.4" }
      return host
    }
    let stores = (1...3).map { "s\($0)" }
    cluster.datastores = stores.map { name in
      var store = Datastore(name: name, capacityMiB: Double(Int.random(in: 4...40, using: &random)) * 1000)
      store.copyMiBPerSecond = Double(Int.random(in: 20...200, using: &random))
      store.commitMiBPerSecond = store.copyMiBPerSecond / 2
      if isUpgrade, name == "s1" { store.format = "vmfs2" }
      if isUpgrade, name != "s1" { store.hosts = Set(hosts.dropFirst()) }
      return store
    }
    var free = Dictionary(uniqueKeysWithValues: cluster.datastores.map { ($0.name, $0.capacityMiB) })
    var used: [String: Int64] = [:]
    for number in 1...Int.random(in: 1...8, using: &random) {
      guard let host = cluster.hosts.randomElement(using: &random) else { continue }
      let memory = Int64.random(in: 1...4, using: &random) * 512
      guard used[host.name, default: 0] + memory <= host.memoryMiB else { continue }
      used[host.name, default: 0] += memory
      var vm = VirtualMachine(name: "v\(number)", host: host.name, memoryMiB: memory, vcpus: 1)
      vm.dirtyMiBPerSecond = Double(Int.random(in: 0...150, using: &random))
      vm.workingSetMiB = Double(Int.random(in: 1...Int(memory), using: &random))
      if Int.random(in: 0...5, using: &random) == 0 { vm.power = .off }
      for _ in 0..<Int.random(in: 0...2, using: &random) {
        guard let any = stores.randomElement(using: &random) else { continue }
        let store = isUpgrade && vm.host == "h1" ? "s1" : any
        var disk = VirtualDisk(datastore: store, sizeMiB: Double(Int.random(in: 1...40, using: &random)) * 100)
        guard free[store, default: 0] >= disk.sizeMiB else { continue }
        free[store, default: 0] -= disk.sizeMiB
        disk.writeMiBPerSecond = Double(Int.random(in: 0...100, using: &random))
        if Bool.random(using: &random) { disk.writeSetMiB = Double(Int.random(in: 1...100, using: &random)) }
        vm.disks.append(disk)
      }
      cluster.vms.append(vm)
    }
    var scenario = Scenario(name: "lab", start: Instant(microseconds: 1_767_225_600_000_000), cluster: cluster)
    scenario.timeline = (0..<Int.random(in: 1...12, using: &random)).compactMap { _ in
      let at = Double(Int.random(in: 0...4000, using: &random)) / 10
      guard let action = Self.action(hosts, stores, cluster.vms.map(\.name), &random) else { return nil }
      return TimelineEntry(at: at, action: action)
    }.sorted { $0.at < $1.at }
    (self.seed, self.random, self.scenario) = (seed, random, scenario)
  }

  private static func action(
    _ hosts: [String], _ stores: [String], _ vms: [String], _ random: inout SplitMix64
  ) -> TimelineAction? {
    guard let store = stores.randomElement(using: &random), let other = stores.randomElement(using: &random),
      let host = hosts.randomElement(using: &random), let vm = vms.randomElement(using: &random)
    else { return nil }
    switch Int.random(in: 0...22, using: &random) {
    case 0: return .hostPowerCut(host: host)
    case 1: return .hostPowerRestore(host: host)
    case 2: return .hostNetworkCut(host: host)
    case 3: return .hostNetworkRestore(host: host)
    case 4: return .hostHang(host: host)
    case 5: return .hostStorageCut(host: host)
    case 6: return .hostStorageRestore(host: host)
    case 7: return .migrationCancel(vm: vm)
    case 8: return .datastoreFill(datastore: store, percent: Double(Int.random(in: 50...100, using: &random)))
    case 9...10: return .vmMigrate(vm: vm, host: host, datastore: store)
    case 11...15:
      return .vmMigrateStorage(
        vm: vm, datastore: store, way: RelocationWay.allCases.randomElement(using: &random),
        disks: Bool.random(using: &random) ? [other] : [], logDatastore: Bool.random(using: &random) ? other : nil)
    case 16...18: return .vmUpgradeMigrate(vm: vm, host: host, datastore: store)
    default: return .vmMigrate(vm: vm, host: host)
    }
  }

  /// Plays the scenario; the service dies a few times at checkpoints, and comes back after a while.
  /// - Returns: what must never be and was.
  mutating func play() async throws -> [String] {
    let ledger = try Ledger.inMemory(name: UUID().uuidString, now: scenario.start)
    let source = try await ledger.write(at: scenario.start) { try $0.source(named: "lab", instanceUUID: nil) }
    let (scenario, told) = (scenario, Story())
    defer { story = told.lines }
    try await ledger.write(at: scenario.start) { transaction in
      for event in ClusterFileMapper(scenario.cluster, at: scenario.start, keyPrefix: "chance").events() {
        _ = try transaction.append(event, source: source)
      }
    }
    var faults = OrderFaults()
    if Bool.random(using: &random) { faults.loseAnswer = Int.random(in: 1...20, using: &random) }
    if Bool.random(using: &random) { faults.lateOrder = Int.random(in: 1...20, using: &random) }
    if Bool.random(using: &random) { faults.repeatOrder = Int.random(in: 1...20, using: &random) }
    let simulator = Simulator(
      scenario.cluster, timeline: scenario.timeline, start: scenario.start, faults: faults,
      abilities: Abilities(refusesOldEpochs: true, locksDisks: Int.random(in: 0...2, using: &random) > 0))
    var deaths = Int.random(in: 0...3, using: &random)
    while true {
      var left = deaths > 0 ? Int.random(in: 1...25, using: &random) : Int.max
      let play = Play(
        scenario, on: simulator, ledger: ledger, source: source,
        onChange: { told.add("\($0.at) \($0.subject): \($0.old) → \($0.new), because \($0.because)") },
        onCheckpoint: {
          left -= 1
          if left == 0 { throw Crash() }
        })
      do {
        let objections = try await play.run()
        let problems = try ledger.read { try $0.check() }.problems
        let open = try ledger.read { try $0.openMigrations() }
        return objections + problems.map { "ledger: \($0)" } + open.map { "open: migration \($0[0].seq)" }
      } catch is Crash {
        deaths -= 1
        told.add("\(simulator.now) the service dies")
        simulator.run(until: simulator.now.adding(seconds: Double(Int.random(in: 0...300, using: &random))))
      }
    }
  }
}
