import Inventory
import Testing

@testable import Hypervisor

/// Virtual hardware and guest tools, as the simulated hosts keep and change them.
@Suite struct HardwareTests {
  private static let start = Instant(microseconds: 0)

  private func simulator(disks: Int = 2, power: PowerState = .off, timeline: [(Double, TimelineAction)] = []) -> Simulator {
    var cluster = ClusterSnapshot()
    cluster.hosts = ["a", "b"].map { Host(name: $0, cluster: "", cores: 8, memoryMiB: 16384) }
    cluster.hosts[0].product = "VMware ESX Server 2.5.4"
    var vm = VirtualMachine(name: "v", host: "a", memoryMiB: 1024, vcpus: 1)
    vm.power = power
    vm.disks = (0..<disks).map { _ in VirtualDisk(datastore: "s", sizeMiB: 100) }
    cluster.vms = [vm]
    return Simulator(
      cluster, timeline: timeline.map { TimelineEntry(at: $0.0, action: $0.1) }, start: Self.start,
      abilities: Abilities(refusesOldEpochs: true, locksDisks: true))
  }

  private func result(
    _ simulator: Simulator, _ number: Int, _ host: String, _ action: Order.Action, within seconds: Double = 600
  ) -> Message.Result? {
    simulator.send(Order(number: number, epoch: 1, host: host, vm: "v", action: action))
    let deadline = simulator.now.adding(seconds: seconds)
    while let message = simulator.next(until: deadline) {
      if case .answer(number, let result) = message { return result }
    }
    return nil
  }

  private func refusal(_ result: Message.Result?) -> String? {
    guard case .refused(let why)? = result else { return nil }
    return why
  }

  @Test func aFileAfterTheOtherIsWritten() {
    let simulator = simulator()
    #expect(simulator.hardware(of: "v") == HardwareReport(version: 3, disks: 2, newDisks: 0, hasCurrentTools: false))
    #expect(result(simulator, 1, "b", .upgradeHardware(to: 4)) == .done)
    #expect(simulator.now == Self.start.adding(seconds: 3))
    #expect(
      simulator.hardware(of: "v")
        == HardwareReport(version: 4, savedVersion: 3, disks: 2, newDisks: 2, hasCurrentTools: false))
    // Twice is no more than once, and there is no way back.
    #expect(result(simulator, 2, "b", .upgradeHardware(to: 4)) == .done)
    #expect(simulator.now == Self.start.adding(seconds: 3))
    #expect(refusal(result(simulator, 3, "b", .upgradeHardware(to: 3)))?.contains("4 already") == true)
    #expect(result(simulator, 4, "b", .restoreHardware) == .done)
    #expect(simulator.hardware(of: "v")?.version == 4)
    #expect(result(simulator, 5, "b", .powerOn) == .done)
    #expect(result(simulator, 6, "b", .upgradeTools) == .done)
    #expect(simulator.hardware(of: "v")?.hasCurrentTools == true && simulator.objections.isEmpty)
  }

  @Test func theVMHasToBeOffAndNotHeld() {
    let running = simulator(power: .on)
    #expect(refusal(result(running, 1, "a", .upgradeHardware(to: 4))) == "it is not off")
    #expect(refusal(result(running, 2, "b", .upgradeHardware(to: 4)))?.contains("a holds its disks") == true)
    let off = simulator()
    #expect(refusal(result(off, 1, "b", .upgradeTools)) == "it does not run here")
    off.send(Order(number: 2, epoch: 1, host: "b", vm: "v", action: .upgradeHardware(to: 4)))
    for (number, host) in [(3, "a"), (4, "b")] {
      #expect(refusal(result(off, number, host, .powerOn, within: 0.1)) == "b upgrades its hardware")
    }
    #expect(refusal(result(off, 5, "a", .upgradeHardware(to: 4), within: 0.1)) == "b upgrades its hardware")
    guard case .report(let report)? = result(off, 6, "b", .report, within: 0.1) else { Issue.record("no report"); return }
    #expect(report.hardware?.isBeingUpgraded == true && report.hardware?.isTorn == true)
  }

  /// Half written files keep it from starting; it is written anew, or put back as it was.
  @Test(arguments: [0.5, 1.5])
  func aHostThatStopsInTheMiddle(cut: Double) {
    for isPutBack in [true, false] {
      let simulator = simulator(timeline: [(cut, .hostPowerCut(host: "b"))])
      #expect(result(simulator, 1, "b", .upgradeHardware(to: 4)) == nil)
      #expect(simulator.hardware(of: "v")?.isTorn == true && simulator.hardware(of: "v")?.isBeingUpgraded == false)
      #expect(refusal(result(simulator, 2, "a", .powerOn))?.contains("half written") == true)
      if isPutBack {
        #expect(result(simulator, 3, "a", .restoreHardware) == .done)
        #expect(simulator.hardware(of: "v")?.version == 3)
      } else {
        #expect(result(simulator, 3, "a", .upgradeHardware(to: 4)) == .done)
        #expect(simulator.hardware(of: "v")?.isUpgraded(to: 4) == true)
      }
      #expect(result(simulator, 4, "a", .powerOn) == .done)
    }
  }

  @Test func someNewAndSomeOldDisksAreLeftToAPerson() {
    let simulator = simulator(timeline: [(2.5, .hostHang(host: "b"))])
    #expect(result(simulator, 1, "b", .upgradeHardware(to: 4)) == nil)
    #expect(simulator.hardware(of: "v")?.isMixed == true)
    for (number, action) in [Order.Action.upgradeHardware(to: 4), .powerOn].enumerated() {
      #expect(refusal(result(simulator, 2 + number, "a", action))?.contains("others old ones") == true)
    }
    #expect(refusal(result(simulator, 9, "a", .restoreHardware)) != nil)
  }

  @Test func withoutStorageItFails() {
    let simulator = simulator(timeline: [(0.5, .hostStorageCut(host: "b")), (9, .hostStorageRestore(host: "b"))])
    #expect(result(simulator, 1, "b", .upgradeHardware(to: 4)) == .failed("b has lost its storage"))
    #expect(refusal(result(simulator, 2, "b", .upgradeHardware(to: 4)))?.contains("out of reach") == true)
    guard case .report(let report)? = result(simulator, 3, "b", .report) else { Issue.record("no report"); return }
    #expect(report.hardware == nil)
  }

  @Test func toolsNeedAGuestThatRunsOn() {
    let simulator = simulator(power: .on)
    simulator.send(Order(number: 1, epoch: 1, host: "a", vm: "v", action: .upgradeTools))
    simulator.send(Order(number: 2, epoch: 1, host: "a", vm: "v", action: .powerOff))
    #expect(simulator.next(until: Self.start.adding(seconds: 5)) == .answer(order: 2, .done))
    #expect(
      simulator.next(until: Self.start.adding(seconds: 60))
        == .answer(order: 1, .failed("it stopped while its tools were installed")))
    #expect(simulator.hardware(of: "v")?.hasCurrentTools == false)
  }
}
