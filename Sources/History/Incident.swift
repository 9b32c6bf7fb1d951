package import Inventory

/// A failure with everybody it hit.
package struct Incident: Sendable {
  package var outage: Outage
  package var outcomes: [VMOutcome]
  /// VMs of the cluster that may have run on the host: nothing shows where they were.
  package let unplaced: [ObjectID]
  /// VMs whose restart may belong to this failure or to another one.
  package let ambiguous: [ObjectID]
  /// How many VMs the cluster said it would restart; nil where it said nothing.
  package let announced: Int?
}
