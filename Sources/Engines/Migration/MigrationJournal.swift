package import Inventory
package import Ledger
package import Planning

/// What the ledger knows of migrations that are not over.
package struct MigrationJournal {
  /// Reads the open migrations of a source's objects.
  /// - Parameter cluster: as it is; what a migration needs of hosts and settings.
  package static func open(_ reader: borrowing LedgerReader, in cluster: ClusterSnapshot) throws -> [Migration] {
    try reader.openMigrations().map { try migration(from: $0, in: cluster) }
  }

  /// Reads a migration that was left to a person, as it stood before.
  /// - Throws: `notFound` where there is none with this number, `refused` where it was not left to a person.
  package static func parked(
    _ id: Int64, _ reader: borrowing LedgerReader, in cluster: ClusterSnapshot
  ) throws -> Migration {
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
  ) throws -> Migration {
    guard let first = events.first else { throw YadokariError(.notFound, "there is no such migration") }
    let (request, detail) = (first.event, first.event.detail)
    guard let vm = request.vm, let source = request.host, let target = request.otherHost else {
      throw YadokariError(.failed, "event \(first.seq) asks for a migration and names no VM or no host")
    }
    guard let kind = detail?["kind"]?.stringValue.flatMap(MoveKind.init) else {
      throw YadokariError(.failed, "event \(first.seq) asks for a migration of a kind that is not known")
    }
    let known = cluster.vms.first { $0.name == vm.name }
    let files = known.flatMap { known in
      FileMove(json: detail?["files"] ?? .null, of: known, in: cluster, settings: cluster.settings(of: source.name))
    }
    let priority = detail?["priority"]?.stringValue.flatMap(MovePriority.init) ?? .normal
    var migration = Migration(
      id: first.seq, kind, vm: vm, from: source, to: target, files: files, priority: priority, in: cluster)
    for entry in events { migration.take(entry.event) }
    return migration
  }
}

extension Migration {
  /// A migration with the sizes and settings that a cluster has now.
  package init(
    id: Int64, _ kind: MoveKind, vm: ObjectReference, from source: ObjectReference, to target: ObjectReference,
    files: FileMove?, priority: MovePriority, in cluster: ClusterSnapshot
  ) {
    let hosts = cluster.hosts.filter { $0.name == source.name || $0.name == target.name }
    let known = cluster.vms.first { $0.name == vm.name }
    let settings = cluster.settings(of: source.name)
    self.init(
      id: id, kind, vm: vm, source: source, target: target, files: files, priority: priority,
      isOn: known?.power == .on && known?.isTemplate == false, memoryMiB: Double(known?.memoryMiB ?? 0),
      linkMiBPerSecond: min(hosts.map(\.linkMiBPerSecond).min() ?? 1, settings.bandwidthMiBPerSecond ?? .infinity),
      settings: settings)
  }
}

extension ClusterSnapshot {
  /// How the cluster of a host moves VMs.
  func settings(of host: String) -> MigrationSettings {
    let home = hosts.first { $0.name == host }?.cluster
    return clusters.first { $0.name == home }?.migration ?? MigrationSettings()
  }
}
