internal import Inventory
internal import Ledger

/// Where a VM is that somebody wants to move, as the ledger has it.
struct MigrationPlace {
  let vm: String
  let host: String?
  let power: PowerState?

  init(_ reader: borrowing LedgerReader, vm: String, source: String, at moment: Instant) throws {
    self.vm = vm
    let place = try reader.placement(
      of: reader.object(named: vm, kind: .vm, source: source, at: moment).id, at: moment)
    (host, power) = (place?.host?.name, place?.power)
  }

  /// Why it cannot be moved to a host; nil where nothing speaks against it.
  func refusal(to target: String, in cluster: ClusterSnapshot, isMoving: Bool) -> String? {
    guard let host else { return "nothing shows where it runs" }
    if isMoving { return "it is being moved" }
    if power != .on { return "it does not run" }
    if host == target { return "it is there already" }
    if !cluster.hosts.contains(where: { $0.name == target }) { return "there is no host \(target)" }
    return nil
  }
}
