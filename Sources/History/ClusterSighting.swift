package import Inventory

/// The first and the last record that show a host in a cluster.
package struct ClusterSighting: Sendable, Equatable {
  package let cluster: ObjectID
  package var firstAt: Instant
  package var firstSeq: Int64
  package var lastAt: Instant
  package var lastSeq: Int64

  package init(cluster: ObjectID, firstAt: Instant, firstSeq: Int64, lastAt: Instant, lastSeq: Int64) {
    self.cluster = cluster
    self.firstAt = firstAt
    self.firstSeq = firstSeq
    self.lastAt = lastAt
    self.lastSeq = lastSeq
  }
}
