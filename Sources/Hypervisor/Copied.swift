/// What a pass brought.
package struct Copied: Sendable, Equatable {
  package let mib: Double
  package let seconds: Double
  /// What the guest has written since it began, and is yet to be copied.
  package let dirtyMiB: Double
  /// What the guest wrote to both places meanwhile.
  package let mirroredMiB: Double

  package init(mib: Double, seconds: Double, dirtyMiB: Double, mirroredMiB: Double = 0) {
    (self.mib, self.seconds, self.dirtyMiB, self.mirroredMiB) = (mib, seconds, dirtyMiB, mirroredMiB)
  }
}
