import Hypervisor
import Inventory
import TestSupport
import Testing

@testable import Engines

/// Moves that share datastores: none of them may fill one with its log because the others make it slow.
@Suite struct CompanyTests {
  private func disks(_ cluster: inout ClusterSnapshot, log: Double, writes: [Double], mirrors: Int = 0, mib: Double = 8000) {
    cluster.clusters[0].migration.perDatastore = 8
    cluster.datastores = ["old", "new"].map { Datastore(name: $0, capacityMiB: 90_000) }
    cluster.datastores.append(Datastore(name: "logs", capacityMiB: log))
    func vm(_ name: String, _ mib: Double, writes: Double) -> VirtualMachine {
      var vm = VirtualMachine(name: name, host: "a", memoryMiB: 512, vcpus: 1)
      vm.disks = [VirtualDisk(datastore: "old", sizeMiB: mib)]
      vm.disks[0].writeMiBPerSecond = writes
      return vm
    }
    cluster.vms = writes.enumerated().map { vm("r\($0)", mib, writes: $1) }
    cluster.vms += (0..<mirrors).map { vm("m\($0)", 2600, writes: 0) }
  }

  private func byLog(_ vm: String) -> TimelineAction {
    .vmMigrateStorage(vm: vm, datastore: "new", way: .redoLog, logDatastore: "logs")
  }

  /// Each by itself would fit, and both would if neither slowed the other.
  @Test func theSecondIsRefusedThatWouldMakeTheFirstTooSlow() async throws {
    let moves = [(10.0, byLog("r0")), (11, byLog("r1"))]
    let lab = try await PlayDesk.play(moves) { disks(&$0, log: 600, writes: [2, 2]) }
    #expect(lab.objections.isEmpty && lab.told.contains("r1: on a → refused for new"))
    #expect(lab.told.contains { $0.hasPrefix("r0 ") && $0.hasSuffix("merged → completed") })
    let both = try await PlayDesk.play(moves) { disks(&$0, log: 1200, writes: [2, 2]) }
    #expect(both.told.filter { $0.hasSuffix("merged → completed") }.count == 2, "\(both.told.joined(separator: "\n"))")
  }

  /// Copies that begin later make it slow: the guest is slowed, or goes back, before anything is full.
  @Test func othersComeLater() async throws {
    let mirrors = (0..<3).map {
      (12.0 + Double($0), TimelineAction.vmMigrateStorage(vm: "m\($0)", datastore: "new", way: .mirror))
    }
    let lab = try await PlayDesk.play([(10, byLog("r0"))] + mirrors) { disks(&$0, log: 230, writes: [2], mirrors: 3) }
    #expect(
      lab.objections.isEmpty && !lab.told.contains { $0.hasSuffix("out of space") }, "\(lab.told.joined(separator: "\n"))")
    #expect(lab.told.filter { $0.hasSuffix("opened → completed") }.count == 3)
  }

  /// Whatever moves share, no guest ever stands still for want of space.
  @Test(arguments: 0..<40)
  func noGuestLacksSpace(seed: UInt64) async throws {
    var random = SplitMix64(seed: seed)
    let (log, mib) = (Double.random(in: 150...1500, using: &random), Double.random(in: 2000...9000, using: &random))
    let writes = (0..<Int.random(in: 1...3, using: &random)).map { _ in Double.random(in: 0.5...6, using: &random) }
    let mirrors = Int.random(in: 0...4, using: &random)
    let moves =
      writes.indices.map { byLog("r\($0)") }
      + (0..<mirrors).map { TimelineAction.vmMigrateStorage(vm: "m\($0)", datastore: "new", way: .mirror) }
    let timeline = moves.map { (Double.random(in: 0...120, using: &random), $0) }.sorted { $0.0 < $1.0 }
    let lab = try await PlayDesk.play(timeline) { disks(&$0, log: log, writes: writes, mirrors: mirrors, mib: mib) }
    #expect(
      lab.objections.isEmpty && !lab.told.contains { $0.hasSuffix("out of space") }, "\(lab.told.joined(separator: "\n"))")
  }
}
