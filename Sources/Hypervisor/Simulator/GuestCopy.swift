internal import Inventory

/// A copy of a VM on a host, as the hardware has it.
struct GuestCopy: Sendable {
  enum State: Sendable { case running, paused, incoming, starting }

  /// Never given twice: what was meant for one copy does not befall the next.
  let token: Int
  let host: Int
  var state: State
  /// Whether all the memory of an incoming copy is here.
  var isWhole: Bool
  /// The disks' generation as of which its memory is.
  var generation = 0
  /// When the last pass began, or the guest got another speed since; what it wrote from then on is yet to be copied.
  var trackedSince: Instant?
  /// What it wrote between the two, MiB.
  var writtenMiB = 0.0
  /// It stands still because a datastore had no space for what it wrote; it still holds its disks.
  var lacksSpace = false
  /// The copy under way from here.
  var transfer: Int?
  /// The part of its processor time that a slowed guest keeps.
  var speed = 1.0
  /// The row of the hardware's record that is open while it runs.
  var stint: Int?

  init(token: Int, host: Int, state: State, isWhole: Bool) {
    (self.token, self.host, self.state, self.isWhole) = (token, host, state, isWhole)
  }
}
