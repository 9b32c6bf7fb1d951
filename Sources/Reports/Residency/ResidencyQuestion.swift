package import Inventory

/// What an auditor wants to know of where VMs ran.
package struct ResidencyQuestion: Sendable {
  /// Only this VM; nil for all.
  package var vm: ObjectID?
  /// Only VMs whose names fit.
  package var pattern: NamePattern?
  /// Only stays on these hosts: those that bore a name one after the other.
  package var hosts: [ObjectID]?
  /// Only stays in this cluster.
  package var cluster: ObjectID?
  /// Name of the source; nil for all.
  package var source: String?
  package var since = Instant.distantPast
  package var until = Instant.distantFuture
  /// Only stays in which the VM ran.
  package var isRunOnly = false
  /// How many cores count at least for each socket; nil for those that are there.
  package var coresPerSocket: Int?

  package init() {}
}
