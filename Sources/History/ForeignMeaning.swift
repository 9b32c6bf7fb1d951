internal import Inventory

/// What those vCenter records prove that have no type of ours: many still say where a VM was or that it ran.
///
/// Keyed by the type name in lower case, since vCenter writes the same id in different cases.
package enum ForeignMeaning: Sendable {
  case starting
  /// A suspended VM is on its way back.
  case resuming
  case startFailed
  case stopping
  case beingCreated
  case presence
  /// The guest shut itself down: the VM is there, and is about to be off.
  case guestShutdown
  /// Fault Tolerance went on with the second copy of the VM, which never stopped.
  case failover
  /// It is about the second copy of a VM, whose place and power are not the VM's.
  case secondary
  /// The second copy of a VM is started, which is done while the VM runs; its host is not the VM's.
  case secondaryStart
  /// HA did nothing to the VM when its host was isolated.
  case leftAlone
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
    "vmunsupportedstartingevent": .starting,
    "vmresumingevent": .resuming,
    "vmprimaryfailoverevent": .failover,
    "vmstartingsecondaryevent": .secondaryStart,
    "vmsecondarystartedevent": .secondaryStart,
    "vmsecondaryaddedevent": .secondary,
    "vmsecondaryenabledevent": .secondary,
    "vmsecondarydisabledevent": .secondary,
    "vmsecondarydisabledbysystemevent": .secondary,
    "vmfailedstartingsecondaryevent": .secondary,
    "vmfailedupdatingsecondaryconfig": .secondary,
    "vmnocompatiblehostforsecondaryevent": .secondary,
    "vmtimedoutstartingsecondaryevent": .secondary,
    "com.vmware.vc.ha.vmishadisabledisolationevent": .leftAlone,
    "vmfailedtopoweronevent": .startFailed,
    "vmstoppingevent": .stopping,
    "vmsuspendingevent": .stopping,
    "vmbeingcreatedevent": .beingCreated,
    "vmguestshutdownevent": .guestShutdown,
    "vminstanceuuidassignedevent": .presence,
    "vmuuidassignedevent": .presence,
    "vmmacassignedevent": .presence,
    "vmdasbeingresetevent": .presence,
    "vmdasbeingresetwithscreenshotevent": .presence,
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
    case .starting, .resuming, .failover: .arrival(host)
    case .beingCreated: .registration(host)
    case .stopping, .presence, .guestShutdown: .presence(host)
    case .secondary, .secondaryStart: .none
    // HA may have tried it on a host where the VM never was.
    case .startFailed, .leftAlone, .protected, .unprotected, .highAvailabilityOn, .highAvailabilityOff, .balancingOn,
      .balancingOff,
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
