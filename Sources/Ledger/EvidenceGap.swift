package import Inventory

/// A stretch of time for which records of a source are missing.
package struct EvidenceGap: Sendable, Equatable {
  /// One of the contract's gap codes.
  package let code: String
  package let source: String
  package let from: Instant
  package let to: Instant
}
