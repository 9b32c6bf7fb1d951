package import Inventory

/// A VM's record that shows that it stopped in an outage that nothing declared the death of its host.
package struct StopInOutage: Sendable, Hashable {
  /// The host that was out.
  package let host: ObjectID
  /// When the outage began.
  package let failedAt: Instant
  /// Number of the record.
  package let seq: Int64

  /// A stop from its parts.
  package init(host: ObjectID, failedAt: Instant, seq: Int64) {
    self.host = host
    self.failedAt = failedAt
    self.seq = seq
  }
}
