package import Inventory

/// What the time of a VM on a host depends on besides its own records.
package struct HostTimes: Sendable {
  package let cluster: [Span<ObjectID>]

  package init(cluster: [Span<ObjectID>]) { self.cluster = cluster }
}
