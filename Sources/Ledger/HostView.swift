package import Inventory

/// A host at one moment.
package struct HostView: Sendable, Equatable {
  package let host: ObjectSummary
  package let cluster: ObjectSummary?
  package let availability: HostAvailability?
  package let mode: HostMode?
  /// VMs placed there, and how many of them are known to run.
  package let vms: Int
  package let settings: [String: String]
}
