internal import Inventory

/// vCenter's event types in our words.
struct VCenterTypes {
  struct Meaning {
    /// Our type.
    let type: EventType
    /// The part of a type name that tells it from others, in lower case.
    let key: String
  }

  /// What was found before: a file has many records and few types.
  private var known: [String: Meaning] = [:]
  private static let knownLimit = 4096

  /// What one of vCenter's types means to us.
  mutating func meaning(of foreignType: String) -> Meaning {
    if let meaning = known[foreignType] { return meaning }
    let meaning = Meaning(type: Self.type(of: foreignType), key: Self.key(foreignType))
    if known.count < Self.knownLimit { known[foreignType] = meaning }
    return meaning
  }

  /// Our type for one of vCenter's. Case does not count, nor does the prefix of the id: the same happening comes as a class
  /// and as an EventEx, and the prefix is spelt in two ways.
  static func type(of foreignType: String) -> EventType { table[key(foreignType)] ?? .foreignOther }

  /// The part of a type name that tells it from others.
  static func key(_ foreignType: String) -> String {
    let lower = foreignType.lowercased()
    for prefix in ["com.vmware.vc.ha.", "com.vmware.vc.", "vim.event."] where lower.hasPrefix(prefix) {
      return String(lower.dropFirst(prefix.count))
    }
    return lower
  }

  private static let table: [String: EventType] = [
    "vmbeinghotmigratedevent": .migrationStarted,
    "vmbeingmigratedevent": .migrationStarted,
    "vmbeingrelocatedevent": .migrationStarted,
    "vmmigratedevent": .migrationCompleted,
    "drsvmmigratedevent": .migrationCompleted,
    "vmrelocatedevent": .migrationCompleted,
    "vmfailedmigrateevent": .migrationFailed,
    "vmrelocatefailedevent": .migrationFailed,
    "vmpoweredonevent": .vmPoweredOn,
    "drsvmpoweredonevent": .vmPoweredOn,
    "vmpoweredoffevent": .vmPoweredOff,
    "vmsuspendedevent": .vmSuspended,
    "vmresettingevent": .vmReset,
    "vmguestrebootevent": .vmRebooted,
    "vmcreatedevent": .vmRegistered,
    "vmregisteredevent": .vmRegistered,
    "vmclonedevent": .vmRegistered,
    "vmdeployedevent": .vmRegistered,
    "vmremovedevent": .vmUnregistered,
    "vmreconfiguredevent": .vmChanged,
    "vmrenamedevent": .vmChanged,
    "vmrestartedbyhaevent": .vmRestarted,
    "vmrestartedonalternatehostevent": .vmRestarted,
    "vmfailoverfailed": .vmRestartFailed,
    "notenoughresourcestostartvmevent": .vmRestartFailed,
    "vmmaxrestartcountreached": .vmRestartFailed,
    "failedrestartafterisolationevent": .vmRestartFailed,
    "vmishadisabledrestartevent": .vmNotProtected,
    "remediateddupvms": .vmDuplicate,
    "clusterfailoveractioninitiatedevent": .failoverStarted,
    "clusterfailoveractioncompletedevent": .failoverFinished,
    "dashostfailedevent": .hostFailed,
    "dashostisolatedevent": .hostIsolated,
    "dashostcompletedatastorefailureevent": .hostStorageLost,
    "hostconnectionlostevent": .hostConnectionLost,
    "hostconnectedevent": .hostRecovered,
    "hostaddedevent": .hostAdded,
    "hostremovedevent": .hostRemoved,
    "clustercreatedevent": EventType(rawValue: "cluster.added"),
    "clusterreconfiguredevent": EventType(rawValue: "cluster.changed"),
    "enteringmaintenancemodeevent": .hostMaintenanceEntering,
    "enteredmaintenancemodeevent": .hostMaintenanceEntered,
    "exitmaintenancemodeevent": .hostMaintenanceExited,
    "enteredstandbymodeevent": .hostStandbyEntered,
    "drsenteredstandbymodeevent": .hostStandbyEntered,
    "exitedstandbymodeevent": .hostStandbyExited,
    "drsexitedstandbymodeevent": .hostStandbyExited,
    "vmrequirementsexceedcurrentevcmodeevent": .evcExceeded,
    "eventburstcompressedevent": .ledgerGap,
  ]
}
