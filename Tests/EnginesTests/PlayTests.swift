import Foundation
import Hypervisor
import Inventory
import Ledger
import Testing

@testable import Engines
@testable import Importers

/// Plays that once ended wrongly.
@Suite struct PlayTests {
  private func play(
    _ timeline: [(Double, TimelineAction)], faults: OrderFaults = OrderFaults(), until: Double? = nil,
    change: (inout ClusterSnapshot) -> Void = { _ in }
  ) async throws -> PlayDesk.Result {
    try await PlayDesk.play(timeline, faults: faults, until: until, change: change)
  }

  /// Orders sent into a cut network are lost, and time goes on all the same.
  @Test func theServiceIsCutOffForLong() async throws {
    let found = try await play([
      (5, .serviceNetworkCut), (10, .vmMigrate(vm: "w", host: "b")), (12, .vmPowerOff(vm: "w")),
      (200, .serviceNetworkRestore), (400, .vmMigrate(vm: "w", host: "c")),
    ])
    #expect(found.objections.isEmpty && found.stints.map(\.host) == ["a", "c"])
  }

  /// A play without an end goes on until what befell the hosts is known.
  @Test func theLastOfTheTimeLineIsAFault() async throws {
    let found = try await play([(10, .hostPowerCut(host: "a"))])
    #expect(found.told == ["a: connected → lost"])
    let back = try await play([(10, .hostPowerCut(host: "a")), (100, .hostPowerRestore(host: "a"))])
    #expect(back.told.contains("w: on → off") && back.objections.isEmpty)
  }

  @Test func aHostIsAwayTooShortlyToBeMissed() async throws {
    let found = try await play([(10, .hostPowerCut(host: "a")), (12, .hostPowerRestore(host: "a"))], until: 1000)
    #expect(found.objections.isEmpty && found.told.contains("w: on → off"))
  }

  @Test func theServiceDiesWhileAVMStarts() async throws {
    let found = try await play([(10, .vmPowerOn(vm: "w")), (12, .serviceCrash), (30, .serviceStart)]) {
      $0.vms[0].power = .off
    }
    #expect(found.objections.isEmpty && found.told.contains("w: off → on") && found.stints.count == 1)
  }

  @Test func theAnswerToAStopIsLost() async throws {
    var faults = OrderFaults()
    faults.loseAnswer = 1
    let found = try await play([(10, .vmPowerOff(vm: "w"))], faults: faults)
    #expect(found.objections.isEmpty && found.told.contains("w: on → off"))
  }

  @Test func aTemplateNeverRuns() async throws {
    let found = try await play([(10, .vmMigrate(vm: "w", host: "b"))]) { cluster in
      var template = VirtualMachine(name: "t", host: "a", memoryMiB: 1024, vcpus: 1)
      template.isTemplate = true
      cluster.vms.append(template)
    }
    #expect(found.objections.isEmpty)
  }

  /// The source does not answer when its copy should be removed; it is removed when the host is back.
  @Test func whatIsLeftOverIsRemovedLater() async throws {
    let found = try await play([
      (60, .vmMigrate(vm: "w", host: "b")), (105.3, .hostNetworkCut(host: "a")), (300, .hostNetworkRestore(host: "a")),
      (400, .vmMigrate(vm: "w", host: "c")), (500, .vmMigrate(vm: "w", host: "a")),
    ])
    #expect(found.objections.isEmpty)
    #expect(found.stints.last?.host == "a" && found.stints.last?.until == nil)
  }

  /// A VM that comes to a host after that began to be emptied follows the others.
  @Test func aHostWithMovesOnTheirWayToItIsNotYetInMaintenance() async throws {
    let found = try await play([(10, .vmMigrate(vm: "w", host: "b")), (15, .hostEnterMaintenance(host: "b"))])
    let away = found.told.firstIndex { $0.hasPrefix("w: on b → on ") }
    let empty = found.told.firstIndex(of: "b: entering maintenance → maintenance")
    #expect(found.objections.isEmpty && found.stints.last?.host != "b" && found.stints.last?.until == nil)
    #expect(away != nil && empty != nil && away ?? 0 < empty ?? 0, "\(found.told.joined(separator: "\n"))")
  }

