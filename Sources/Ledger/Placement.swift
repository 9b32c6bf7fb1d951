package import Inventory

/// Where a VM was and how, at one moment.
package struct Placement: Sendable, Equatable {
  package let vm: ObjectSummary
  package let cluster: ObjectSummary?
  /// Nil where the evidence does not show it.
  package let host: ObjectSummary?
  /// Nil where the evidence does not show it, as on a host that nobody heard of since.
  package let power: PowerState?
  package let vcpus: Int64?
  package let memoryMiB: Int64?
  package let datastore: ObjectSummary?
  /// Since when it was on that host; nil where nobody saw it come.
  package let since: Instant?
  package let grade: Grade
}
