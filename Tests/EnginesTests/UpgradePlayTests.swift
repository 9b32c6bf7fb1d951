import Hypervisor
import History
import Inventory
import TestSupport
import Testing

@testable import Engines

/// Power cycles for new hardware and new tools, with all that can go wrong in between.
@Suite struct UpgradePlayTests {
  private static let whole = [
    "vm.upgrade_owed", "vm.upgrade_scheduled", "vm.upgrade_started", "vm.powered_off", "vm.hardware_upgraded",
    "vm.powered_on", "vm.tools_upgraded", "vm.upgrade_finished",
  ]

  private func expectDone(_ found: UpgradeLab.Found, _ what: String) {
    #expect(found.objections.isEmpty, "\(what): \(found.told.joined(separator: "\n"))")
    #expect(found.debt?.state == .done && found.debt?.failure == nil, "\(what): \(found.told.joined(separator: "\n"))")
    #expect(found.hardware?.isUpgraded(to: 4) == true && found.hardware?.hasCurrentTools == true, "\(what)")
    expectRunning(found, what)
  }

  private func expectRunning(_ found: UpgradeLab.Found, _ what: String) {
    let stints = found.stints.filter { $0.vm == "w" }
    #expect(stints.last?.until == nil, "\(what): it is off\n\(found.told.joined(separator: "\n"))")
    for (stint, next) in zip(stints, stints.dropFirst()) { #expect(stint.until.map { $0 <= next.since } == true, "\(what)") }
  }

  private func lab(_ more: [(Double, TimelineAction)] = [], until: Double? = nil) async throws -> UpgradeLab.Found {
    try await UpgradeLab(more, until: until).play()
  }

  @Test func whatIsPlannedIsDoneInItsTime() async throws {
    let found = try await lab()
    expectDone(found, "no accident")
    #expect(found.events == Self.whole)
    let off = found.stints.filter { $0.vm == "w" }.suffix(2)
    // Three files and a start.
    #expect(off.first?.until == UpgradeLab.start.adding(seconds: 300))
    #expect(off.last?.since == UpgradeLab.start.adding(seconds: 313))
    #expect(found.debt?.hardwareDoneAt == UpgradeLab.start.adding(seconds: 303))
    #expect(found.debt?.toolsDoneAt == UpgradeLab.start.adding(seconds: 343))
  }

  @Test func whatNobodyPlansIsOwed() async throws {
    let found = try await UpgradeLab([(400, .vmPowerOff(vm: "w")), (500, .vmPowerOn(vm: "w"))], plan: nil).play()
    #expect(found.objections.isEmpty && found.events == ["vm.upgrade_owed"] && found.debt?.state == .owed)
    #expect(found.debt?.fromVersion == 3 && found.debt?.toVersion == 4 && found.hardware?.version == 3)
    expectRunning(found, "a person's power cycle changes nothing")
  }

  /// A play with an end does not wait for what is planned after it.
  @Test func thePlayEndsBeforeTheTime() async throws {
    let found = try await lab(until: 250)
    #expect(found.objections.isEmpty && found.debt?.state == .scheduled)
  }

  @Test(arguments: [1.0, 60])
  func theServiceDiesAtEachCheckpoint(seconds: Double) async throws {
    let count = try await lab().checkpoints
    #expect(count > 20)
    for checkpoint in 1...count {
      var lab = UpgradeLab()
      lab.deaths = [(checkpoint, seconds)]
      let found = try await lab.play()
      let what = "death at checkpoint \(checkpoint)"
      // One that dies while the VM moves may leave it where it was; one that is dead is asked for nothing.
      if found.events.contains("vm.upgrade_scheduled") { expectDone(found, what) } else { expectRunning(found, what) }
      #expect(found.objections.isEmpty, "\(what)")
    }
  }

  @Test func itDiesAgainAndAgain() async throws {
    for first in 20...26 {
      for second in 1...4 {
        var lab = UpgradeLab()
        lab.deaths = [(first, 5), (second, 5), (second, 0)]
        let found = try await lab.play()
        if found.events.contains("vm.upgrade_scheduled") { expectDone(found, "\(first), \(second)") }
      }
    }
  }

  @Test func eachOrderMayGoWrong() async throws {
    let count = try await lab().sent
    for number in 1...count {
      for accident in [\OrderFaults.loseAnswer, \.lateOrder, \.repeatOrder] {
        var lab = UpgradeLab()
        lab.faults[keyPath: accident] = number
        let found = try await lab.play()
        let what = "order \(number)"
        if found.events.contains("vm.upgrade_scheduled") { expectDone(found, what) } else { expectRunning(found, what) }
        #expect(found.objections.isEmpty, "\(what)")
      }
    }
  }

  /// The host stops, or nobody reaches it; at each moment of the cycle, and comes back.
  @Test(arguments: [300.0, 300.5, 301.5, 305, 312.9])
  func theHostIsLostWhileTheVMIsOff(at moment: Double) async throws {
    let power = try await lab(
      [(moment, .hostPowerCut(host: "a")), (moment + 100, .hostPowerRestore(host: "a"))], until: 2000)
    expectDone(power, "power cut at \(moment)")
    #expect(power.events.contains("vm.upgrade_waiting"))
    let network = try await lab(
      [(moment, .hostNetworkCut(host: "a")), (moment + 5000, .hostNetworkRestore(host: "a"))], until: 9999)
    // Cut off at the first moment, it was never powered off, and is not so late.
    #expect(network.hardware?.isUpgraded(to: 4) == (moment > 300), "network cut at \(moment)")
    #expect(network.objections.isEmpty, "network cut at \(moment)")
    expectRunning(network, "network cut at \(moment)")
    // More than an hour after its time the guest is not interrupted for its tools.
    #expect(network.debt?.failure != nil || network.debt?.isDone == true)
  }

  /// Some new and some old disks: nothing is done any more, and an event says so.
  @Test func mixedDisksAreLeftToAPerson() async throws {
    let found = try await lab([(302.5, .hostPowerCut(host: "a")), (400, .hostPowerRestore(host: "a"))], until: 2000)
    #expect(found.objections.isEmpty && found.debt?.state == .parked && found.hardware?.isMixed == true)
    #expect(found.events.last == "vm.upgrade_parked" && found.debt?.failure?.reason?.contains("1 of its 2 disks") == true)
    #expect(found.stints.last { $0.vm == "w" }?.until == UpgradeLab.start.adding(seconds: 300))
  }

  /// A VM that is lost with its host after it was started again is no matter of the upgrade any more.
  @Test func theHostIsLostWhileTheToolsAreInstalled() async throws {
    let found = try await lab([(320, .hostPowerCut(host: "a")), (400, .hostPowerRestore(host: "a"))], until: 2000)
    #expect(found.objections.isEmpty && found.debt?.state == .owed && found.debt?.hardwareDoneAt != nil)
    #expect(found.debt?.failure?.reason == "it is off, and nobody here stopped it")
    let hung = try await lab([(320, .hostNetworkCut(host: "a")), (400, .hostNetworkRestore(host: "a"))])
    expectDone(hung, "the host did not answer for a while")
  }

  @Test func aHostThatNeverComesBackKeepsNobodyWaiting() async throws {
    let found = try await lab([(301, .hostPowerCut(host: "a"))])
    #expect(found.objections.isEmpty && found.debt?.state == .waiting && found.events.last == "vm.upgrade_waiting")
    let cutOff = try await lab([(301, .serviceNetworkCut), (9000, .serviceNetworkRestore)], until: 9999)
    #expect(cutOff.objections.isEmpty && cutOff.hardware?.isUpgraded(to: 4) == true)
    expectRunning(cutOff, "the service was cut off for long")
  }

  /// What fails after it was powered off ends with the VM running, with its old hardware.
  @Test func theStorageIsLostInTheMiddle() async throws {
    let found = try await lab([(300.5, .hostStorageCut(host: "a")), (312, .hostStorageRestore(host: "a"))])
    #expect(found.objections.isEmpty && found.debt?.state == .owed && found.hardware?.version == 3)
    #expect(found.debt?.failure?.reason == "a: a has lost its storage")
    #expect(found.events.suffix(3) == ["vm.upgrade_reverting", "vm.powered_on", "vm.upgrade_failed"])
    expectRunning(found, "storage")
    // The service dies while the VM is on its way back: the failure is not forgotten.
    var lab = UpgradeLab([(300.5, .hostStorageCut(host: "a")), (312, .hostStorageRestore(host: "a"))])
    let count = found.checkpoints
    for checkpoint in (count - 5)...count {
      lab.deaths = [(checkpoint, 3)]
      let again = try await lab.play()
      #expect(again.objections.isEmpty, "\(checkpoint)")
      expectRunning(again, "\(checkpoint)")
    }
    // Storage that stays away: it is off, and an event says so.
    let off = try await self.lab([(300.5, .hostStorageCut(host: "a"))])
    #expect(off.objections.isEmpty && off.debt?.failure?.reason?.hasPrefix("it is off and could not be started") == true)
  }

  @Test func aStartThatFails() async throws {
    for times in [1, 2] {
      expectDone(try await lab([(290, .vmStartFails(vm: "w", host: "a", times: times))]), "\(times)")
    }
    let found = try await lab([(290, .vmStartFails(vm: "w", host: "a", times: 3))])
    #expect(found.objections.isEmpty && found.debt?.hardwareDoneAt != nil)
    #expect(found.debt?.failure?.reason == "it is off and could not be started: a: the start failed")
  }
}
