package import Inventory

/// A checkpoint of one of our own moves: a phase, or one pass of a copy.
package struct MovePhase: Sendable, Equatable {
  /// Such as `precopy` or `commit`.
  package let name: String
  package let at: Instant
  /// Which pass over memory or disk; nil for a phase that is none.
  package let pass: Int64?
  package let bytes: Int64?
  /// Seconds.
  package let duration: Double?
}
