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

  /// The zone's name, such as `Europe/Berlin`.
  var name: String { zone.identifier == "GMT" ? "UTC" : zone.identifier }

  /// `2026-11-23 12:18:53+01:00`, in the zone.
  package func text(_ instant: Instant) -> String { calendar(instant).dateClockAndZone }

  /// Seconds east of UTC at a moment.
  func offset(at instant: Instant) -> Int {
    zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.microseconds) / 1_000_000))
  }

  /// The moment on the zone's calendar and clock.
  func calendar(_ instant: Instant) -> CalendarTime { CalendarTime(instant, offsetSeconds: offset(at: instant)) }
}
