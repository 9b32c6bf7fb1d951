/// A place for the files of VMs.
package struct Datastore: Sendable, Equatable {
  package var name: String
  /// The file system: `vmfs2`, `vmfs3` and so on.
  package var format = "vmfs3"
  package var capacityMiB: Double
  /// All used space, disks of VMs included; where it is below their sum, the sum counts.
  package var usedMiB = 0.0
  /// What all files on it may become; nil where nobody says it.
  package var provisionedMiB: Double?
  /// The hosts that see it; nil for all.
  package var hosts: Set<String>?
  /// The speed of copies, once for all that read and once for all that write.
  package var copyMiBPerSecond = 80.0
  /// The speed at which a log is committed into its base.
  package var commitMiBPerSecond = 40.0

  package init(name: String, capacityMiB: Double) {
    self.name = name
    self.capacityMiB = capacityMiB
  }

  /// Whether a host sees it.
  package func isSeen(by host: String) -> Bool { hosts?.contains(host) ?? true }
}
