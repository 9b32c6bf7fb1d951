package import Inventory

/// A stretch of time in which one thing was so. `from` belongs to it, `to` no more.
package struct Span<Value: Sendable & Equatable>: Sendable, Equatable {
  package let from: Instant
  package let to: Instant
  /// What was so; nil where the evidence does not show it.
  package let value: Value?
  package let grade: Grade
  /// Sequence number of the record at `from`; nil where nobody saw the beginning.
  package let began: Int64?
  /// Sequence number of the record at `to`; nil while it lasts.
  package let ended: Int64?

  package init(from: Instant, to: Instant, value: Value?, grade: Grade, began: Int64?, ended: Int64?) {
    self.from = from
    self.to = to
    self.value = value
    self.grade = grade
    self.began = began
    self.ended = ended
  }

  package func contains(_ instant: Instant) -> Bool { from <= instant && instant < to }
}

/// The span of an ordered, gapless or gapped list that covers a moment.
package func span<Value>(at instant: Instant, in spans: [Span<Value>]) -> Span<Value>? {
  var low = 0
  var high = spans.count
  while low < high {
    let middle = (low + high) / 2
    if spans[middle].to <= instant { low = middle + 1 } else { high = middle }
  }
  guard low < spans.count, spans[low].contains(instant) else { return nil }
  return spans[low]
}
