import Foundation
import Hypervisor
import History
import Inventory
import Ledger
import TestSupport

@testable import Engines
@testable import Importers

/// A VM that is brought from an old host to a new one at 10 s; its upgrade is planned at 200 s for 300 s.
struct UpgradeLab {
  /// What was found at the end.
  struct Found {
    let objections: [String]
    let told: [String]
    let stints: [Stint]
    let debt: UpgradeDebt?
    /// Types of the events that are about what is owed.
    let events: [String]
    let hardware: HardwareReport?
    let checkpoints: Int
    let sent: Int
  }

  static let start = Instant(microseconds: 1_767_225_600_000_000)
  var scenario: Scenario
  var faults = OrderFaults()
  /// How many checkpoints become durable before the service dies, at each death in turn, and for how long it is away.
  var deaths: [(checkpoint: Int, seconds: Double)] = []

  init(_ more: [(Double, TimelineAction)] = [], disks: Int = 2, until: Double? = nil, plan: Double? = 300) {
    var cluster = ClusterSnapshot()
    cluster.clusters = [Cluster(name: "lab")]
    cluster.hosts = ["old", "a", "b"].map { Host(name: $0, cluster: "lab", cores: 8, memoryMiB: 4096) }
    cluster.hosts[0].product = "ESX 2.5.4"
    cluster.datastores = [Datastore(name: "s2", capacityMiB: 9000), Datastore(name: "s3", capacityMiB: 9000)]
    cluster.datastores[0].format = "vmfs2"
    cluster.datastores[1].hosts = ["a", "b"]
    var vm = VirtualMachine(name: "w", host: "old", memoryMiB: 1024, vcpus: 1)
    vm.disks = (0..<disks).map { _ in VirtualDisk(datastore: "s2", sizeMiB: 100) }
    var other = VirtualMachine(name: "x", host: "a", memoryMiB: 1024, vcpus: 1)
    other.disks = [VirtualDisk(datastore: "s3", sizeMiB: 100)]
    cluster.vms = [vm, other]
    scenario = Scenario(name: "lab", start: Self.start, cluster: cluster)
    var timeline: [(Double, TimelineAction)] = [(10, .vmUpgradeMigrate(vm: "w", host: "a", datastore: "s3"))]
    if let plan { timeline.append((200, .vmUpgradeSchedule(vm: "w", when: plan))) }
    scenario.timeline = (timeline + more).map { TimelineEntry(at: $0.0, action: $0.1) }.sorted { $0.at < $1.at }
    scenario.until = until
  }

  func play() async throws -> Found {
    let (scenario, story) = (scenario, Story())
    let ledger = try Ledger.inMemory(name: UUID().uuidString, now: scenario.start)
    let source = try await ledger.write(at: scenario.start) { try $0.source(named: "lab", instanceUUID: nil) }
    try await ledger.write(at: scenario.start) { transaction in
      for event in ClusterFileMapper(scenario.cluster, at: scenario.start, keyPrefix: "test").events() {
        _ = try transaction.append(event, source: source)
      }
    }
    let simulator = Simulator(scenario.cluster, timeline: scenario.timeline, start: scenario.start, faults: faults)
    var (checkpoints, sent, deaths, objections) = (0, 0, deaths[...], [String]())
    simulator.onCarriedOut = { sent = $0 }
    while true {
      let death = deaths.popFirst()
      var left = death?.checkpoint ?? .max
      let play = Play(
        scenario, on: simulator, ledger: ledger, source: source,
        onChange: {
          story.add("\($0.at.seconds(since: scenario.start)) \($0.subject): \($0.old) → \($0.new), because \($0.because)")
        },
        onCheckpoint: {
          (checkpoints, left) = (checkpoints + 1, left - 1)
          if left == 0 { throw Crash() }
        })
      do {
        objections += try await play.run()
        break
      } catch is Crash {
        story.add("the service dies")
        simulator.run(until: simulator.now.adding(seconds: death?.seconds ?? 0))
      }
    }
    let (debt, events, problems) = try ledger.read { reader in
      var events: [String] = []
      try reader.forEachEvent(EventFilter()) { entry in
        guard UpgradeDebt.number(of: entry.event) != nil || entry.event.type == .vmUpgradeOwed else { return }
        events.append(entry.event.type.rawValue)
      }
      return (try reader.upgradeDebts().last, events, try reader.check().problems)
    }
    return Found(
      objections: objections + problems.map { "ledger: \($0)" }, told: story.lines, stints: simulator.stints, debt: debt,
      events: events, hardware: simulator.hardware(of: "w"), checkpoints: checkpoints, sent: sent)
  }
}
