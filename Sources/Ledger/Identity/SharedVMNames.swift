internal import Inventory
internal import SQLite

/// The names of VMs that stand, or may stand, for several: of which a record with a name alone does not say by itself which
/// VM it means.
struct SharedVMNames {
  /// Rows of the dictionary: those with such a name alone, and all of the VMs with ids that ever bore one.
  private(set) var rows: Set<Int64> = []
  /// Those with a name alone.
  private(set) var bare: Set<Int64> = []

  init(_ objects: NamedObjects, _ connection: borrowing Connection) throws {
    let names = objects.names[.vm] ?? [:]
    let renamings = try connection.renamings()
    let renamed = Set(renamings.flatMap { [$0.oldName, $0.newName, objects.name($0.name)] })
    var others: [String: Set<String>] = [:]
    for renaming in renamings {
      others[renaming.oldName, default: []].insert(renaming.newName)
      others[renaming.newName, default: []].insert(renaming.oldName)
    }
    var open: [String] = []
    for (name, namesakes) in names where namesakes.bare != nil {
      if try Self.isShared(name, namesakes, renamed, objects, connection) { open.append(name) }
    }
    var shared: Set<String> = []
    var known: Set<Int64> = []
    while let name = open.popLast() {
      guard shared.insert(name).inserted else { continue }
      open.append(contentsOf: others[name] ?? [])
      for identity in names[name]?.known ?? [] where known.insert(identity).inserted {
        open.append(contentsOf: objects.names(ofIdentity: identity))
      }
    }
    bare = Set(shared.compactMap { names[$0]?.bare })
    rows = bare.union(known.flatMap { (objects.rowsOf[$0] ?? []).filter(objects.hasID) })
    if bare.isEmpty { rows = [] }
  }

  private static func isShared(
    _ name: String, _ namesakes: NamedObjects.Namesakes, _ renamed: Set<String>, _ objects: NamedObjects,
    _ connection: borrowing Connection
  ) throws -> Bool {
    if namesakes.known.count > 1 || renamed.contains(name) { return true }
    guard let bare = namesakes.bare else { return false }
    let places = objects.datacenters(ofRow: bare)
    if places.count > 1 { return true }
    guard let only = namesakes.known.first else { return false }
    // A VM was created or removed under the name alone: the one with the id may be another.
    if objects.wasCreatedOrRemoved(bare) { return true }
    if objects.names(ofIdentity: only).count > 1 { return true }
    let own = (objects.rowsOf[only] ?? []).filter(objects.hasID).reduce(into: Set<Int64>()) {
      $0.formUnion(objects.datacenters(ofRow: $1))
    }
    if !own.isEmpty, !places.isSubset(of: own) { return true }
    // A VM that was removed no longer bears its name.
    let end = try connection.first("SELECT max(to_at) FROM residency WHERE vm = $1", only) { $0.optionalInt(0) } ?? nil
    return end.map { $0 < Instant.distantFuture.microseconds } ?? false
  }
}
