import Hypervisor
import History
import Inventory
import Testing

@testable import Engines

/// One power cycle as a value: what each answer of the host leads to.
@Suite struct HardwareUpgradeTests {
  private static let start = Instant(microseconds: 1_767_225_600_000_000)

  /// A cycle whose host is asked what is true, by the journal of one that was begun and powered off its VM.
  private func stopped(_ more: [EventType] = []) throws -> HardwareUpgrade {
    var event = Event(occurredAt: Self.start, type: .vmUpgradeOwed)
    event.vm = ObjectReference(kind: .vm, foreignID: "w", name: "w")
    event.detail = ["hardware": ["from": 3, "to": 4], "tools": true]
    var debt = try #require(UpgradeDebt(event, number: 7, source: "lab"))
    for type in [.vmUpgradeStarted, .vmPoweredOff] + more { debt.take(Event(occurredAt: Self.start, type: type)) }
    return HardwareUpgrade(debt, host: ObjectReference(kind: .host, foreignID: "a", name: "a"), isOn: false)
  }

  private func step(_ upgrade: inout HardwareUpgrade, _ input: HardwareUpgrade.Input, after seconds: Double = 0)
    -> MigrationStep
  {
    var engine = MigrationEngine(start: 100)
    return engine.turn(at: Self.start.adding(seconds: seconds)) { upgrade.step(input, &$0) }
  }

  /// What follows from a report after the service was started again.
  private func next(
    _ upgrade: HardwareUpgrade, _ report: CopyReport, after seconds: Double = 0
  ) throws -> (events: [EventType], orders: [Order.Action]) {
    var upgrade = upgrade
    let asked = step(&upgrade, .recover)
    let order = try #require(asked.orders.first)
    #expect(order.action == .report && asked.events.isEmpty)
    let step = step(&upgrade, .answer(order: order.number, .report(report)), after: seconds)
    return (step.events.map(\.type), step.orders.map(\.action))
  }

  private func off(_ version: Int?, saved: Int? = nil, new: Int = 0, tools: Bool = false) -> CopyReport {
    CopyReport(
      state: .none,
      hardware: HardwareReport(
        version: version, savedVersion: saved, disks: 2, newDisks: new, hasCurrentTools: tools))
  }

  /// The table of half-done hardware.
  @Test func whatTheFilesSay() throws {
    var found = try next(stopped(), off(3))
    #expect(found.events == [] && found.orders == [.upgradeHardware(to: 4)])
    // Half written: restored and written anew, which is what the order does.
    found = try next(stopped(), off(nil, saved: 3))
    #expect(found.events == [] && found.orders == [.upgradeHardware(to: 4)])
    // All descriptors new: forward.
    found = try next(stopped(), off(nil, saved: 3, new: 2))
    #expect(found.events == [] && found.orders == [.upgradeHardware(to: 4)])
    found = try next(stopped(), off(4, saved: 3, new: 1))
    #expect(found.events == [.vmUpgradeParked] && found.orders == [])
    found = try next(stopped(), off(4, saved: 3, new: 2))
    #expect(found.events == [.vmHardwareUpgraded] && found.orders == [.powerOn])
    // A host that does not tell: the VM is started as it is.
    found = try next(stopped(), CopyReport(state: .none))
    #expect(found.events == [.vmUpgradeReverting] && found.orders == [.powerOn])
  }

  @Test func onTheWayBack() throws {
    var found = try next(stopped([.vmUpgradeReverting]), off(3))
    #expect(found.events == [] && found.orders == [.powerOn])
    found = try next(stopped([.vmUpgradeReverting]), off(4, saved: 3))
    #expect(found.events == [] && found.orders == [.restoreHardware])
    let on = HardwareReport(version: 3, disks: 2, newDisks: 0, hasCurrentTools: false)
    found = try next(stopped([.vmUpgradeReverting]), CopyReport(state: .running, hardware: on))
    #expect(found.events == [.vmPoweredOn, .vmUpgradeFailed] && found.orders == [])
  }

  @Test func othersWereThere() throws {
    let old = HardwareReport(version: 3, disks: 2, newDisks: 0, hasCurrentTools: false)
    var found = try next(stopped(), CopyReport(state: .running, hardware: old))
    #expect(found.events == [.vmPoweredOn, .vmUpgradeFailed] && found.orders == [])
    found = try next(stopped(), CopyReport(state: .none, owner: "b", hardware: old))
    #expect(found.events == [.vmUpgradeFailed] && found.orders == [])
    found = try next(stopped(), CopyReport(state: .paused, hardware: old))
    #expect(found.events == [.vmUpgradeFailed] && found.orders == [])
    found = try next(stopped([.vmHardwareUpgraded, .vmPoweredOn]), off(4, saved: 3, new: 2))
    #expect(found.events == [.vmPoweredOff, .vmUpgradeFailed] && found.orders == [])
  }

  /// What is going on at the host is waited for.
  @Test func whatIsNotOverYet() throws {
    let writing = HardwareReport(
      version: nil, savedVersion: 3, disks: 2, newDisks: 0, hasCurrentTools: false, isBeingUpgraded: true)
    for report in [CopyReport(state: .starting), CopyReport(state: .none, hardware: writing)] {
      let found = try next(stopped(), report)
      #expect(found.events.isEmpty && found.orders.isEmpty)
    }
    let new = HardwareReport(version: 4, savedVersion: 3, disks: 2, newDisks: 2, hasCurrentTools: false)
    let started = try stopped([.vmHardwareUpgraded, .vmPoweredOn])
    #expect(try next(started, CopyReport(state: .running, hardware: new)).orders == [.upgradeTools])
    // An hour after its time the guest is left alone.
    #expect(try next(started, CopyReport(state: .running, hardware: new), after: 4000).events == [.vmUpgradeFailed])
  }

  /// Each doubt raises the epoch, so that an order that is still on its way is refused.
  @Test func aLateOrderIsRefused() throws {
    var upgrade = try stopped()
    let first = try #require(step(&upgrade, .recover).orders.first)
    let again = try #require(step(&upgrade, .recover).orders.first)
    #expect(first.epoch == 100_001 && again.epoch == 100_001)
    var engine = MigrationEngine(start: 100)
    var turn = engine.turn(at: Self.start) { upgrade.step(.recover, &$0) }
    turn.add(engine.turn(at: Self.start) { upgrade.step(.recover, &$0) })
    #expect(turn.orders.map(\.epoch) == [100_001, 100_002])
  }

  @Test func endlessDoubtsEnd() throws {
    var (upgrade, events) = (try stopped(), [EventType]())
    for _ in 0..<100 { events += step(&upgrade, .recover).events.map(\.type) }
    #expect(events == [.vmUpgradeReverting, .vmUpgradeFailed] && upgrade.isOver)
  }
}
