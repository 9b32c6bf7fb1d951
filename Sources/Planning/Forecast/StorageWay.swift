/// How a disk of a running VM is moved to another datastore.
package enum StorageWay: String, Sendable, CaseIterable {
  /// Every write goes to both places while the disk is copied once.
  case mirror
  /// Passes of the blocks that were written meanwhile.
  case changedBlocks = "changed_blocks"
  /// The base stands still under a log while it is copied; then log after log is committed into the copy.
  case redoLog = "redo_log"
}
