/// A moment: microseconds since 1970-01-01T00:00:00Z.
package struct Instant: Sendable, Hashable, Comparable {
  /// Microseconds since 1970, UTC.
  package let microseconds: Int64

  package init(microseconds: Int64) { self.microseconds = microseconds }

  /// Before all evidence: the start of a span whose beginning nobody saw.
  package static let distantPast = Instant(microseconds: -62_135_596_800_000_000)
  /// After all evidence: the end of a span that still lasts (9999-12-31T23:59:59.999999Z).
  package static let distantFuture = Instant(microseconds: 253_402_300_799_999_999)

  package static func < (left: Instant, right: Instant) -> Bool { left.microseconds < right.microseconds }

  /// Seconds from `earlier` to this moment.
  package func seconds(since earlier: Instant) -> Double {
    Double(microseconds - earlier.microseconds) / 1_000_000
  }

  /// Whole seconds since 1970, rounded down.
  package var wholeSeconds: Int64 { (microseconds - (microseconds % 1_000_000 + 1_000_000) % 1_000_000) / 1_000_000 }

  /// The second that it lies in.
  package var inWholeSeconds: Instant { Instant(microseconds: wholeSeconds * 1_000_000) }

  /// The first moment after this one.
  package var justAfter: Instant { Instant(microseconds: microseconds + 1) }

  /// The last moment before this one.
  package var justBefore: Instant { Instant(microseconds: microseconds - 1) }

  package func adding(seconds: Double) -> Instant {
    let added = (seconds * 1_000_000).rounded()
    guard abs(added) < 9e18 else { return added < 0 ? .distantPast : .distantFuture }
    let (sum, isTooLarge) = microseconds.addingReportingOverflow(Int64(added))
    return isTooLarge ? (added < 0 ? .distantPast : .distantFuture) : Instant(microseconds: sum)
  }
}

extension Instant: CustomStringConvertible {
  /// RFC 3339 in UTC with six digits of fraction: `2026-11-23T11:18:53.022492Z`.
  package var description: String { CalendarTime(self, offsetSeconds: 0).rfc3339 }
}
