internal import Inventory

extension Instant {
  /// A week earlier: a span that began before and lasts at this moment is longer than a week, and `residency_long` finds it.
  var weekBefore: Instant { Instant(microseconds: microseconds - 604_800_000_000) }
}
