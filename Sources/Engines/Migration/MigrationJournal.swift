package import Inventory
package import Ledger

/// What the ledger knows of migrations that are not over.
package struct MigrationJournal {
  /// Reads the open migrations of a source's objects.
  /// - Parameter cluster: as it is; what a migration needs of hosts and settings.
  package static func open(_ reader: borrowing LedgerReader, in cluster: ClusterSnapshot) throws -> [LiveMigration] {
    try reader.openMigrations().map { try migration(from: $0, in: cluster) }
  }

  /// Reads a migration that was left to a person, as it stood before.
  /// - Throws: `notFound` where there is none with this number, `refused` where it was not left to a person.
  package static func parked(
    _ id: Int64, _ reader: borrowing LedgerReader, in cluster: ClusterSnapshot
  ) throws -> LiveMigration {
    let events = try reader.migrationEvents(of: id)
    guard events.first?.seq == id else {
      throw YadokariError(.notFound, "there is no migration \(id); see \"yadokari migration list\"")
    }
    guard events.last?.event.type == .migrationParked else {
      throw YadokariError(.refused, "migration \(id) was not left to a person; see \"yadokari migration show \(id)\"")
    }
    var migration = try migration(from: events, in: cluster)
    migration.ending = nil
    return migration
  }

  private static func migration(
    from events: some BidirectionalCollection<RecordedEvent>, in cluster: ClusterSnapshot
  ) throws -> LiveMigration {
    guard let first = events.first else { throw YadokariError(.notFound, "there is no such migration") }
    let request = first.event
    guard let vm = request.vm, let source = request.host, let target = request.otherHost else {
      throw YadokariError(.failed, "event \(first.seq) asks for a migration and names no VM or no host")
    }
    var migration = LiveMigration(id: first.seq, vm: vm, from: source, to: target, in: cluster)
    for entry in events.dropFirst() { migration.take(entry.event) }
    return migration
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
