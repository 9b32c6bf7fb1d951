package import Inventory

/// What one of several moves will take.
package struct MoveForecast: Sendable, Equatable {
  /// How it ends.
  package enum Ending: String, Sendable {
    case completed
    /// The passes do not get smaller, and the cluster's settings say that it is given up then.
    case givenUp = "given_up"
    /// Its turn never comes, or a link that it needs carries nothing.
    case never
  }

  package internal(set) var ending = Ending.never
  /// When its turn comes; nil where it never does.
  package internal(set) var begins: Instant?
  /// When the VM is moved and what was left behind is removed, or when it is given up; nil where that is never.
  package internal(set) var ends: Instant?
  /// Passes over memory; over disks, the base and commits of logs with them. A mirror is one.
  package internal(set) var passes = 0
  /// All that is copied or committed, the rests at a standstill with it.
  package internal(set) var copiedMiB = 0.0
  /// What the guest writes twice while a mirror is filled, as hosts count it: of what is written evenly over a disk that is
  /// copied evenly, half.
  package internal(set) var mirroredMiB = 0.0
  /// How long the VM stands still in all.
  package internal(set) var downtimeSeconds = 0.0

  /// From when its turn comes; nil where it does not end.
  package var seconds: Double? { begins.flatMap { ends?.seconds(since: $0) } }
}
