/// What happened, in our own words: `noun.happening`, lower case, stable. The field's other types come with their engines.
///
/// Histories ask for the type of each record many times: a case is one comparison of a number, a text would be one of bytes.
package enum EventType: Sendable, Hashable {
  case sourceIdentified
  case clusterObserved
  case hostObserved, hostAdded, hostRemoved, hostFailed, hostIsolated, hostStorageLost, hostConnectionLost,
    hostRecovered, hostMaintenanceEntering, hostMaintenanceEntered, hostMaintenanceExited, hostStandbyEntered,
    hostStandbyExited
  case vmRegistered, vmChanged, vmUnregistered, vmPoweredOn, vmPoweredOff, vmSuspended, vmResumed, vmReset, vmRebooted,
    vmPlaced
  case migrationRequested, migrationRefused, migrationStarted, migrationPhase, migrationCompleted, migrationFailed,
    migrationCancelled, migrationRolledBack, migrationParked
  case vmUpgradeOwed, vmUpgradeScheduled, vmUpgradeUnscheduled, vmUpgradeStarted, vmHardwareUpgraded, vmToolsUpgraded,
    vmUpgradeWaiting, vmUpgradeReverting, vmUpgradeFinished, vmUpgradeFailed, vmUpgradeParked
  case failoverStarted, failoverFinished, vmRestartAttempted, vmRestarted, vmRestartFailed, vmWaiting, vmNotProtected,
    vmDuplicate
  case evcExceeded
  case datastoreObserved
  case importFinished, importRetracted, importReplaced
  case ledgerGap
  case foreignOther
  /// A type that has no case of its own; only `init(rawValue:)` makes it.
  case other(String)

  /// Every type that has a case of its own. `importReplaced` holds pairs of records in two formats, the poorer and the
  /// richer one; `foreignOther` is a record of the source that means none of ours, kept whole under its own type name.
  package static let known: [EventType] = [
    .sourceIdentified, .clusterObserved, .hostObserved, .hostAdded, .hostRemoved, .hostFailed, .hostIsolated,
    .hostStorageLost, .hostConnectionLost, .hostRecovered, .hostMaintenanceEntering, .hostMaintenanceEntered,
    .hostMaintenanceExited, .hostStandbyEntered, .hostStandbyExited, .vmRegistered, .vmChanged, .vmUnregistered,
    .vmPoweredOn, .vmPoweredOff, .vmSuspended, .vmResumed, .vmReset, .vmRebooted, .vmPlaced, .migrationRequested,
    .migrationRefused, .migrationStarted, .migrationPhase, .migrationCompleted, .migrationFailed, .migrationCancelled,
    .migrationRolledBack, .migrationParked, .vmUpgradeOwed, .vmUpgradeScheduled, .vmUpgradeUnscheduled, .vmUpgradeStarted,
    .vmHardwareUpgraded, .vmToolsUpgraded, .vmUpgradeWaiting, .vmUpgradeReverting, .vmUpgradeFinished, .vmUpgradeFailed,
    .vmUpgradeParked, .failoverStarted, .failoverFinished, .vmRestartAttempted, .vmRestarted,
    .vmRestartFailed, .vmWaiting, .vmNotProtected, .vmDuplicate, .evcExceeded, .datastoreObserved, .importFinished,
    .importRetracted, .importReplaced, .ledgerGap, .foreignOther,
  ]

  private static let byText = Dictionary(uniqueKeysWithValues: known.map { ($0.rawValue, $0) })
}

extension EventType {
  /// The type that a text in the ledger stands for.
  package init(rawValue: String) { self = Self.byText[rawValue] ?? .other(rawValue) }

  /// The text that stands in the ledger.
  package var rawValue: String {
    switch self {
    case .sourceIdentified: "source.identified"
    case .clusterObserved: "cluster.observed"
    case .hostObserved: "host.observed"
    case .hostAdded: "host.added"
    case .hostRemoved: "host.removed"
    case .hostFailed: "host.failed"
    case .hostIsolated: "host.isolated"
    case .hostStorageLost: "host.storage_lost"
    case .hostConnectionLost: "host.connection_lost"
    case .hostRecovered: "host.recovered"
    case .hostMaintenanceEntering: "host.maintenance_entering"
    case .hostMaintenanceEntered: "host.maintenance_entered"
    case .hostMaintenanceExited: "host.maintenance_exited"
    case .hostStandbyEntered: "host.standby_entered"
    case .hostStandbyExited: "host.standby_exited"
    case .vmRegistered: "vm.registered"
    case .vmChanged: "vm.changed"
    case .vmUnregistered: "vm.unregistered"
    case .vmPoweredOn: "vm.powered_on"
    case .vmPoweredOff: "vm.powered_off"
    case .vmSuspended: "vm.suspended"
    case .vmResumed: "vm.resumed"
    case .vmReset: "vm.reset"
    case .vmRebooted: "vm.rebooted"
    case .vmPlaced: "vm.placed"
    case .migrationRequested: "migration.requested"
    case .migrationRefused: "migration.refused"
    case .migrationStarted: "migration.started"
    case .migrationPhase: "migration.phase"
    case .migrationCompleted: "migration.completed"
    case .migrationFailed: "migration.failed"
    case .migrationCancelled: "migration.cancelled"
    case .migrationRolledBack: "migration.rolled_back"
    case .migrationParked: "migration.parked"
    case .vmUpgradeOwed: "vm.upgrade_owed"
    case .vmUpgradeScheduled: "vm.upgrade_scheduled"
    case .vmUpgradeUnscheduled: "vm.upgrade_unscheduled"
    case .vmUpgradeStarted: "vm.upgrade_started"
    case .vmHardwareUpgraded: "vm.hardware_upgraded"
    case .vmToolsUpgraded: "vm.tools_upgraded"
    case .vmUpgradeWaiting: "vm.upgrade_waiting"
    case .vmUpgradeReverting: "vm.upgrade_reverting"
    case .vmUpgradeFinished: "vm.upgrade_finished"
    case .vmUpgradeFailed: "vm.upgrade_failed"
    case .vmUpgradeParked: "vm.upgrade_parked"
    case .failoverStarted: "ha.failover_started"
    case .failoverFinished: "ha.failover_finished"
    case .vmRestartAttempted: "ha.vm_restart_attempted"
    case .vmRestarted: "ha.vm_restarted"
    case .vmRestartFailed: "ha.vm_restart_failed"
    case .vmWaiting: "ha.vm_waiting"
    case .vmNotProtected: "ha.vm_not_protected"
    case .vmDuplicate: "ha.vm_duplicate"
    case .evcExceeded: "evc.vm_exceeds"
    case .datastoreObserved: "datastore.observed"
    case .importFinished: "import.finished"
    case .importRetracted: "import.retracted"
    case .importReplaced: "import.replaced"
    case .ledgerGap: "ledger.gap"
    case .foreignOther: "foreign.other"
    case .other(let text): text
    }
  }
}
