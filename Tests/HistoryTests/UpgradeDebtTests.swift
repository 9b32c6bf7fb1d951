@testable import History
import Inventory
import TestSupport
import Testing

/// What an upgrade left to be done, beside a plain way that looks each value up in the list of events.
@Suite struct UpgradeDebtTests {
  private static let types: [EventType] = [
    .vmUpgradeScheduled, .vmUpgradeUnscheduled, .vmUpgradeStarted, .vmUpgradeStarted, .vmPoweredOff, .vmPoweredOn,
    .vmPoweredOff, .vmPoweredOn, .vmHardwareUpgraded, .vmToolsUpgraded, .vmUpgradeReverting, .vmUpgradeWaiting,
    .vmUpgradeFinished, .vmUpgradeFailed, .vmUpgradeParked, .vmReset,
  ]

  private static func owed(_ hardware: JSONValue?) -> Event {
    var event = Event(occurredAt: Instant(microseconds: 1), type: .vmUpgradeOwed)
    event.vm = ObjectReference(kind: .vm, foreignID: "w", name: "w")
    event.migration = 4
    event.detail = hardware.map { ["hardware": $0, "tools": true] }
    return event
  }

  private static func event(_ place: Int, _ random: inout SplitMix64) -> Event {
    var event = Event(occurredAt: Instant(microseconds: Int64(place)), type: types.randomElement(using: &random) ?? .vmReset)
    event.actor = ["ann", "bob", nil][Int.random(in: 0...2, using: &random)]
    event.reason = ["full", "late", nil][Int.random(in: 0...2, using: &random)]
    event.detail = ["owed": 7]
    if event.type == .vmUpgradeScheduled, Int.random(in: 0...4, using: &random) > 0 {
      event.detail = ["for": .string(Instant(microseconds: Int64(place) * 1_000_000_000).description)]
    }
    if event.type == .vmUpgradeStarted { event.detail = ["power": Bool.random(using: &random) ? "on" : "off"] }
    return event
  }

  /// The values of a debt after a list of events, each by a look at the whole list.
  private struct Plain {
    let events: [Event]

    func last(_ isWanted: (Event) -> Bool) -> Int? { events.lastIndex(where: isWanted) }

    static func isEnd(_ event: Event) -> Bool {
      [.vmUpgradeFinished, .vmUpgradeFailed, .vmUpgradeParked].contains(event.type)
    }

    static func plannedTime(_ event: Event) -> Instant? {
      guard event.type == .vmUpgradeScheduled else { return nil }
      return event.detail?["for"]?.stringValue.flatMap(Instant.init(rfc3339:))
    }

    var plan: UpgradeDebt.Plan? {
      let decided = last {
        $0.type == .vmUpgradeUnscheduled || $0.type == .vmUpgradeStarted || Self.isEnd($0) || Self.plannedTime($0) != nil
      }
      guard let decided, let at = Self.plannedTime(events[decided]) else { return nil }
      return UpgradeDebt.Plan(at: at, actor: events[decided].actor, reason: events[decided].reason)
    }

    var cycle: UpgradeDebt.Cycle? {
      guard let start = last({ $0.type == .vmUpgradeStarted }), start > last(Self.isEnd) ?? -1 else { return nil }
      let after = events[(start + 1)...]
      let wasOn = events[start].detail?["power"] != "off"
      let plannedFor = Plain(events: Array(events[..<start])).plan?.at ?? events[start].occurredAt
      let stop = wasOn ? after.firstIndex { $0.type == .vmPoweredOff } : start
      let power = after.last { $0.type == .vmPoweredOff || $0.type == .vmPoweredOn }
      let reverting = after.last { $0.type == .vmUpgradeReverting }
      return UpgradeDebt.Cycle(
        plannedFor: plannedFor, wasOn: wasOn, wasStopped: stop != nil,
        wasStarted: stop.map { events[($0 + 1)...].contains { $0.type == .vmPoweredOn } } ?? false,
        isOn: power.map { $0.type == .vmPoweredOn } ?? wasOn, failure: reverting.map { $0.reason ?? "" },
        isWaiting: after.last?.type == .vmUpgradeWaiting)
    }

    var failure: UpgradeDebt.Failure? {
      guard let end = last(Self.isEnd), events[end].type != .vmUpgradeFinished else { return nil }
      return UpgradeDebt.Failure(at: events[end].occurredAt, reason: events[end].reason)
    }

    var parkedAt: Instant? {
      let decided = last { $0.type == .vmUpgradeParked || Self.plannedTime($0) != nil }
      return decided.flatMap { events[$0].type == .vmUpgradeParked ? events[$0].occurredAt : nil }
    }

    func time(of type: EventType) -> Instant? { events.last { $0.type == type }?.occurredAt }

    var state: UpgradeDebt.State {
      if let cycle { return cycle.isWaiting ? .waiting : .running }
      if time(of: .vmHardwareUpgraded) != nil, time(of: .vmToolsUpgraded) != nil { return .done }
      if parkedAt != nil { return .parked }
      return plan != nil ? .scheduled : .owed
    }
  }

  @Test("A debt after any events is what a plain reading of them finds", arguments: 0..<40)
  func aDebtIsWhatItsEventsSay(block: Int) throws {
    for seed in (block * 50)..<(block * 50 + 50) {
      var random = SplitMix64(seed: UInt64(seed))
      let events = (10..<Int.random(in: 11...22, using: &random)).map { Self.event($0, &random) }
      var debt = try #require(UpgradeDebt(Self.owed(["from": 3, "to": 4]), number: 7, source: "lab"))
      for event in events { debt.take(event) }
      let plain = Plain(events: events)
      #expect(debt.plan == plain.plan, "seed \(seed)")
      #expect(debt.cycle == plain.cycle, "seed \(seed)")
      #expect(debt.failure == plain.failure, "seed \(seed)")
      #expect(debt.parkedAt == plain.parkedAt, "seed \(seed)")
      #expect(debt.hardwareDoneAt == plain.time(of: .vmHardwareUpgraded), "seed \(seed)")
      #expect(debt.toolsDoneAt == plain.time(of: .vmToolsUpgraded), "seed \(seed)")
      #expect(debt.isDone == (debt.hardwareDoneAt != nil && debt.toolsDoneAt != nil), "seed \(seed)")
      #expect(debt.state == plain.state, "seed \(seed)")
    }
  }

  @Test("A debt says what it is of, and an event that says less is none")
  func whatADebtIsOf() throws {
    let debt = try #require(UpgradeDebt(Self.owed(["from": 3, "to": 4]), number: 7, source: "lab"))
    #expect(debt.number == 7 && debt.source == "lab" && debt.vm.name == "w" && debt.migration == 4)
    #expect(debt.fromVersion == 3 && debt.toVersion == 4 && debt.since == Instant(microseconds: 1))
    #expect(debt.state == .owed && debt.plan == nil && debt.cycle == nil && debt.failure == nil)
    for hardware: JSONValue? in [nil, ["from": 3], ["to": 4], ["from": "three", "to": 4]] {
      #expect(UpgradeDebt(Self.owed(hardware), number: 7, source: "lab") == nil)
    }
    var other = Self.owed(["from": 3, "to": 4])
    other.type = .vmUpgradeStarted
    #expect(UpgradeDebt(other, number: 7, source: "lab") == nil)
    other.detail = ["owed": 9]
    #expect(UpgradeDebt.number(of: other) == 9)
  }
}
