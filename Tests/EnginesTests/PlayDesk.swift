import Foundation
import Hypervisor
import Inventory
import Ledger

@testable import Engines
@testable import Importers

/// Plays on three hosts with one VM, w, on host a.
enum PlayDesk {
  /// What came of it.
  struct Result {
    let objections: [String]
    /// The changes of state, as they were told.
    let told: [String]
    let stints: [Stint]
    /// Of w.
    let disks: [DiskReport]
    let ledger: Ledger
  }

  static func play(
    _ timeline: [(Double, TimelineAction)], faults: OrderFaults = OrderFaults(), until: Double? = nil,
    change: (inout ClusterSnapshot) -> Void = { _ in }
  ) async throws -> Result {
    var cluster = ClusterSnapshot()
    cluster.clusters = [Cluster(name: "lab")]
    cluster.hosts = ["a", "b", "c"].map { Host(name: $0, cluster: "lab", cores: 8, memoryMiB: 16384) }
    var vm = VirtualMachine(name: "w", host: "a", memoryMiB: 4096, vcpus: 1)
    vm.dirtyMiBPerSecond = 20
    cluster.vms = [vm]
    change(&cluster)
    var scenario = Scenario(name: "lab", start: Instant(microseconds: 1_767_225_600_000_000), cluster: cluster)
    scenario.timeline = timeline.map { TimelineEntry(at: $0.0, action: $0.1) }
    scenario.until = until
    let ledger = try Ledger.inMemory(name: UUID().uuidString, now: scenario.start)
    let source = try await ledger.write(at: scenario.start) { try $0.source(named: "lab", instanceUUID: nil) }
    let (start, placed) = (scenario.start, cluster)
    try await ledger.write(at: start) { transaction in
      for event in ClusterFileMapper(placed, at: start, keyPrefix: "test").events() {
        _ = try transaction.append(event, source: source)
      }
    }
    let simulator = Simulator(cluster, timeline: scenario.timeline, start: start, faults: faults)
    let story = Story()
    let play = Play(
      scenario, on: simulator, ledger: ledger, source: source,
      onChange: { story.add("\($0.subject): \($0.old) → \($0.new)") }, onCheckpoint: {})
    return Result(
      objections: try await play.run(), told: story.lines, stints: simulator.stints, disks: simulator.disks(of: "w"),
      ledger: ledger)
  }
}
