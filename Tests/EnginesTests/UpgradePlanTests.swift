import Hypervisor
import History
import Inventory
import TestSupport
import Testing

@testable import Engines

/// What can be planned and what cannot, and what keeps a plan from being carried out.
@Suite struct UpgradePlanTests {
  private func lab(_ more: [(Double, TimelineAction)] = [], plan: Double? = 300) async throws -> UpgradeLab.Found {
    try await UpgradeLab(more, plan: plan).play()
  }

  private func refused(_ found: UpgradeLab.Found, _ words: String) -> Bool {
    found.objections.isEmpty && found.told.contains { $0.contains("upgrade → not scheduled") && $0.contains(words) }
  }

  @Test func whatIsRefused() async throws {
    #expect(refused(try await lab([(5, .vmUpgradeSchedule(vm: "w", when: 300))]), "nothing is owed of VM w:"))
    #expect(refused(try await lab([(250, .vmUpgradeSchedule(vm: "x", when: 300))]), "nothing is owed of VM x:"))
    #expect(refused(try await lab([(400, .vmUpgradeSchedule(vm: "w", when: 500))]), "nothing is owed of VM w any more"))
    #expect(refused(try await lab([(250, .vmUpgradeSchedule(vm: "w", when: 249))]), "is over"))
    #expect(refused(try await lab([(302, .vmUpgradeSchedule(vm: "w", when: 900))]), "is under way"))
    let moving: [(Double, TimelineAction)] = [
      (190, .vmMigrate(vm: "w", host: "b")), (191, .vmUpgradeSchedule(vm: "w", when: 300)),
    ]
    #expect(refused(try await lab(moving, plan: nil), "is being moved"))
  }

  /// A move that was left to a person is looked at first.
  @Test func aMoveWasLeftToAPerson() async throws {
    let found = try await lab(
      [
        (100, .vmMigrate(vm: "w", host: "b")), (105, .hostNetworkCut(host: "a")),
        (2000, .vmUpgradeSchedule(vm: "w", when: 3000)), (4000, .hostNetworkRestore(host: "a")),
      ], plan: nil)
    #expect(refused(found, "was left to a person"), "\(found.told.joined(separator: "\n"))")
  }

  @Test func aLaterPlanReplacesAnEarlierOne() async throws {
    let found = try await lab([(250, .vmUpgradeSchedule(vm: "w", when: 1000))])
    #expect(found.objections.isEmpty && found.debt?.hardwareDoneAt == UpgradeLab.start.adding(seconds: 1003))
  }

  /// A move is waited for; and while the hardware is upgraded nothing else is begun.
  @Test func movesAndPowerWaitForEachOther() async throws {
    let found = try await lab([
      (299, .vmMigrate(vm: "w", host: "b")), (311, .vmMigrate(vm: "w", host: "a")), (312, .vmPowerOff(vm: "w")),
    ])
    #expect(found.objections.isEmpty && found.debt?.state == .done, "\(found.told.joined(separator: "\n"))")
    #expect(found.stints.filter { $0.vm == "w" }.last?.host == "b")
    #expect(found.told.contains { $0.contains("busy: an upgrade of its virtual hardware") })
    #expect(found.told.contains { $0.contains("312.0 w: on → on, because its hardware is upgraded") })
  }

  /// A host that is to be emptied keeps the VM until its upgrade has ended, and only then is in maintenance.
  @Test func maintenanceWaits() async throws {
    let found = try await lab([(301, .hostEnterMaintenance(host: "a"))])
    #expect(found.objections.isEmpty && found.debt?.state == .done, "\(found.told.joined(separator: "\n"))")
    #expect(found.stints.filter { $0.vm == "w" }.last?.host == "b")
    let ended = found.told.firstIndex { $0.contains("under way → finished") }
    let empty = found.told.firstIndex { $0.contains("entering maintenance → maintenance") }
    #expect(ended.flatMap { ended in empty.map { ended < $0 } } == true)
    let closed = try await lab([(250, .hostEnterMaintenance(host: "a")), (250.5, .vmUpgradeSchedule(vm: "x", when: 300))])
    #expect(closed.debt?.state == .done && closed.objections.isEmpty)
  }

  /// Nobody takes the memory of a VM that is off for a moment.
  @Test func itsRoomIsKept() async throws {
    var lab = UpgradeLab([(301, .vmMigrate(vm: "y", host: "a"))])
    lab.scenario.cluster.vms.append(VirtualMachine(name: "y", host: "b", memoryMiB: 2100, vcpus: 1))
    let found = try await lab.play()
    #expect(found.objections.isEmpty && found.debt?.state == .done, "\(found.told.joined(separator: "\n"))")
    #expect(found.told.contains { $0.contains("y: on b → refused for a") })
  }

  /// What cannot begin for an hour is not done at a time that nobody chose.
  @Test func whatComesTooLateIsOwed() async throws {
    let found = try await lab([(290, .hostNetworkCut(host: "a"))])
    #expect(found.objections.isEmpty && found.debt?.state == .owed && found.events.last == "vm.upgrade_failed")
    #expect(found.debt?.failure?.reason == "a does not answer")
    #expect(found.debt?.failure?.at == UpgradeLab.start.adding(seconds: 3900))
    let back = try await lab([(290, .hostNetworkCut(host: "a")), (2000, .hostNetworkRestore(host: "a"))])
    #expect(back.objections.isEmpty && back.debt?.state == .done)
    let away = try await lab([(250, .serviceCrash), (4000, .serviceStart)])
    #expect(away.debt?.failure?.reason?.contains("the service was away") == true && away.objections.isEmpty)
    let late = try await lab([(250, .serviceCrash), (3000, .serviceStart)])
    #expect(late.debt?.state == .done && late.objections.isEmpty)
    // It died just after the start: the VM is not powered off hours later.
    var dead = UpgradeLab()
    let started = try await lab().checkpoints - 4
    dead.deaths = [(started, 9000)]
    let found2 = try await dead.play()
    #expect(found2.events.suffix(2) == ["vm.upgrade_started", "vm.upgrade_failed"] && found2.objections.isEmpty)
    #expect(found2.hardware?.version == 3)
  }

  /// A VM that is off gets its hardware, and stays off as somebody left it: its tools are owed.
  @Test func aVMThatIsOff() async throws {
    let found = try await lab([(250, .vmPowerOff(vm: "w"))])
    #expect(found.objections.isEmpty && found.debt?.state == .owed && found.debt?.failure == nil)
    #expect(found.debt?.hardwareDoneAt != nil && found.debt?.toolsDoneAt == nil)
    #expect(found.stints.filter { $0.vm == "w" }.last?.until == UpgradeLab.start.adding(seconds: 250))
    let later = try await lab([
      (250, .vmPowerOff(vm: "w")), (400, .vmPowerOn(vm: "w")), (500, .vmUpgradeSchedule(vm: "w", when: 600)),
    ])
    #expect(later.objections.isEmpty && later.debt?.state == .done)
    // Its hardware is new: it runs on.
    #expect(later.stints.filter { $0.vm == "w" }.last?.since == UpgradeLab.start.adding(seconds: 410))
  }
}
