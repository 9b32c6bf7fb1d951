internal import Inventory

/// A datastore at one moment.
package struct DatastoreView: Sendable, Equatable {
  package let datastore: ObjectSummary
  /// VMs whose home files lie there.
  package let vms: Int
}
