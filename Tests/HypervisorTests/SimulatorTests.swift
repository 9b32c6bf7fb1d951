import Inventory
import Testing

@testable import Hypervisor

/// Copies, links and faults of the simulated hardware, without anybody who controls it.
@Suite struct SimulatorTests {
  private static let start = Instant(microseconds: 0)

  private func simulator(
    dirty: Double = 20, memory: Int64 = 4096, link: Double = 110, timeline: [TimelineEntry] = [], vms: Int = 1
  ) -> Simulator {
    var cluster = ClusterSnapshot()
    cluster.clusters = [Cluster(name: "lab")]
    cluster.hosts = ["a", "b", "c"].map { name in
      var host = Host(name: name, cluster: "lab", cores: 8, memoryMiB: 16384)
      host.linkMiBPerSecond = link
      return host
    }
    cluster.vms = (1...vms).map { number in
      var vm = VirtualMachine(name: "vm\(number)", host: "a", memoryMiB: memory, vcpus: 1)
      vm.dirtyMiBPerSecond = dirty
      return vm
    }
    return Simulator(cluster, timeline: timeline, start: Self.start)
  }

  private func result(
    _ simulator: Simulator, _ number: Int, _ host: String, _ action: Order.Action, vm: String = "vm1", epoch: Int = 1
  ) -> Message.Result? {
    simulator.send(Order(number: number, epoch: epoch, host: host, vm: vm, action: action))
    guard case .answer(number, let result)? = simulator.next(until: simulator.now.adding(seconds: 3600)) else { return nil }
    return result
  }

  private func copied(_ result: Message.Result?) -> Copied? {
    guard case .copied(let copied)? = result else { return nil }
    return copied
  }

  /// Example A of the migration note: 4096 MiB, 110 MiB/s, 20 MiB/s written.
  @Test func passesAndPauseAsTheModelSays() throws {
    let simulator = simulator()
    #expect(result(simulator, 1, "b", .prepare(source: "a")) == .done)
    let expected = [(4096.0, 37.2364), (744.7273, 6.7702), (135.4050, 1.2310)]
    for (index, (mib, seconds)) in expected.enumerated() {
      let pass = try #require(copied(result(simulator, 2 + index, "a", .copyPass(target: "b"))))
      #expect(abs(pass.mib - mib) < 0.001 && abs(pass.seconds - seconds) < 0.0001)
    }
    #expect(result(simulator, 5, "a", .stop) == .done)
    let stopped = simulator.now
    let rest = try #require(copied(result(simulator, 6, "a", .copyRest(target: "b"))))
    #expect(abs(rest.mib - 24.6191) < 0.001)
    #expect(result(simulator, 7, "b", .resume) == .done)
    #expect(abs(simulator.now.seconds(since: stopped) - 0.2238) < 0.0001)
    #expect(abs(simulator.now.seconds(since: Self.start) - 45.4614) < 0.0001)
    #expect(result(simulator, 8, "a", .destroy) == .done)
    #expect(simulator.stints.map(\.host) == ["a", "b"] && simulator.stints[0].until == stopped)
    #expect(simulator.objections.isEmpty)
  }

  /// What a guest wrote before it was slowed stays written, and is copied by the next pass.
  @Test func aSlowedGuestWritesLessFromThenOn() throws {
    let simulator = simulator(dirty: 100, memory: 1100)
    #expect(result(simulator, 1, "b", .prepare(source: "a")) == .done)
    #expect(copied(result(simulator, 2, "a", .copyPass(target: "b")))?.dirtyMiB == 1000)
    #expect(result(simulator, 3, "a", .throttle(percent: 45)) == .done)
    let pass = try #require(copied(result(simulator, 4, "a", .copyPass(target: "b"))))
    #expect(pass.mib == 1000 && abs(pass.dirtyMiB - 500) < 0.001)
    // Slowed in the middle of a pass, it wrote at either speed for a while.
    simulator.send(Order(number: 5, epoch: 1, host: "a", vm: "vm1", action: .copyPass(target: "b")))
    simulator.run(until: simulator.now.adding(seconds: 2))
    simulator.send(Order(number: 6, epoch: 1, host: "a", vm: "vm1", action: .throttle(percent: 90)))
    simulator.forgetMessages()
    guard case .answer(5, let end)? = simulator.next(until: simulator.now.adding(seconds: 100)) else {
      Issue.record("the pass does not end")
      return
    }
    #expect(copied(end).map { abs($0.dirtyMiB - (2 * 55 + (500 / 110 - 2) * 10)) < 0.001 } == true)
  }

