package import Inventory

/// An event with its number, its source and the time at which it was recorded.
package struct RecordedEvent: Sendable, Equatable {
  package let seq: Int64
  package let recordedAt: Instant
  package let source: String
  package let event: Event
  package let hash: ChainHash
  /// The event by which it no longer counts; nil where it counts.
  package let excludedBy: Int64?
}
