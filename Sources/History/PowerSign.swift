internal import Inventory

/// What a record says of whether its VM ran, as far as an outage of its host is concerned.
enum PowerSign: Sendable, Equatable {
  /// It was started: just before it did not run.
  case start
  /// Its own stop, or its suspension, is on record.
  case stop
  /// It was found off, and nothing says when it stopped.
  case foundOff
  /// It was running, and had not been started by this record.
  case runs
  /// HA acted for it.
  case acted
  case none

  init(_ record: Record) {
    switch record.type {
    case .vmPoweredOn, .vmRestarted: self = .start
    case .vmPoweredOff: self = record.facts.isFound ? .foundOff : .stop
    case .vmSuspended: self = .stop
    case .vmReset, .vmRebooted, .vmResumed: self = .runs
    case .vmPlaced:
      switch record.facts.power {
      case .on?: self = .runs
      case .off?: self = .foundOff
      case .suspended?, nil: self = .none
      }
    case .migrationStarted, .migrationCompleted: self = record.isHotMove ? .runs : .none
    case .vmRestartFailed, .vmNotProtected, .vmWaiting, .vmRestartAttempted, .vmDuplicate: self = .acted
    case .foreignOther:
      switch record.meaning {
      case .starting?: self = .start
      case .stopping?, .guestShutdown?: self = .stop
      case .resuming?, .failover?, .leftAlone?, .secondaryStart?: self = .runs
      default: self = .none
      }
    default: self = .none
    }
  }
}

extension Record {
  /// Whether it shows that its VM ran while it was moved: a record of a hot beginning says so, and DRS moves running VMs
  /// only.
  var isHotMove: Bool {
    guard type == .migrationStarted || type == .migrationCompleted else { return false }
    if facts.power == .on { return true }
    guard type == .migrationCompleted, let foreignType else { return false }
    return foreignType.lowercased().hasSuffix("drsvmmigratedevent")
  }
}
