import Hypervisor
import Inventory
import Ledger
import Testing

@testable import Engines

/// Hosts that are silent for a while, answers that nobody hears, space that runs out: what once went wrong.
@Suite struct HostAnswersTests {
  private static let storage = TimelineAction.vmMigrateStorage(vm: "w", datastore: "new", way: .redoLog)
  private static let live = TimelineAction.vmMigrate(vm: "w", host: "b")

  private func play(
    _ timeline: [(Double, TimelineAction)], until: Double? = nil, change: (inout ClusterSnapshot) -> Void = { _ in }
  ) async throws -> (lab: PlayDesk.Result, end: Event?) {
    let lab = try await PlayDesk.play(timeline, until: until) { cluster in
      cluster.datastores = ["old", "new"].map { name in
        var store = Datastore(name: name, capacityMiB: 50000)
        (store.copyMiBPerSecond, store.commitMiBPerSecond) = (64, 32)
        return store
      }
      var disk = VirtualDisk(datastore: "old", sizeMiB: 4096)
      disk.writeMiBPerSecond = 8
      cluster.vms[0].disks = [disk]
      (cluster.vms[0].dirtyMiBPerSecond, cluster.vms[0].memoryMiB) = (10, 1024)
      change(&cluster)
    }
    #expect(lab.objections.isEmpty, "\(lab.told.joined(separator: "\n"))")
    let end = try lab.ledger.read { reader in
      try reader.migrationNumbers().last.flatMap { try reader.migrationEvents(of: $0).last?.event }
    }
    return (lab, end)
  }

  /// For how long w stood still before it ran at last.
  private func longestStandstill(_ lab: PlayDesk.Result) -> Double {
    let stints = lab.stints.filter { $0.vm == "w" }
    return zip(stints, stints.dropFirst()).map { $1.since.seconds(since: $0.until ?? $1.since) }.max() ?? 0
  }

  /// The answer is lost while the guest stands still: nobody waits for as long as a whole copy takes.
  @Test(arguments: [RelocationWay.changedBlocks, .redoLog, .mirror])
  func aBlipWhileTheGuestStandsStill(way: RelocationWay) async throws {
    let cut: Double = way == .changedBlocks ? 81.9 : way == .redoLog ? 93.9 : 73.9
    let (lab, end) = try await play([
      (10, .vmMigrateStorage(vm: "w", datastore: "new", way: way)), (cut, .hostNetworkCut(host: "a")),
      (cut + 2.5, .hostNetworkRestore(host: "a")),
    ])
    #expect(end?.type == .migrationCompleted || end?.type == .migrationRolledBack)
    #expect(longestStandstill(lab) < 60, "\(lab.told.joined(separator: "\n"))")
  }

  /// A move that waited in vain for a host goes on when that answers, also after it was left to a person.
  @Test func whatWaitedForAHostGoesOn() async throws {
    let (lab, end) = try await play(
      [(10, Self.storage), (60, .hostNetworkCut(host: "a")), (1500, .hostNetworkRestore(host: "a"))], until: 5000
    ) { $0.vms[0].disks[0].writeMiBPerSecond = 1 }
    #expect(lab.told.contains { $0.hasSuffix("copy → parked") })
    #expect(end?.type == .migrationCompleted)
  }

  /// A silent host is asked again and again; how long it is waited for counts from the first time.
  @Test func patienceCountsFromTheFirstDoubt() async throws {
    func waited(_ action: TimelineAction) async throws -> Double {
      let (lab, end) = try await play([(10, action), (15, .hostNetworkCut(host: "a"))], until: 5000) {
        $0.vms[0].disks[0].writeMiBPerSecond = 1
      }
      let number = try lab.ledger.read { try $0.migrationNumbers().last ?? 0 }
      let events = try lab.ledger.read { try $0.migrationEvents(of: number).map(\.event) }
      #expect(end?.type == .migrationParked)
      let doubt = try #require(events.first { $0.detail?["phase"]?.stringValue == "asking" })
      return end?.occurredAt.seconds(since: doubt.occurredAt) ?? 0
    }
    #expect(try await waited(Self.storage) == 900)
    #expect(try await waited(.vmMigrateStorage(vm: "w", datastore: "new", way: .mirror)) == 900)
  }