  @Test func nothingStartsOnAHostThatIsToBeEmpty() async throws {
    for exit in [nil, 30.0] {
      let found = try await play(
        [(5, .hostEnterMaintenance(host: "a")), (10, .vmPowerOn(vm: "w"))]
          + (exit.map { [($0, .hostExitMaintenance(host: "a")), ($0 + 1, .vmPowerOn(vm: "w"))] } ?? [])
      ) { $0.vms[0].power = .off }
      #expect(found.objections.isEmpty && found.told.contains("w: off → off"))
      #expect(found.stints.isEmpty == (exit == nil))
    }
  }

  /// It was being started when the host began to be emptied.
  @Test func whatStartsMeanwhileIsMovedAway() async throws {
    let found = try await play([(5, .vmPowerOn(vm: "w")), (6, .hostEnterMaintenance(host: "a"))]) {
      $0.vms[0].power = .off
    }
    #expect(found.objections.isEmpty && found.stints.map(\.host).first == "a" && found.stints.last?.host != "a")
    #expect(found.told.contains("a: entering maintenance → maintenance"))
  }

  /// A move that waited for its turn goes elsewhere, where its target is to be emptied by then and its source, too.
  @Test func aVMThatWaitedInVainFindsAnotherHost() async throws {
    let found = try await play([
      (0, .vmMigrate(vm: "w", host: "b")), (1, .vmMigrate(vm: "x", host: "b")), (5, .hostEnterMaintenance(host: "a")),
      (6, .hostEnterMaintenance(host: "b")),
    ]) { cluster in
      cluster.clusters[0].migration.perHost = 1
      cluster.vms.append(VirtualMachine(name: "x", host: "a", memoryMiB: 1024, vcpus: 1))
    }
    #expect(found.objections.isEmpty && found.told.suffix(1) != ["a: entering maintenance → held up by x"])
    for vm in ["w", "x"] { #expect(found.stints.last { $0.vm == vm }?.host == "c", "\(found.told.joined(separator: "\n"))") }
  }

  /// A move that waited is not begun to a host that was closed or lost meanwhile.
  @Test func whatHappensWhileAMoveWaits() async throws {
    func twoMoves(_ more: [(Double, TimelineAction)]) async throws -> PlayDesk.Result {
      try await play([(10, .vmMigrate(vm: "w", host: "b")), (11, .vmMigrate(vm: "x", host: "c"))] + more) { cluster in
        cluster.clusters[0].migration.perHost = 1
        cluster.vms.append(VirtualMachine(name: "x", host: "a", memoryMiB: 1024, vcpus: 1))
      }
    }
    for fault in [TimelineAction.hostEnterMaintenance(host: "c"), .hostNetworkCut(host: "c")] {
      let found = try await twoMoves([(20, fault)])
      #expect(found.objections.isEmpty && found.stints.filter { $0.vm == "x" }.map(\.host) == ["a"], "\(fault)")
      #expect(found.told.contains { $0.hasPrefix("x (migration ") && $0.hasSuffix(": queued → cancelled") }, "\(fault)")
    }
  }

  /// A copy that was told to run and does not yet is no running one: removing the other would lose the VM.
  @Test func aStartThatFailsAtTheHandOver() async throws {
    let found = try await play(
      [
        (60, .vmMigrate(vm: "w", host: "b")), (60, .vmStartFails(vm: "w", host: "b", times: 1)),
        (106, .serviceCrash), (107, .serviceStart),
      ]
    ) { $0.clusters[0].migration.switchMilliseconds = 10_000 }
    #expect(found.objections.isEmpty && found.stints.last?.until == nil)
  }

  @Test func whatCannotBePlayedIsSaidBeforehand() {
    var scenario = Scenario(name: "lab", start: Instant(microseconds: 0), cluster: ClusterSnapshot())
    scenario.timeline = [TimelineEntry(at: 5, action: .hostClockJump(host: "a", seconds: 60))]
    let error = #expect(throws: YadokariError.self) { try Play.check(scenario) }
    #expect(error?.code == .usage && error?.message.contains("at 5.0 s") == true)
  }

  /// A host that is to be emptied says which VM holds it up.
  @Test func aMaintenanceThatCannotGoOnSaysWhy() async throws {
    let found = try await play([(10, .hostEnterMaintenance(host: "a"))]) { cluster in
      cluster.vms[0].dirtyMiBPerSecond = 200
    }
    #expect(found.objections.isEmpty)
    #expect(found.told.contains("a: entering maintenance → held up by w"))
    #expect(!found.told.contains("a: entering maintenance → maintenance"))
  }
}
