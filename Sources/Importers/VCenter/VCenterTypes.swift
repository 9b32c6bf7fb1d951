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
  ///
  /// A class without an entry means what its nearest base with an entry means: a power-off with a class of its own is one.
  static func type(of foreignType: String) -> EventType {
    let key = key(foreignType)
    var name: String? = key
    while let known = name {
      if let type = table[known] { return type }
      name = VCenterClasses.base(of: known)
    }
    return .foreignOther
  }

  /// Whether a text in a column for types is one: scripts also write severities there, and the class of all records that
  /// have an id for a type says nothing without the id.
  static func isType(_ text: String) -> Bool {
    let key = key(text)
    if nameless.contains(key) { return false }
    return key != text.lowercased() || text.contains(".") || VCenterClasses.holds(key) || type(of: text) != .foreignOther
  }

  private static let nameless: Set<String> = ["event", "eventex", "extendedevent"]

  /// The part of a type name that tells it from others.
  static func key(_ foreignType: String) -> String {
    let lower = foreignType.lowercased()
    for prefix in ["com.vmware.vc.ha.", "com.vmware.vc.", "vim.event."] where lower.hasPrefix(prefix) {
      return String(lower.dropFirst(prefix.count))
    }
    return lower
  }

  private static let table = classes.merging(identifiers) { own, _ in own }

  /// Ids of EventEx and ExtendedEvent that no class has: moves between vCenters and encrypted ones, and what high
  /// availability does when storage is lost. Where one says less than it seems to, it is in `HarmlessTypes`.
  private static let identifiers: [String: EventType] = [
    "vm.vmhotmigratingwithencryptionevent": .migrationStarted,
    "vm.vmmigratingwithencryptionevent": .migrationStarted,
    // The VM of another vCenter, with another id: here it begins, there it ends.
    "vm.dstvmmigratedevent": .vmRegistered,
    "vm.srcvmmigratedevent": .vmUnregistered,
    "vm.srcvmmigratefailedevent": .migrationFailed,
    "vm.dstvmclonedevent": .vmRegistered,
    "dasfailoverhostfailedevent": .hostFailed,
    "dasfailoverhostisolatedevent": .hostIsolated,
    // Nothing is stopped where a VM's datastore is lost, but where high availability sets out to stop the VM for it.
    "vmcpterminatingvm": .hostStorageLost,
    "vmcpstoragefailurecleared": .hostRecovered,
    "remediationfailedfordupvms": .vmDuplicate,
    "lockownerunknownfordupvms": .vmDuplicate,
    "vcp.vmrestartfailedevent": .vmRestartFailed,
  ]

  private static let classes: [String: EventType] = [
    "vmbeinghotmigratedevent": .migrationStarted,
    "vmbeingmigratedevent": .migrationStarted,
    "vmbeingrelocatedevent": .migrationStarted,
    "vmmigratedevent": .migrationCompleted,
    "vmrelocatedevent": .migrationCompleted,
    "vmfailedmigrateevent": .migrationFailed,
    "vmrelocatefailedevent": .migrationFailed,
    "vmpoweredonevent": .vmPoweredOn,
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
    "vmautorenameevent": .vmChanged,
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
    "exitedstandbymodeevent": .hostStandbyExited,
    "vmrequirementsexceedcurrentevcmodeevent": .evcExceeded,
    "eventburstcompressedevent": .ledgerGap,
  ]
}
