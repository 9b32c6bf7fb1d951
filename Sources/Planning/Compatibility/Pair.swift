internal import Inventory

/// A VM and where it is to go: what all checks look at.
struct Pair: Sendable {
  let cluster: PreparedCluster
  let vm: PreparedVM
  let host: PreparedHost
  let move: MoveRequest

  func reasons() -> [Reason] {
    var found = Findings()
    checkState(&found)
    if move.kind.changesHost, vm.source === host {
      found.error(.alreadyThere, "VM \(vm.name) is on host \(host.name) already.")
      return found.all
    }
    if !cluster.isComplete {
      if move.kind.changesHost { found.unknown.formUnion(.ofHostChange) }
      if movesFiles { found.unknown.formUnion(.ofFileMove) }
    }
    checkSource(&found)
    if move.kind.changesHost {
      checkTarget(&found)
      checkNetworks(&found)
      checkProcessor(&found)
      checkRoom(&found)
      checkLimits(&found)
      checkRules(&found)
      checkLink(&found)
    }
    checkDatastores(&found)
    checkMappings(&found)
    if movesFiles { checkFiles(&found) }
    if move.kind == .upgrade { checkUpgrade(&found) }
    checkTurn(&found)
    return found.all
  }

  /// Whether any of its files go elsewhere.
  var movesFiles: Bool { move.movesFiles }

  /// Where a disk will be.
  func target(ofDisk number: Int) -> String { move.disks[number] ?? move.datastore ?? vm.vm.disks[number].datastore }

  /// How bad it is that a VM and its target do not fit: where it does not fit its present host either, and is there all the
  /// same, what we believe of products is not the whole truth.
  func severity(alsoAtSource: Bool) -> Reason.Severity { alsoAtSource ? .warning : .error }
}
