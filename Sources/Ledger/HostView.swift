package import Inventory

/// A host at one moment.
package struct HostView: Sendable, Equatable {
  package let host: ObjectSummary
  package let cluster: ObjectSummary?
  package let availability: HostAvailability?
  package let mode: HostMode?
  /// VMs placed there, whether they run or not.
  package let vms: Int
  package let settings: [String: String]
}
