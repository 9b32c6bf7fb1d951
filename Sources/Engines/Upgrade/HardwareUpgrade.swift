package import History
package import Hypervisor
package import Inventory

/// The power cycle by which a VM gets new virtual hardware and then new guest tools: off, hardware, on, tools.
///
/// Each step leads to the next by what is true: whether the VM runs, which hardware it has, which tools. What is in doubt is
/// asked of the host. Whatever fails after the VM was powered off, it is started again, and the failure is an event.
package struct HardwareUpgrade: Sendable, Equatable {
  /// What can happen to it.
  package enum Input: Sendable {
    /// Its time has come.
    case begin
    case answer(order: Int, Message.Result)
    /// Time has gone on.
    case tick
    case hostLost(String)
    case hostFound(String)
    /// The service was started again: what it awaited before is unknown.
    case recover
  }

  /// An order that is not answered yet.
  struct Awaited: Sendable, Equatable {
    let order: Order
    let deadline: Instant
  }

  /// What is owed and how far the power cycle has come, by the journal.
  package private(set) var debt: UpgradeDebt
  let vm: ObjectReference
  let host: ObjectReference
  /// Whether the VM runs, as far as is known.
  var isOn: Bool
  var awaited: Awaited?
  /// When to ask again, where nothing could be done.
  var nextTry: Instant?
  /// Since when the host is asked, in vain.
  var askedSince: Instant?
  /// Whether the configuration file is half written.
  var isTorn = false
  /// How often it was in doubt, and how many starts failed.
  var doubts = 0
  var failedStarts = 0
  package private(set) var isOver = false

  /// - Parameters:
  ///   - host: the one that has the VM.
  ///   - isOn: whether it runs; of one that is under way the journal knows better.
  package init(_ debt: UpgradeDebt, host: ObjectReference, isOn: Bool) {
    (self.debt, vm, self.host, self.isOn) = (debt, debt.vm, host, debt.cycle?.isOn ?? isOn)
  }

  /// When something has to be done although nobody said anything.
  package var deadline: Instant? { [awaited?.deadline, nextTry].compactMap { $0 }.min() }

  /// Whether nothing can be done before its host answers, for which nobody waits.
  package var isWaiting: Bool { debt.cycle?.isWaiting == true && deadline == nil }

  // MARK: Limits

  /// How long after its time it may begin, or go on to what interrupts the guest, seconds.
  package static let toleranceSeconds = 3600.0
  /// How long a host may take to say what is true, or to stop a VM.
  static let answerSeconds = 20.0
  /// How long a start, or new hardware, may take.
  static let longAnswerSeconds = 120.0
  /// How long the tools may take.
  static let toolsSeconds = 900.0
  /// How long until the host is asked again, and for how long it is.
  static let retrySeconds = 10.0
  static let patienceSeconds = 900.0
  /// How many doubts there may be, and how many failed starts.
  static let maxDoubts = 20
  static let maxStarts = 3

  // MARK: Journal

  /// What an upgrade migration leaves to be done.
  static func owe(_ migration: Migration, _ turn: inout Turn) {
    // ESX 2 made VMs with hardware 3, ESX 3 makes them with 4.
    let detail: [JSONValue.Member] = [.init("hardware", ["from": 3, "to": 4]), .init("tools", true)]
    turn.step.events.append(migration.event(.vmUpgradeOwed, at: turn.now, detail))
    turn.tell(migration.vm.name, "hardware 3", "owes hardware 4 and new tools", because: "it left its old host")
  }

  /// An event of it, and what it adds to what is known.
  mutating func write(
    _ type: EventType, _ reason: String? = nil, _ detail: [JSONValue.Member] = [], _ turn: inout Turn
  ) {
    var event = Event(occurredAt: turn.now, type: type)
    (event.vm, event.host, event.reason) = (vm, host, reason)
    event.detail = .object([.init("owed", .int(debt.number))] + detail)
    debt.take(event)
    turn.step.events.append(event)
  }

  /// The last entry of its journal.
  mutating func end(_ type: EventType, because why: String, _ turn: inout Turn) {
    (awaited, nextTry, isOver) = (nil, nil, true)
    var left: [JSONValue] = []
    if debt.hardwareDoneAt == nil { left.append("hardware") }
    if debt.toolsDoneAt == nil { left.append("tools") }
    write(type, why, [.init("still_owed", .array(left)), .init("power", isOn ? "on" : "off")], &turn)
    let words = [EventType.vmUpgradeFinished: "finished", .vmUpgradeFailed: "failed", .vmUpgradeParked: "parked"]
    tell("under way", words[type] ?? "over", because: why, &turn)
  }

  func tell(_ old: String, _ new: String, because why: String, _ turn: inout Turn) {
    turn.tell("\(vm.name) (upgrade \(debt.number))", old, new, because: why)
  }
}
