package import Inventory

/// What a record by itself proves of whether its virtual machine ran; `PowerFold` weighs it against what is known.
package struct PowerEvidence: Sendable, Equatable {
  package var before: Claim<PowerState>.Side
  package var after: Claim<PowerState>.Side
  /// Set aside where it contradicts what is known: an "off" that finds the VM off already says nothing new.
  package var yields = false

  /// Which evidence a record gives; nil for none.
  package init?(_ record: Record) {
    switch record.type {
    case .vmPoweredOn, .vmResumed, .vmRestarted: (before, after) = (.silent, .value(.on))
    case .vmPoweredOff: (before, after, yields) = (.value(.on), .value(.off), true)
    case .vmSuspended: (before, after) = (.value(.on), .value(.suspended))
    case .vmReset, .vmRebooted: (before, after) = (.value(.on), .value(.on))
    case .vmRegistered: (before, after) = (.gone, .value(.off))
    case .vmUnregistered: (before, after) = (.silent, .gone)
    // HA acts for VMs that ran; one it could not start does not run.
    case .vmRestartFailed: (before, after) = (.silent, .value(.off))
    case .vmNotProtected: (before, after, yields) = (.value(.on), .unknown, true)
    case .vmPlaced:
      guard let power = record.facts.power else { return nil }
      (before, after) = (.silent, .value(power))
    case .migrationStarted, .migrationCompleted:
      guard record.isHotMove else { return nil }
      (before, after) = (.value(.on), .value(.on))
    case .foreignOther:
      switch record.meaning {
      case .starting, .resuming: (before, after) = (.silent, .value(.on))
      // The VM never stopped: its other half took over, or HA did nothing to it.
      case .failover, .leftAlone: (before, after) = (.value(.on), .value(.on))
      case .startFailed: (before, after) = (.silent, .value(.off))
      case .stopping: (before, after, yields) = (.value(.on), .silent, true)
      case .beingCreated: (before, after) = (.gone, .value(.off))
      default: return nil
      }
    default: return nil
    }
  }

  /// The evidence as a claim at the record's moment.
  func claim(of record: Record) -> Claim<PowerState> { Claim(record, before: before, after: after, yields: yields) }
}
