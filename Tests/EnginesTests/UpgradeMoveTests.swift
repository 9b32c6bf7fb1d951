import Hypervisor
import Inventory
import Ledger
import Testing

@testable import Engines

/// The move of a VM to a new host and new files, from which there is no way back: hosts that fail, and space that runs out.
@Suite struct UpgradeMoveTests {
  /// w is moved from a to b at 10 s. At 32.7 s it is handed over, and at 80 s its disk is copied.
  private func play(
    _ more: [(Double, TimelineAction)], faults: OrderFaults = OrderFaults(), until: Double?
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

  /// The new host could not take it, and what it has cannot be removed: the VM runs on where it was.
  @Test(arguments: [121, 1500.0])
  func aHostIsSilentAfterTheWayBackBegan(back: Double) async throws {
    let (lab, events) = try await play(
      [
        (31, .hostStorageCut(host: "b")), (91, .hostNetworkCut(host: "b")), (back, .hostNetworkRestore(host: "b")),
        (back + 1, .hostStorageRestore(host: "b")),
      ], until: 2000)
    let (stints, told) = (lab.stints.filter { $0.vm == "w" }, lab.told.joined(separator: "\n"))
    #expect(events.last?.type == .migrationRolledBack, "\(told)")
    #expect(stints.count == 2 && stints.allSatisfy { $0.host == "a" } && stints.last?.until == nil, "\(told)")
    // Somebody else may have taken it up from the journal: it stood still once, for as long as the hardware says.
    let still = stints.count == 2 ? stints[1].since.seconds(since: stints[0].until ?? stints[1].since) : 0
    #expect(events.last?.detail?["downtime_ms"]?.doubleValue.map { abs($0 - still * 1000) < 0.01 } == true, "\(told)")
    #expect(lab.disks[0].files.map(\.datastore) == ["old"])
  }

  /// The new host is silent for longer than anybody waits: the copies are removed once it answers.
  @Test(arguments: [false, true])
  func whatIsLeftOnADatastoreIsRemovedLater(losesPower: Bool) async throws {
    let (lab, events) = try await play(
      losesPower
        ? [(20, .hostPowerCut(host: "b")), (1000, .hostPowerRestore(host: "b"))]
        : [(20, .hostNetworkCut(host: "b")), (1000, .hostNetworkRestore(host: "b"))], until: nil)
    #expect(events.last?.type == .migrationRolledBack && events.last?.detail?["left_over"] != nil)
    #expect(lab.disks[0].files.map(\.datastore) == ["old"])
    #expect(lab.told.contains("w: copies of its disks left over on new → removed"))
    #expect(try lab.ledger.read { try $0.leftOvers() }.isEmpty)
  }

  @Test func whatIsLeftOverStaysOnRecordWhileTheHostIsSilent() async throws {
    let (lab, _) = try await play([(20, .hostNetworkCut(host: "b"))], until: 2000)
    #expect(try lab.ledger.read { try $0.leftOvers() }.count == 1)
  }
}
