internal import Foundation
package import Inventory

/// The zone in which tables show times.
package struct DisplayZone: Sendable {
  private let zone: TimeZone

  /// - Parameter name: such as `Europe/Berlin` or `UTC`; nil for the zone of the machine.
  /// - Throws: `usage` for a zone that nobody knows.
  package init(name: String?) throws {
    guard let name else {
      zone = .current
      return
    }
    guard let known = TimeZone(identifier: name) else {
      throw YadokariError(.usage, "there is no time zone \"\(name)\"; use a name such as Europe/Berlin, or UTC")
    }
    zone = known
  }

  /// `2026-11-23 12:18:53+01:00`, in the zone.
  package func text(_ instant: Instant) -> String {
    let seconds = Double(instant.microseconds) / 1_000_000
    let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: seconds))
    return CalendarTime(instant, offsetSeconds: offset).dateClockAndZone
  }
}
