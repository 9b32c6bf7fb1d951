package import Inventory

/// What decides over moves of one VM at one moment.
package struct MoveSnapshot: Sendable {
  package var cluster: ClusterSnapshot
  /// The source's ids of hosts, by the name in the snapshot; those without one are left out.
  package let hostIDs: [String: String]
}
