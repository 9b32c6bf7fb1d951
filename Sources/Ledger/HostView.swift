package import Inventory

/// A host at one moment.
package struct HostView: Sendable, Equatable {
  package let host: ObjectSummary
  package let cluster: ObjectSummary?
  package let availability: HostAvailability?
  package let mode: HostMode?
  package let settings: [String: String]
}