  @Test func copiesOnOneLinkShareIt() throws {
    let simulator = simulator(dirty: 0, memory: 1100, vms: 2)
    for vm in ["vm1", "vm2"] { #expect(result(simulator, vm == "vm1" ? 1 : 2, "b", .prepare(source: "a"), vm: vm) == .done) }
    simulator.send(Order(number: 3, epoch: 1, host: "a", vm: "vm1", action: .copyPass(target: "b")))
    #expect(simulator.next(until: Self.start.adding(seconds: 5)) == nil)
    // Half of the first is copied; now each gets half of the link.
    simulator.send(Order(number: 4, epoch: 1, host: "a", vm: "vm2", action: .copyPass(target: "b")))
    #expect(
      simulator.next(until: Self.start.adding(seconds: 100))
        == .answer(order: 3, .copied(Copied(mib: 1100, seconds: 15, dirtyMiB: 0))))
    #expect(
      simulator.next(until: Self.start.adding(seconds: 100))
        == .answer(order: 4, .copied(Copied(mib: 1100, seconds: 15, dirtyMiB: 0))))
    #expect(simulator.now == Self.start.adding(seconds: 20))
  }

  @Test func anOldEpochIsRefused() {
    let simulator = simulator()
    let hardware = HardwareReport(version: 4, disks: 0, newDisks: 0, hasCurrentTools: true)
    #expect(
      result(simulator, 1, "a", .report, epoch: 2)
        == .report(CopyReport(state: .running, memoryGeneration: 1, owner: "a", generation: 1, hardware: hardware)))
    #expect(result(simulator, 2, "a", .stop, epoch: 1) == .outdated(known: 2))
    #expect(result(simulator, 3, "a", .stop, epoch: 2) == .done)
  }

  @Test func disksAreHeldByOne() {
    let simulator = simulator()
    guard case .refused(let why)? = result(simulator, 1, "b", .powerOn) else { Issue.record("not refused"); return }
    #expect(why.contains("a holds its disks"))
    #expect(result(simulator, 2, "a", .stop) == .done)
    #expect(result(simulator, 3, "b", .powerOn) == .done)
    // What stood still is older than what the other one wrote.
    #expect(result(simulator, 4, "b", .destroy) == .done)
    guard case .refused(let old)? = result(simulator, 5, "a", .resume) else { Issue.record("not refused"); return }
    #expect(old.contains("older than its disks"))
    #expect(simulator.objections.isEmpty)
  }

  /// Without locks nothing in the hardware keeps two copies from running: the checker tells of it.
  @Test func theCheckerSeesTwoRunningCopies() {
    var cluster = ClusterSnapshot()
    cluster.hosts = ["a", "b"].map { Host(name: $0, cluster: "lab", cores: 8, memoryMiB: 16384) }
    cluster.vms = [VirtualMachine(name: "vm1", host: "a", memoryMiB: 1024, vcpus: 1)]
    let simulator = Simulator(
      cluster, start: Self.start, abilities: Abilities(refusesOldEpochs: true, locksDisks: false))
    #expect(result(simulator, 1, "b", .powerOn) == .done)
    #expect(simulator.objections.count == 1 && simulator.objections[0].contains("vm1 runs on a and b"))
  }

  @Test func aHostThatLosesItsPowerIsMissedAndComesBackEmpty() {
    let simulator = simulator(timeline: [
      TimelineEntry(at: 10, action: .hostPowerCut(host: "a")), TimelineEntry(at: 60, action: .hostPowerRestore(host: "a")),
    ])
    #expect(simulator.next(until: Self.start.adding(seconds: 1000)) == .hostLost("a"))
    #expect(simulator.now == Self.start.adding(seconds: 15))
    #expect(simulator.stints.map(\.until) == [Self.start.adding(seconds: 10)])
    simulator.send(Order(number: 1, epoch: 1, host: "a", vm: "vm1", action: .report))
    #expect(simulator.next(until: Self.start.adding(seconds: 1000)) == .hostFound("a"))
    #expect(simulator.now == Self.start.adding(seconds: 360))
    let hardware = HardwareReport(version: 4, disks: 0, newDisks: 0, hasCurrentTools: true)
    #expect(
      result(simulator, 2, "a", .report) == .report(CopyReport(state: .none, generation: 1, hardware: hardware)))
  }

  @Test func aPassEndsWithTheLink() {
    let simulator = simulator(timeline: [TimelineEntry(at: 5, action: .hostNetworkCut(host: "b"))])
    #expect(result(simulator, 1, "b", .prepare(source: "a")) == .done)
    guard case .failed? = result(simulator, 2, "a", .copyPass(target: "b")) else { Issue.record("not failed"); return }
    #expect(simulator.now == Self.start.adding(seconds: 5))
  }

  /// What cannot be written down is not done.
  @Test func anOrderThatCannotBeRecordedIsNotCarriedOut() {
    struct Full: Error {}
    let simulator = simulator()
    simulator.onArrival = { _ in throw Full() }
    simulator.send(Order(number: 1, epoch: 1, host: "a", vm: "vm1", action: .stop))
    #expect(simulator.next(until: Self.start.adding(seconds: 100)) == nil)
    #expect(simulator.recordFailure is Full && simulator.stints.map(\.until) == [nil])
  }

  @Test func answersGetLostOrdersComeLateOrTwice() {
    func play(_ faults: OrderFaults) -> Simulator {
      var cluster = ClusterSnapshot()
      cluster.hosts = [Host(name: "a", cluster: "lab", cores: 8, memoryMiB: 16384)]
      cluster.vms = [VirtualMachine(name: "vm1", host: "a", memoryMiB: 1024, vcpus: 1)]
      return Simulator(cluster, start: Self.start, faults: faults)
    }
    var faults = OrderFaults()
    faults.loseAnswer = 1
    let lossy = play(faults)
    lossy.send(Order(number: 1, epoch: 1, host: "a", vm: "vm1", action: .stop))
    #expect(lossy.next(until: Self.start.adding(seconds: 100)) == nil)
    #expect(lossy.stints.map(\.until) == [Self.start])
    faults = OrderFaults()
    faults.lateOrder = 1
    let late = play(faults)
    late.send(Order(number: 1, epoch: 1, host: "a", vm: "vm1", action: .stop))
    #expect(late.next(until: Self.start.adding(seconds: 100)) == .answer(order: 1, .done))
    #expect(late.now == Self.start.adding(seconds: Simulator.lateness))
    faults = OrderFaults()
    faults.repeatOrder = 1
    let twice = play(faults)
    twice.send(Order(number: 1, epoch: 1, host: "a", vm: "vm1", action: .stop))
    #expect(twice.next(until: Self.start.adding(seconds: 1)) == .answer(order: 1, .done))
    #expect(twice.next(until: Self.start.adding(seconds: 1)) == .answer(order: 1, .done))
    #expect(twice.stints.count == 1)
  }
}
