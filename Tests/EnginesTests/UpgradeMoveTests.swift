import Hypervisor
import Inventory
import Ledger
import Testing

@testable import Engines

/// The move of a VM to a new host and new files, from which there is no way back: hosts that fail, and space that runs out.
@Suite struct UpgradeMoveTests {
  /// w is moved from a to b at 10 s. At 32.7 s it is handed over, and at 80 s its disk is copied.
  private func play(
    _ more: [(Double, TimelineAction)], faults: OrderFaults = OrderFaults(), until: Double
  ) async throws -> (lab: PlayDesk.Result, events: [Event]) {
    let move = TimelineAction.vmUpgradeMigrate(vm: "w", host: "b", datastore: "new")
    let lab = try await PlayDesk.play([(10, move)] + more, faults: faults, until: until) { cluster in
      cluster.clusters[0].migration.switchMilliseconds = 50
      cluster.hosts[0].product = "ESX 2.5.4"
      cluster.datastores = ["old", "new"].map { name in
        var store = Datastore(name: name, capacityMiB: 50_000)
        (store.copyMiBPerSecond, store.commitMiBPerSecond) = (64, 32)
        return store
      }
      cluster.datastores[0].format = "vmfs2"
      cluster.datastores[1].hosts = ["b"]
      var disk = VirtualDisk(datastore: "old", sizeMiB: 2048)
      disk.writeMiBPerSecond = 8
      (cluster.vms[0].disks, cluster.vms[0].memoryMiB) = ([disk], 2048)
    }
    #expect(lab.objections.isEmpty, "\(lab.told.joined(separator: "\n"))")
    let events = try lab.ledger.read { reader in
      try reader.migrationNumbers().last.map { try reader.migrationEvents(of: $0).map(\.event) } ?? []
    }
    return (lab, events)
  }

  /// The guest stands still for want of space, and its log is committed, though the service was away meanwhile.
  @Test func spaceRunsOutAndTheServiceDies() async throws {
    let (lab, events) = try await play(
      [(50, .datastoreFill(datastore: "new", percent: 100)), (60, .serviceCrash), (180, .serviceStart)], until: 2000)
    #expect(events.last?.type == .migrationCompleted, "\(lab.told.joined(separator: "\n"))")
    #expect(lab.stints.last?.host == "b" && lab.stints.last?.until == nil && lab.disks[0].logs.isEmpty)
  }
}
