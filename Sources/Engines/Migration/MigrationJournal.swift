package import Inventory
package import Ledger

/// What the ledger knows of migrations that are not over.
package struct MigrationJournal {
  /// Reads the open migrations of a source's objects.
  /// - Parameter cluster: as it is; what a migration needs of hosts and settings.
  package static func open(_ reader: borrowing LedgerReader, in cluster: ClusterSnapshot) throws -> [LiveMigration] {
    try reader.openMigrations().map { events in
      let request = events[0].event
      guard let vm = request.vm, let source = request.host, let target = request.otherHost else {
        throw YadokariError(.failed, "event \(events[0].seq) asks for a migration and names no VM or no host")
      }
      var migration = LiveMigration(id: events[0].seq, vm: vm, from: source, to: target, in: cluster)
      for entry in events.dropFirst() { migration.take(entry.event) }
      return migration
    }
  }
}

extension LiveMigration {
  /// A migration with the sizes and settings that a cluster has now.
  package init(
    id: Int64, vm: ObjectReference, from source: ObjectReference, to target: ObjectReference, in cluster: ClusterSnapshot
  ) {
    let hosts = cluster.hosts.filter { $0.name == source.name || $0.name == target.name }
    let home = cluster.hosts.first { $0.name == source.name }?.cluster
    self.init(
      id: id, vm: vm, source: source, target: target,
      memoryMiB: Double(cluster.vms.first { $0.name == vm.name }?.memoryMiB ?? 0),
      linkMiBPerSecond: hosts.map(\.linkMiBPerSecond).min() ?? 1,
      settings: cluster.clusters.first { $0.name == home }?.migration ?? MigrationSettings())
  }
}
