package import Inventory

/// What the time of a VM on a host depends on besides its own records.
package struct HostTimes: Sendable {
  package let cluster: [Span<ObjectID>]
  package let availability: [Span<HostAvailability>]

  package init(cluster: [Span<ObjectID>], availability: [Span<HostAvailability>]) {
    (self.cluster, self.availability) = (cluster, availability)
  }
}
