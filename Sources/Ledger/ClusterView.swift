internal import Inventory

/// A cluster at one moment.
package struct ClusterView: Sendable, Equatable {
  package let cluster: ObjectSummary
  package let hosts: Int
  package let vms: Int
  package let settings: [String: String]
}
