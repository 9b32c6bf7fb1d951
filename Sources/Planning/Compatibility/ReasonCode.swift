/// The stable names of reasons, for scripts; docs/compatibility.md says what each means.
package enum ReasonCode: String, Sendable, CaseIterable {
  // The VM
  case vmBusy = "vm-busy"
  case vmIsTemplate = "vm-is-template"
  case vmPoweredOff = "vm-powered-off"
  case vmPoweredOn = "vm-powered-on"
  case alreadyThere = "already-there"
  case localDevice = "local-device"
  case snapshotsPresent = "snapshots-present"
  case snapshotsKept = "snapshots-kept"
  // The hosts
  case sourceDisconnected = "source-disconnected"
  case hostDisconnected = "host-disconnected"
  case hostInMaintenance = "host-in-maintenance"
  case hostInStandby = "host-in-standby"
  // Storage
  case datastoreNotSeen = "datastore-not-seen"
  case vmfsUnreadable = "vmfs-unreadable"
  case vmfsReadOnly = "vmfs-read-only"
  case spaceMissing = "space-missing"
  case spaceTight = "space-tight"
  case logSpaceMissing = "log-space-missing"
  case logSpaceTight = "log-space-tight"
  case rdmLUNNotSeen = "rdm-lun-not-seen"
  case rdmLUNNumberDiffers = "rdm-lun-number-differs"
  case rdmLUNUnknown = "rdm-lun-unknown"
  case rdmPhysicalNoLog = "rdm-physical-no-log"
  // Networks and processors
  case networkMissing = "network-missing"
  case cpuVendorDiffers = "cpu-vendor-differs"
  case cpuFeaturesMissing = "cpu-features-missing"
  case cpuFeaturesUnproven = "cpu-features-unproven"
  // Room
  case memoryShort = "memory-short"
  case cpuReservationShort = "cpu-reservation-short"
  case cpuDemandHigh = "cpu-demand-high"
  case vcpusOverCores = "vcpus-over-cores"
  case vcpusOverLimit = "vcpus-over-limit"
  case memoryOverLimit = "memory-over-limit"
  case hardwareTooNew = "hardware-too-new"
  // Rules
  case ruleAntiAffinity = "rule-anti-affinity"
  case ruleAffinity = "rule-affinity"
  case ruleMustRunOn = "rule-must-run-on"
  case ruleShouldRunOn = "rule-should-run-on"
  // Speed and turn
  case notConverging = "not-converging"
  case diskNotConverging = "disk-not-converging"
  case guestSlowed = "guest-slowed"
  case hostMovesLimit = "host-moves-limit"
  case linkBusy = "link-busy"
  case datastoreMovesLimit = "datastore-moves-limit"
  // Upgrades
  case upgradeSource = "upgrade-source"
  case upgradeTarget = "upgrade-target"
  case upgradeSourceFormat = "upgrade-source-format"
  case upgradeTargetFormat = "upgrade-target-format"
  case upgradeOneWay = "upgrade-one-way"
  // What nobody knows
  case notKnown = "not-known"

  /// Whether it says that a move waits for others to end.
  package var isLimit: Bool {
    switch self {
    case .hostMovesLimit, .linkBusy, .datastoreMovesLimit: true
    default: false
    }
  }
}
