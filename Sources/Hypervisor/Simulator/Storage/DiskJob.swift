internal import Inventory

/// A host at work on the disks of a VM.
struct DiskJob: Sendable {
  enum Kind: Sendable { case mirror, pass, rest, base, commit, lastCommit }

  let kind: Kind
  /// The last that asked for it.
  var order: Order
  let host: Int
  let began: Instant
  /// The VM's starts on its disks before it.
  let generation: Int
  /// The guest's clock of writing when it began.
  let clock: Double
  let mib: Double
  /// Transfers that have not ended yet.
  var left: Set<Int>
}

/// The part of a job that is one disk's.
struct DiskTransfer: Sendable {
  let vm: Int
  let disk: Int
  let mib: Double
}
