/// A moment as a calendar and a clock show it at a fixed distance from UTC (proleptic Gregorian).
package struct CalendarTime: Sendable, Equatable {
  package let year: Int
  package let month: Int
  package let day: Int
  package let hour: Int
  package let minute: Int
  package let second: Int
  package let microsecond: Int
  /// Seconds east of UTC.
  package let offsetSeconds: Int

  /// The calendar's view of a moment. Days to a date after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
  package init(_ instant: Instant, offsetSeconds: Int) {
    let local = instant.microseconds + Int64(offsetSeconds) * 1_000_000
    let days = Int(local.floorDivided(by: 86_400_000_000))
    let inDay = Int(local - Int64(days) * 86_400_000_000)
    let shifted = days + 719_468
    let era = Int(Int64(shifted).floorDivided(by: 146_097))
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    hour = inDay / 3_600_000_000
    minute = inDay / 60_000_000 % 60
    second = inDay / 1_000_000 % 60
    microsecond = inDay % 1_000_000
    self.offsetSeconds = offsetSeconds
  }

  /// Days since 1970 of a date; nil where the calendar has no such day.
  package static func daysSince1970(year: Int, month: Int, day: Int) -> Int? {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard day <= lengths[month - 1] else { return nil }
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = shiftedYear / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// `2026-11-23T11:18:53.022492Z`, with `+01:00` for `Z` away from UTC.
  package var rfc3339: String {
    guard offsetSeconds == 0, (0...9999).contains(year) else {
      return "\(date)T\(clock).\(padded(microsecond, 6))\(zone)"
    }
    // Documents hold many times in UTC: all of them have one length.
    return String(unsafeUninitializedCapacity: 27) { text in
      _ = text.initialize(from: "0000-00-00T00:00:00.000000Z".utf8)
      for (number, end) in [(year, 3), (month, 6), (day, 9), (hour, 12), (minute, 15), (second, 18), (microsecond, 25)] {
        var (rest, place) = (number, end)
        while rest > 0 {
          text[place] += UInt8(rest % 10)
          (rest, place) = (rest / 10, place - 1)
        }
      }
      return 27
    }
  }

  /// `2026-11-23 12:18:53+01:00`
  package var dateClockAndZone: String { "\(date) \(clock)\(zone)" }

  /// `2026-11-23`
  package var date: String { "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))" }
  /// `12:18:53`
  package var clock: String { "\(padded(hour, 2)):\(padded(minute, 2)):\(padded(second, 2))" }

  /// `Z` or `+01:00`
  package var zone: String {
    guard offsetSeconds != 0 else { return "Z" }
    let minutes = abs(offsetSeconds) / 60
    return "\(offsetSeconds < 0 ? "-" : "+")\(padded(minutes / 60, 2)):\(padded(minutes % 60, 2))"
  }

  /// The fraction of the second, cut off after some digits: `.022`; nothing for none.
  package func fraction(digits: Int) -> String { digits > 0 ? ".\(padded(microsecond, 6).prefix(digits))" : "" }

  private func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

extension Int64 {
  /// Division that rounds down, also below zero.
  fileprivate func floorDivided(by divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}
