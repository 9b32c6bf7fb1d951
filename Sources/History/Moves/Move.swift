package import Inventory

/// One move of a virtual machine, joined from the records that tell of it. What they do not show is nil.
package struct Move: Sendable, Equatable {
  /// What was moved, and whether it ran meanwhile.
  package enum Kind: String, Sendable, CaseIterable {
    case live
    case cold
    case storage
    case liveAndStorage = "live+storage"
    case restart = "ha_restart"
    case upgrade
  }

  /// What set it off. `import`: no record of a move, only two inventories or other records that show it elsewhere.
  package enum Trigger: String, Sendable, CaseIterable {
    case user
    case drs
    case maintenance
    case dpm
    case ha
    case `import`
  }

  /// How it ended. `unknown`: it began, and its end is not on record.
  package enum Result: String, Sendable, CaseIterable {
    case completed
    case failed
    case cancelled
    case rolledBack = "rolled_back"
    case parked
    case running
    case unknown
  }

  /// Number of its first record.
  package let seq: Int64
  package let vm: ObjectID
  /// The cluster that its records name.
  package var cluster: ObjectID?
  package var kind: Kind?
  package var trigger: Trigger?
  package var result: Result
  /// When it began, or the first that is known of it.
  package var at: Instant
  /// The same with what keeps the order within a second that is known only as a whole.
  package var turn: Instant
  package var endedAt: Instant?
  package var ends = MoveEnds()
  package var actor: String?
  package var reason: String?
  /// Why it was asked for: what counts again once a move goes on that was left to a person.
  var request: String?
  /// Seconds from beginning to end; nil where either is not on record.
  package var duration: Double?
  /// Milliseconds in which the VM did not run.
  package var downtime: Double?
  package var bytes: Int64?
  package var passes: Int64?
  package var phases: [MovePhase] = []
  /// Numbers of all its records, in order.
  package var events: [Int64]
  /// How well its ends are supported: `inferred` where one was taken from records beside it.
  package var grade = Grade.proven
  /// The VM ran while it moved: the record of the beginning says so.
  var isHot = false

  /// The order of happening.
  package func comes(before other: Move) -> Bool { (turn, seq) < (other.turn, other.seq) }

  /// Whether it brought the VM to another host that is known.
  package var isToOtherHost: Bool {
    guard result == .completed, let from = ends.from, let to = ends.to else { return false }
    return from != to
  }
}
