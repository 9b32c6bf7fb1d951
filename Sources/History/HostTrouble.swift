package import Inventory

/// An outage of a host as the power of its VMs depends on it.
package struct HostTrouble: Sendable, Equatable {
  /// The host.
  package let host: ObjectID
  /// When the trouble began: from then on nothing shows that a VM of the host still runs.
  package let failedAt: Instant
  /// When the host was declared dead; nil where nothing declared it.
  package let declaredDeadAt: Instant?
  /// When the host is known to be back; `distantFuture` where no record shows it.
  package let backAt: Instant
  /// Number of the first record of the trouble.
  package let began: Int64
  /// Number of the record that shows the return; nil where there is none.
  package let ended: Int64?
  /// Whether VMs stopped in it: the host was declared dead, or records of some VM of it show a stop. Otherwise the VMs of
  /// the host ran on, as far as is known.
  package let stoppedVMs: Bool

  /// A trouble from its parts.
  package init(
    host: ObjectID, failedAt: Instant, declaredDeadAt: Instant?, backAt: Instant, began: Int64, ended: Int64?,
    stoppedVMs: Bool
  ) {
    self.host = host
    self.failedAt = failedAt
    self.declaredDeadAt = declaredDeadAt
    self.backAt = backAt
    self.began = began
    self.ended = ended
    self.stoppedVMs = stoppedVMs
  }

  /// The trouble of an outage.
  /// - Parameter stoppedVMs: whether records of some VM show that it stopped in it.
  package init(_ outage: Outage, stoppedVMs: Bool) {
    let isDead = outage.trigger == .hostFailed
    self.init(
      host: outage.host, failedAt: outage.failedAt, declaredDeadAt: isDead ? outage.declaredAt : nil,
      backAt: outage.backAt, began: outage.records.first ?? outage.id, ended: outage.ended,
      stoppedVMs: isDead || stoppedVMs)
  }

  /// Whether the host was in trouble at a moment.
  package func contains(_ moment: Instant) -> Bool { failedAt <= moment && moment < backAt }
}
