internal import Inventory

extension Cluster {
  init(_ value: ClusterFileValue) throws {
    let fields = try value.object("name", "ha", "migration", "evc", "drs", "dpm")
    self.init(name: try fields.required("name").text())
    if let settings = fields["ha"] { highAvailability = try HighAvailabilitySettings(settings) }
    if let settings = fields["migration"] { migration = try MigrationSettings(settings) }
    let mode = try fields["evc"]?.object("mode").known("mode")?.text()
    evcMode = mode == "none" ? nil : mode
    // For planners to come: whatever stands in them is theirs.
    _ = try fields["drs"]?.object()
    _ = try fields["dpm"]?.object()
  }
}

extension HighAvailabilitySettings {
  init(_ value: ClusterFileValue) throws {
    self.init()
    let fields = try value.object("enabled", "admission", "isolation_response", "restart_attempts")
    isEnabled = try fields["enabled"]?.flag() ?? isEnabled
    if let admission = try fields["admission"]?.object("policy", "hosts") {
      admissionPolicy = try admission["policy"]?.word() ?? admissionPolicy
      admissionHosts = try admission["hosts"]?.count(from: 0) ?? admissionHosts
    }
    isolationResponse = try fields["isolation_response"]?.word() ?? isolationResponse
    restartAttempts = try fields["restart_attempts"]?.count(from: 0) ?? restartAttempts
  }
}

extension MigrationSettings {
  init(_ value: ClusterFileValue) throws {
    self.init()
    let fields = try value.object(
      "downtime_limit_ms", "switch_ms", "max_passes", "not_converging", "storage_threshold_mib", "per_host",
      "per_datastore", "bandwidth_mib_s")
    downtimeLimitMilliseconds = try fields["downtime_limit_ms"]?.amount() ?? downtimeLimitMilliseconds
    switchMilliseconds = try fields["switch_ms"]?.amount() ?? switchMilliseconds
    maxPasses = try fields["max_passes"]?.count(from: 1) ?? maxPasses
    notConverging = try fields["not_converging"]?.word() ?? notConverging
    storageThresholdMiB = try fields["storage_threshold_mib"]?.amount() ?? storageThresholdMiB
    perHost = try fields["per_host"]?.count(from: 1) ?? perHost
    perDatastore = try fields["per_datastore"]?.count(from: 1) ?? perDatastore
    bandwidthMiBPerSecond = try fields.known("bandwidth_mib_s")?.positiveAmount()
  }
}
