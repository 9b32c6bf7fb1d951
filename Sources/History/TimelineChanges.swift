package import Inventory

/// What became other in a time line since it was last asked.
package struct TimelineChanges<Value: Sendable & Equatable>: Sendable {
  /// Of the spans that were given before, those that begin here or later are no more; nil where none are.
  package let from: Instant?
  /// The spans that are new or other.
  package let spans: [Span<Value>]
}
