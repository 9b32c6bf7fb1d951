internal import Inventory

/// A datastore with what the checks ask of it, worked out once.
final class PreparedDatastore: Sendable {
  let datastore: Datastore
  /// All that is used or promised to moves under way, MiB.
  let usedMiB: Double
  /// Moves that copy from or to it.
  let moves: Int
  /// How many may at once.
  let movesLimit: Int

  init(_ datastore: Datastore, usedMiB: Double, moves: Int, movesLimit: Int) {
    (self.datastore, self.usedMiB, self.moves, self.movesLimit) = (datastore, usedMiB, moves, movesLimit)
  }

  var name: String { datastore.name }
  /// Nil where its size is not known.
  var freeMiB: Double? { datastore.capacityMiB > 0 ? datastore.capacityMiB - usedMiB : nil }

  /// By name. Of clusters that share one, the strictest limit counts.
  static func all(_ snapshot: ClusterSnapshot, _ situation: Situation) -> [String: PreparedDatastore] {
    var disks: [String: Double] = [:]
    for disk in snapshot.vms.flatMap(\.disks) where disk.mapping == nil { disks[disk.datastore, default: 0] += disk.sizeMiB }
    let limit = snapshot.clusters.map(\.migration.perDatastore).min() ?? MigrationSettings().perDatastore
    let all = snapshot.datastores.map { datastore in
      let promised = situation.moves.reduce(0) { $0 + ($1.reservedMiB[datastore.name] ?? 0) }
      return PreparedDatastore(
        datastore, usedMiB: max(datastore.usedMiB, disks[datastore.name] ?? 0) + promised,
        moves: situation.moves.count { $0.datastores.contains(datastore.name) }, movesLimit: limit)
    }
    return Dictionary(all.map { ($0.name, $0) }) { first, _ in first }
  }
}
