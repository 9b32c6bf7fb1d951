package import Inventory

/// What became of one VM that a failure hit.
package struct VMOutcome: Sendable, Equatable {
  /// The ways it can end.
  package enum Kind: String, Sendable, CaseIterable {
    case restarted
    case failed
    case waiting
    case notProtected = "not_protected"
    case recoveredWithHost = "recovered_with_host"
    case duplicate
    case noTrace = "no_trace"
  }

  package var vm: ObjectID
  package var kind: Kind
  /// The host it ran on; nil where it may have been one of several.
  package var from: ObjectID?
  package var to: ObjectID?
  package var downSince: Instant
  /// When it ran again; nil where it did not, or where nothing shows when.
  package var upAt: Instant?
  /// What started it again.
  package enum Starter: String, Sendable, CaseIterable {
    case ha
    case user
  }

  /// What started it again; nil where it was not started, or nothing shows by what.
  package var startedBy: Starter?
  /// When it was removed; nil where no record tells so.
  package var removedAt: Instant?
  /// Tries to start it: failed ones, and a start on another host.
  package var attempts: Int
  package var reason: String?
  /// Sequence numbers of the records that say so.
  package var events: [Int64]
  /// How well that is supported: `text` where an object was read from a message, `inferred` where its place was.
  package var grade = Grade.proven
}
