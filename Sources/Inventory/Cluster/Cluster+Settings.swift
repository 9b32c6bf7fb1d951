extension Cluster {
  /// Everything but the name. `ha_enabled` and `evc_mode` are as other inventories have them.
  package var settings: [String: String] {
    let availability = highAvailability
    let ha = SettingText.object([
      "policy": .string(availability.admissionPolicy.rawValue), "hosts": .int(Int64(availability.admissionHosts)),
      "isolation_response": .string(availability.isolationResponse.rawValue),
      "restart_attempts": .int(Int64(availability.restartAttempts)),
    ])
    let migration = SettingText.object([
      "downtime_limit_ms": .double(migration.downtimeLimitMilliseconds), "switch_ms": .double(migration.switchMilliseconds),
      "max_passes": .int(Int64(migration.maxPasses)), "not_converging": .string(migration.notConverging.rawValue),
      "storage_threshold_mib": .double(migration.storageThresholdMiB), "per_host": .int(Int64(migration.perHost)),
      "per_datastore": .int(Int64(migration.perDatastore)),
      "bandwidth_mib_s": SettingText.number(migration.bandwidthMiBPerSecond),
    ])
    return [
      "ha_enabled": String(availability.isEnabled), "evc_mode": evcMode ?? "none", "ha": ha.compactText,
      "migration": migration.compactText,
    ]
  }

  /// A cluster out of its settings; what they do not say is at its default.
  package init(name: String, settings: [String: String]) {
    self.init(name: name)
    evcMode = settings["evc_mode"] == "none" ? nil : settings["evc_mode"]
    highAvailability.isEnabled = settings["ha_enabled"] == "true"
    let ha = SettingText.value(settings["ha"])
    highAvailability.admissionPolicy = ha["policy"]?.word() ?? highAvailability.admissionPolicy
    highAvailability.admissionHosts = ha["hosts"]?.int ?? highAvailability.admissionHosts
    highAvailability.isolationResponse = ha["isolation_response"]?.word() ?? highAvailability.isolationResponse
    highAvailability.restartAttempts = ha["restart_attempts"]?.int ?? highAvailability.restartAttempts
    let moves = SettingText.value(settings["migration"])
    migration.downtimeLimitMilliseconds = moves["downtime_limit_ms"]?.doubleValue ?? migration.downtimeLimitMilliseconds
    migration.switchMilliseconds = moves["switch_ms"]?.doubleValue ?? migration.switchMilliseconds
    migration.maxPasses = moves["max_passes"]?.int ?? migration.maxPasses
    migration.notConverging = moves["not_converging"]?.word() ?? migration.notConverging
    migration.storageThresholdMiB = moves["storage_threshold_mib"]?.doubleValue ?? migration.storageThresholdMiB
    migration.perHost = moves["per_host"]?.int ?? migration.perHost
    migration.perDatastore = moves["per_datastore"]?.int ?? migration.perDatastore
    migration.bandwidthMiBPerSecond = moves["bandwidth_mib_s"]?.doubleValue
  }
}
