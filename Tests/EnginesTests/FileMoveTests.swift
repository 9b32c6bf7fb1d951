import Inventory
import Ledger
import Testing

@testable import Engines

/// What moves of files take, against the numbers of the field's models; docs/migration.md has the formulas.
@Suite struct FileMoveTests {
  /// The disk of the models: 40 GiB, copied at 64 MiB/s, committed at 32.
  private func move(
    _ way: RelocationWay, writes: Double, writeSet: Double? = nil, policy: MigrationSettings.NotConverging = .abort
  ) async throws -> (
    ended: EventType?, seconds: Double, downtime: Double, mib: Double
  ) {
    let lab = try await PlayDesk.play([(0, .vmMigrateStorage(vm: "w", datastore: "new", way: way))]) { cluster in
      cluster.datastores = ["old", "new"].map { name in
        var store = Datastore(name: name, capacityMiB: 512_000)
        (store.copyMiBPerSecond, store.commitMiBPerSecond) = (64, 32)
        return store
      }
      var disk = VirtualDisk(datastore: "old", sizeMiB: 40960)
      (disk.writeMiBPerSecond, disk.writeSetMiB) = (writes, writeSet)
      cluster.vms[0].disks = [disk]
      cluster.clusters[0].migration.notConverging = policy
    }
    #expect(lab.objections.isEmpty)
    let end = try lab.ledger.read { reader in
      try reader.migrationNumbers().last.flatMap { try reader.migrationEvents(of: $0).last?.event }
    }
    return (
      end?.type, end?.detail?["duration_s"]?.doubleValue ?? 0, end?.detail?["downtime_ms"]?.doubleValue ?? 0,
      Double(end?.detail?["bytes"]?.intValue ?? 0) / 1_048_576
    )
  }

  @Test(arguments: [
    (RelocationWay.redoLog, 8.0, 853.125, 625.0, 47780.0), (.changedBlocks, 8, 731.40625, 156.25, 46810),
    (.mirror, 8, 640, 0, 43520), (.redoLog, 16, 1278.75, 1250, 61400), (.changedBlocks, 16, 853.125, 625, 54600),
    (.mirror, 16, 640, 0, 46080),
  ])
  func theModelsHold(way: RelocationWay, writes: Double, seconds: Double, downtime: Double, mib: Double) async throws {
    let found = try await move(way, writes: writes)
    #expect(found.ended == .migrationCompleted)
    #expect(abs(found.seconds - seconds) < 1e-4 && abs(found.downtime - downtime) < 0.01 && abs(found.mib - mib) < 0.01)
  }

  /// What is written as fast as it is copied gets no smaller: the VM stays as it was.
  @Test(arguments: [RelocationWay.redoLog, .changedBlocks])
  func whatDoesNotConvergeIsGivenUp(way: RelocationWay) async throws {
    #expect(try await move(way, writes: 80, writeSet: 2048).ended == .migrationRolledBack)
  }

  /// Or it is handed over all the same: what is left is copied while the guest stands still.
  @Test func itCanBeForced() async throws {
    let tracked = try await move(.changedBlocks, writes: 80, writeSet: 2048, policy: .force)
    #expect(tracked.ended == .migrationCompleted && tracked.downtime == 32000)
    let logged = try await move(.redoLog, writes: 80, writeSet: 2048, policy: .force)
    #expect(logged.ended == .migrationCompleted && logged.downtime == 64000)
  }

  /// The cluster says how much of its links one move may have.
  @Test func aMoveHasNoMoreThanItMay() async throws {
    let lab = try await PlayDesk.play([(0, .vmMigrate(vm: "w", host: "b"))]) { cluster in
      cluster.clusters[0].migration.bandwidthMiBPerSecond = 32
      cluster.vms[0].dirtyMiBPerSecond = 0
    }
    let passes = try lab.ledger.read { reader in
      try reader.migrationNumbers().first.map { try reader.migrationEvents(of: $0) } ?? []
    }.compactMap { $0.event.detail?["duration_s"]?.doubleValue }
    #expect(lab.objections.isEmpty && passes.first == 128)
  }

  /// A guest that is slowed writes less.
  @Test(arguments: [RelocationWay.redoLog, .changedBlocks])
  func orSlowed(way: RelocationWay) async throws {
    #expect(try await move(way, writes: 80, writeSet: 2048, policy: .throttle).ended == .migrationCompleted)
  }
}
