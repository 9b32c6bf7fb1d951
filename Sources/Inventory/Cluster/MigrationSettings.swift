/// How a cluster moves VMs.
package struct MigrationSettings: Sendable, Equatable {
  /// What happens to a live migration whose passes do not get smaller.
  package enum NotConverging: String, Sendable, CaseIterable {
    /// It is given up; the VM runs on at its source.
    case abort
    /// The guest is slowed until the passes get smaller.
    case throttle
    /// The VM is stopped although the pause will be longer than the limit.
    case force
  }

  /// The longest pause that a hand-over may cause.
  package var downtimeLimitMilliseconds = 300.0
  /// What a hand-over takes besides copying.
  package var switchMilliseconds = 0.0
  package var maxPasses = 30
  package var notConverging = NotConverging.abort
  /// The rest of a disk that is copied while the VM is stopped, at most.
  package var storageThresholdMiB = 64.0
  /// How many moves a host takes part in at once, and how many a datastore.
  package var perHost = 2
  package var perDatastore = 4
  /// The most that one move may copy, MiB/s; nil for as fast as it goes.
  package var bandwidthMiBPerSecond: Double?

  package init() {}
}
