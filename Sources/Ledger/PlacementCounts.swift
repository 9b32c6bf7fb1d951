package import Inventory

/// How many VMs were where at a moment, whether they ran or not: each is counted where `vm list` shows it.
package struct PlacementCounts: Sendable {
  package private(set) var hosts: [ObjectID: Int] = [:]
  package private(set) var clusters: [ObjectID: Int] = [:]
  /// By the datastore of the VM's home files.
  package private(set) var datastores: [ObjectID: Int] = [:]

  /// - Throws: what the database reports.
  package init(_ reader: borrowing LedgerReader, at moment: Instant) throws {
    var (hosts, clusters, datastores): ([ObjectID: Int], [ObjectID: Int], [ObjectID: Int]) = ([:], [:], [:])
    try reader.forEachPlacement(at: moment) { placement in
      if let host = placement.host { hosts[host.id, default: 0] += 1 }
      if let cluster = placement.cluster { clusters[cluster.id, default: 0] += 1 }
      if let datastore = placement.datastore { datastores[datastore.id, default: 0] += 1 }
    }
    (self.hosts, self.clusters, self.datastores) = (hosts, clusters, datastores)
  }
}
