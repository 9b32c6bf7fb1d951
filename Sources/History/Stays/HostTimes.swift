package import Inventory

/// What the time of a VM on a host depends on besides its own records.
package struct HostTimes: Sendable {
  package let cluster: [Span<ObjectID>]

  /// The times of a host from the clusters that it was in.
  package init(cluster: [Span<ObjectID>]) { self.cluster = cluster }
}
