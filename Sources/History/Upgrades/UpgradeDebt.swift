package import Inventory

/// What an upgrade migration left to be done with a VM, and how far that has come: its events add up to it.
///
/// Both the virtual hardware and the guest tools are owed; doing so interrupts the guest, at a time that a person chooses.
package struct UpgradeDebt: Sendable, Equatable {
  /// How it stands, in one word.
  package enum State: String, Sendable, Equatable {
    case owed, scheduled, running
    /// It is under way, and the host does not answer.
    case waiting
    /// It was left to a person.
    case parked
    case done
  }

  /// A time that somebody chose.
  package struct Plan: Sendable, Equatable {
    package let at: Instant
    package let actor: String?
    package let reason: String?
  }

  /// A power cycle under way, by its journal.
  package struct Cycle: Sendable, Equatable {
    /// When it was to begin.
    package let plannedFor: Instant
    /// Whether the VM ran when it began, and thus has to run at the end.
    package let wasOn: Bool
    /// Whether it was found off, or powered off; and whether it ran after that.
    package var wasStopped = false
    package var wasStarted = false
    package var isOn: Bool
    /// Why the VM is only to be started again; nil while all goes well.
    package var failure: String?
    /// Whether its host was said not to answer.
    package var isWaiting = false
  }

  /// A power cycle that came to nothing, or not to all.
  package struct Failure: Sendable, Equatable {
    package let at: Instant
    package let reason: String?
  }

  /// Number of the event that says that it is owed.
  package let number: Int64
  package let source: String
  package let vm: ObjectReference
  /// The upgrade migration.
  package let migration: Int64?
  /// Since when it is owed.
  package let since: Instant
  package let fromVersion: Int
  package let toVersion: Int
  package private(set) var hardwareDoneAt: Instant?
  package private(set) var toolsDoneAt: Instant?
  package private(set) var plan: Plan?
  package private(set) var cycle: Cycle?
  /// The last one; nil once a cycle has ended well.
  package private(set) var failure: Failure?
  package private(set) var parkedAt: Instant?

  /// - Returns: nil for an event that says nothing of the kind.
  package init?(_ event: Event, number: Int64, source: String) {
    guard event.type == .vmUpgradeOwed, let vm = event.vm, let hardware = event.detail?["hardware"],
      let from = hardware["from"]?.intValue.flatMap({ Int(exactly: $0) }),
      let to = hardware["to"]?.intValue.flatMap({ Int(exactly: $0) })
    else { return nil }
    (self.number, self.source, self.vm, migration, since) = (number, source, vm, event.migration, event.occurredAt)
    (fromVersion, toVersion) = (from, to)
  }

  package var isDone: Bool { hardwareDoneAt != nil && toolsDoneAt != nil }

  package var state: State {
    if let cycle { return cycle.isWaiting ? .waiting : .running }
    if isDone { return .done }
    if parkedAt != nil { return .parked }
    return plan == nil ? .owed : .scheduled
  }

  /// The number of the debt that an event is about; nil where it is about none.
  package static func number(of event: Event) -> Int64? { event.detail?["owed"]?.intValue }

  /// Takes an event that is about it.
  package mutating func take(_ event: Event) {
    // Whatever else happens, its host has answered.
    cycle?.isWaiting = false
    switch event.type {
    case .vmUpgradeScheduled:
      guard let at = event.detail?["for"]?.stringValue.flatMap(Instant.init(rfc3339:)) else { return }
      plan = Plan(at: at, actor: event.actor, reason: event.reason)
      parkedAt = nil
    case .vmUpgradeUnscheduled: plan = nil
    case .vmUpgradeStarted:
      let isOn = event.detail?["power"] != "off"
      cycle = Cycle(plannedFor: plan?.at ?? event.occurredAt, wasOn: isOn, wasStopped: !isOn, isOn: isOn)
      plan = nil
    case .vmPoweredOff:
      cycle?.isOn = false
      cycle?.wasStopped = true
    case .vmPoweredOn:
      cycle?.isOn = true
      if cycle?.wasStopped == true { cycle?.wasStarted = true }
    case .vmHardwareUpgraded: hardwareDoneAt = event.occurredAt
    case .vmToolsUpgraded: toolsDoneAt = event.occurredAt
    case .vmUpgradeReverting: cycle?.failure = event.reason ?? ""
    case .vmUpgradeWaiting: cycle?.isWaiting = true
    case .vmUpgradeFinished: end(nil)
    case .vmUpgradeFailed: end(Failure(at: event.occurredAt, reason: event.reason))
    case .vmUpgradeParked:
      end(Failure(at: event.occurredAt, reason: event.reason))
      parkedAt = event.occurredAt
    default: break
    }
  }

  private mutating func end(_ failure: Failure?) { (plan, cycle, self.failure) = (nil, nil, failure) }
}
