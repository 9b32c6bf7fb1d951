package import Inventory

/// What one record says of one thing: how it was just before, and how it is from then on.
package struct Claim<Value: Sendable & Equatable>: Sendable {
  /// One side of the moment.
  package enum Side: Sendable, Equatable {
    /// The record says nothing of this side.
    case silent
    case value(Value)
    /// The record says that it can no longer be relied on.
    case unknown
    /// There is no such thing on this side: not yet, or no more.
    case gone
  }

  package let at: Instant
  package let seq: Int64
  package let before: Side
  package let after: Side
  /// A weak record: where it contradicts what is known by then, it is set aside.
  package let yields: Bool
  /// It was read from the text of a message, where no field holds it.
  package let isText: Bool

  package init(at: Instant, seq: Int64, before: Side, after: Side, yields: Bool = false, isText: Bool = false) {
    self.isText = isText
    self.at = at
    self.seq = seq
    self.before = before
    self.after = after
    self.yields = yields
  }

  /// What a record says, at its moment.
  init(_ record: Record, before: Side, after: Side, yields: Bool = false) {
    self.init(
      at: record.at, seq: record.seq, before: before, after: after, yields: yields, isText: record.facts.isText)
  }
}
