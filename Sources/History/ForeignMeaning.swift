internal import Inventory

/// What those vCenter records prove that have no type of ours: many still say where a VM was or that it ran.
///
/// Keyed by the type name in lower case, since vCenter writes the same id in different cases.
package enum ForeignMeaning: Sendable {
  case starting
  case startFailed
  case stopping
  case beingCreated
  case presence
  case highAvailabilityOn
  case highAvailabilityOff
  case balancingOn
  case balancingOff
  case protected
  case unprotected
  case hostDisconnected

  package init?(_ foreignType: String?) {
    guard let foreignType else { return nil }
    var key = foreignType.lowercased()
    if key.hasPrefix("vim.event.") { key.removeFirst("vim.event.".count) }
    guard let meaning = Self.table[key] else { return nil }
    self = meaning
  }

  private static let table: [String: ForeignMeaning] = [
    "vmstartingevent": .starting,
    "vmresumingevent": .starting,
    "vmstartingsecondaryevent": .presence,
    "vmfailedtopoweronevent": .startFailed,
    "vmstoppingevent": .stopping,
    "vmsuspendingevent": .stopping,
    "vmbeingcreatedevent": .beingCreated,
    "vmguestshutdownevent": .presence,
    "vminstanceuuidassignedevent": .presence,
    "vmuuidassignedevent": .presence,
    "vmmacassignedevent": .presence,
    "vmdasbeingresetevent": .presence,
    "dasenabledevent": .highAvailabilityOn,
    "dasdisabledevent": .highAvailabilityOff,
    "drsenabledevent": .balancingOn,
    "drsdisabledevent": .balancingOff,
    "com.vmware.vc.ha.vmprotectedevent": .protected,
    "com.vmware.vc.ha.vmunprotectedevent": .unprotected,
    "com.vmware.vc.ha.vmnotprotectedevent": .unprotected,
    "hostdisconnectedevent": .hostDisconnected,
  ]

  /// The evidence of place that a record of this meaning gives for its VM.
  func place(_ host: ObjectID) -> PlaceEvidence {
    switch self {
    case .starting: .arrival(host)
    case .beingCreated: .registration(host)
    case .stopping, .presence: .presence(host)
    // HA may have tried it on a host where the VM never was.
    case .startFailed, .protected, .unprotected, .highAvailabilityOn, .highAvailabilityOff, .balancingOn, .balancingOff,
      .hostDisconnected:
      .hint(host)
    }
  }

  /// The setting that the record changes, with its new value.
  var setting: (key: String, value: String)? {
    switch self {
    case .highAvailabilityOn: ("ha_enabled", "true")
    case .highAvailabilityOff: ("ha_enabled", "false")
    case .balancingOn: ("drs_enabled", "true")
    case .balancingOff: ("drs_enabled", "false")
    case .protected: ("ha_protected", "true")
    case .unprotected: ("ha_protected", "false")
    default: nil
    }
  }
}
