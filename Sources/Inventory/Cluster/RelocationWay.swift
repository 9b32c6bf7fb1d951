/// How the disks of a running VM are moved to another datastore.
package enum RelocationWay: String, Sendable, CaseIterable {
  /// What the guest writes goes to both places while the disk is copied.
  case mirror
  /// Passes over the blocks that changed during the pass before.
  case changedBlocks = "changed_blocks"
  /// What the guest writes goes to a log while the base is copied; the log is then committed into the copy.
  case redoLog = "redo_log"
}