  /// The log fills the datastore while nobody watches: an event says that the guest stands still, and it goes on.
  @Test func aGuestThatLacksSpaceIsAnEvent() async throws {
    let (lab, end) = try await play([(10, Self.storage), (60, .serviceCrash), (1500, .serviceStart)]) { cluster in
      cluster.datastores[0].capacityMiB = 7000
      cluster.vms[0].disks[0].writeMiBPerSecond = 10
    }
    #expect(end?.type == .migrationRolledBack && lab.told.contains("w: on → out of space"))
    #expect(lab.stints.last?.until == nil && lab.disks[0].logs.isEmpty)
  }

  /// The target cannot run it, and never did: the source does.
  @Test func theTargetHasLostItsStorage() async throws {
    let (lab, end) = try await play(
      [(10, Self.live), (15, .hostStorageCut(host: "b")), (265, .hostStorageRestore(host: "b"))], until: 600)
    #expect(end?.type == .migrationRolledBack && lab.stints.last?.host == "a" && longestStandstill(lab) < 1)
  }

  @Test func theSourceIsGoneAndTheTargetSilent() async throws {
    let (lab, end) = try await play(
      [
        (10, Self.live), (15, .hostNetworkCut(host: "b")), (16, .hostPowerCut(host: "a")),
        (17, .hostPowerRestore(host: "a")),
      ], until: 600)
    #expect(end?.type == .migrationFailed && lab.told.contains("w: on → off"))
  }

  @Test func oldFilesAreRemovedWhenTheirHostAnswers() async throws {
    let (lab, end) = try await play(
      [
        (10, .vmMigrate(vm: "w", host: "b", datastore: "new")), (84.25, .hostNetworkCut(host: "a")),
        (144, .hostNetworkRestore(host: "a")),
      ], until: 600
    ) { $0.clusters[0].migration.switchMilliseconds = 50 }
    #expect(end?.type == .migrationCompleted && lab.disks[0].files.map(\.datastore) == ["new"])
  }

  /// A VM without disks has no files to move; to another host it goes all the same.
  @Test func noDisks() async throws {
    let (lab, end) = try await play([
      (1, Self.storage), (2, .vmMigrate(vm: "w", host: "b", datastore: "new")),
    ]) { $0.vms[0].disks = [] }
    #expect(lab.told.contains("w: on a → refused for new") && end?.type == .migrationCompleted)
    #expect(end?.detail?["kind"] == "live" && lab.stints.last?.host == "b")
  }

  /// What a move takes is counted once, also at the moment at which it begins.
  @Test func twoMovesFitAtOnce() async throws {
    let (lab, _) = try await play([
      (1, .vmMigrateStorage(vm: "w", datastore: "new", way: .mirror)),
      (1, .vmMigrateStorage(vm: "x", datastore: "new", way: .mirror)),
    ]) { cluster in
      cluster.datastores[1].capacityMiB = 9000
      cluster.vms.append(VirtualMachine(name: "x", host: "b", memoryMiB: 1024, vcpus: 1))
      cluster.vms[1].disks = cluster.vms[0].disks
    }
    #expect(lab.told.filter { $0.hasSuffix("opened → completed") }.count == 2)
  }

  /// What ends at the moment at which the inventory was read is newer than that.
  @Test func aMoveThatTakesNoTimeAtTheFirstMoment() async throws {
    let (lab, end) = try await play([(0, .vmMigrateStorage(vm: "w", datastore: "new", way: .mirror))]) { cluster in
      cluster.luns = [LUN(id: "naa.1", sizeMiB: 1000)]
      cluster.luns[0].numbers = ["a": 1]
      cluster.vms[0].disks[0].mapping = VirtualDisk.RawDeviceMapping(lun: "naa.1", mode: .virtual)
    }
    #expect(end?.type == .migrationCompleted && lab.disks[0].files.map(\.datastore) == ["new"])
    let (_, cold) = try await play([(0, .vmMigrate(vm: "w", host: "b"))]) { $0.vms[0].power = .off }
    #expect(cold?.type == .migrationCompleted)
  }

  /// A copy of a VM that was switched off meanwhile is left over all the same.
  @Test func aCopyIsLeftOver() async throws {
    let (lab, _) = try await play(
      [
        (10, Self.live), (15, .hostNetworkCut(host: "b")), (30, .vmPowerOff(vm: "w")), (60, .hostNetworkRestore(host: "b")),
      ], until: 100)
    #expect(lab.told.contains("w: left over on b → removed"))
  }
}
