package import Inventory

/// A stretch of time in which a VM was on one host and either ran or did not.
package struct RunStay: Sendable, Equatable {
  package var from: Instant
  package var to: Instant
  /// The last moment that belongs to it: just before `to`, but for a stay that lasts on at the end of the time asked for.
  package var last: Instant
  /// Nil where the evidence does not show it.
  package var host: ObjectID?
  /// The cluster of the host then, else the one that the VM's own records name.
  package var cluster: ObjectID?
  /// Whether it was powered on, which a suspended VM is not; nil where the evidence does not show it.
  package var isRunning: Bool?
  /// The weakest of what supports any part of it.
  package var grade: Grade
  /// How much of it records prove.
  package var provenSeconds: Double

  package var seconds: Double { to.seconds(since: from) }
}
