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
  package var name: String { zone.identifier == "GMT" ? "UTC" : zone.identifier }

  /// `2026-11-23 12:18:53+01:00`, in the zone.
  package func text(_ instant: Instant) -> String { calendar(instant).dateClockAndZone }

  /// The day of a moment, counted since 1970.
  package func day(of instant: Instant) -> Int {
    let local = instant.microseconds + Int64(offset(at: instant)) * 1_000_000
    return Int((Double(local) / 86_400_000_000).rounded(.down))
  }

  /// The first moment at which the zone's clocks show a time; nil for one that they left out.
  /// - Parameters:
  ///   - day: counted since 1970.
  ///   - seconds: in that day, as the clock shows them.
  package func instant(day: Int, seconds: Int) -> Instant? {
    let wall = Int64(day) * 86_400 + Int64(seconds)
    func offset(at second: Int64) -> Int64 { Int64(self.offset(at: Instant(microseconds: second * 1_000_000))) }
    let around = Set([wall - 86_400, wall + 86_400].map(offset))
    let moments = around.map { wall - $0 }.filter { wall - offset(at: $0) == $0 }
    return moments.min().map { Instant(microseconds: $0 * 1_000_000) }
  }

  /// Seconds east of UTC at a moment.
  func offset(at instant: Instant) -> Int {
    zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.microseconds) / 1_000_000))
  }

  /// The moment on the zone's calendar and clock.
  func calendar(_ instant: Instant) -> CalendarTime { CalendarTime(instant, offsetSeconds: offset(at: instant)) }
}
