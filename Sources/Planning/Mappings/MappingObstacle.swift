/// What a mapped LUN stops one from doing. The raw values are stable, for scripts.
package enum MappingObstacle: String, Sendable, CaseIterable {
  case noSnapshot = "no-snapshot"
  case noRedoLog = "no-redo-log"
  case noImageBackup = "no-image-backup"
  case shared = "lun-shared"
  case lunStays = "lun-stays"
  case lunNotKnown = "lun-not-known"
  case hostsBlocked = "hosts-blocked"
  case hostsNotKnown = "hosts-not-known"

  /// What it means, in one sentence.
  package var text: String {
    switch self {
    case .noSnapshot: "The VM cannot have snapshots."
    case .noRedoLog: "Its running disks cannot be moved by REDO log; mirror and changed_blocks can."
    case .noImageBackup: "No image backup holds what is on the LUN: back it up inside the guest or on the array."
    case .shared: "Other VMs use the LUN, too: whatever is done with it is done to all of them."
    case .lunNotKnown: "Which LUN it is is not known: perhaps other VMs use it, too."
    case .lunStays: "A storage move takes the mapping file along, never the LUN."
    case .hostsBlocked: "The VM cannot move to hosts that do not see the LUN under the same number."
    case .hostsNotKnown: "Which hosts see the LUN is not known: ask before the VM is moved."
    }
  }
}
