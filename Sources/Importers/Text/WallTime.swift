internal import Inventory

/// A date and a time as a clock on the wall shows them, the numbers of the date in the order of the text.
///
/// Reads `11/23/2026 11:18:52 AM`, `23.11.2026 11:18:51`, `2026-11-23 11:18:51`, and RFC 3339, which is a moment already.
struct WallTime {
  /// Year first where the text has it so, else last; 16 bits each would do, 8 bytes hold all.
  private let packed: UInt64

  var isYearFirst: Bool { packed >> 63 == 1 }
  var year: Int { Int(packed >> 44 & 0x3fff) }
  /// The first and the second of the two numbers beside the year.
  var first: Int { Int(packed >> 38 & 0x3f) }
  var second: Int { Int(packed >> 32 & 0x3f) }
  var secondOfDay: Int { Int(packed & 0x1ffff) }

  init(isYearFirst: Bool, year: Int, first: Int, second: Int, secondOfDay: Int) {
    packed =
      (isYearFirst ? 1 << 63 : 0) | UInt64(year) << 44 | UInt64(first) << 38 | UInt64(second) << 32 | UInt64(secondOfDay)
  }

  /// Nil for a text that is no time.
  init?(_ text: String) {
    var numbers: [Int] = []
    var isAfternoon: Bool?
    var number: Int?
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39:
        let next = (number ?? 0) * 10 + Int(byte) - 0x30
        guard next < 1_000_000_000 else { return nil }
        number = next
      case UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: " "), UInt8(ascii: "T"),
        UInt8(ascii: ","), 0xe2, 0x80, 0xaf, 0xc2, 0xa0:
        // The last ones are the narrow and the plain no-break space, which newer cultures print before AM and PM.
        if let known = number { numbers.append(known) }
        number = nil
      case UInt8(ascii: "A"), UInt8(ascii: "a"): isAfternoon = false
      case UInt8(ascii: "P"), UInt8(ascii: "p"): isAfternoon = true
      case UInt8(ascii: "M"), UInt8(ascii: "m"): guard isAfternoon != nil else { return nil }
      default: return nil
      }
    }
    if let number { numbers.append(number) }
    // A time without seconds, as a spreadsheet leaves it, tells nobody what came first.
    guard (6...7).contains(numbers.count) else { return nil }
    let isYearFirst = numbers[0] > 31
    let year = isYearFirst ? numbers[0] : numbers[2] < 100 ? 2000 + numbers[2] : numbers[2]
    let (first, second) = isYearFirst ? (numbers[1], numbers[2]) : (numbers[0], numbers[1])
    var hour = numbers[3]
    if let isAfternoon {
      guard (1...12).contains(hour) else { return nil }
      hour = hour % 12 + (isAfternoon ? 12 : 0)
    }
    let seconds = numbers[5]
    guard (1000...9999).contains(year), (1...31).contains(first), (1...31).contains(second), hour < 24, numbers[4] < 60,
      seconds <= 60
    else { return nil }
    self.init(
      isYearFirst: isYearFirst, year: year, first: first, second: second,
      secondOfDay: min(hour * 3600 + numbers[4] * 60 + seconds, 86_399))
  }

  /// Whether the date exists in this order.
  func fits(_ order: DateOrder) -> Bool { days(order) != nil }

  /// Seconds since 1970 as if the clock showed UTC; nil where the date does not exist in this order.
  func seconds(_ order: DateOrder) -> Int64? { days(order).map { Int64($0) * 86_400 + Int64(secondOfDay) } }

  private func days(_ order: DateOrder) -> Int? {
    // A year in front leaves no doubt, whatever the other dates are like.
    if isYearFirst { return CalendarTime.daysSince1970(year: year, month: first, day: second) }
    return switch order {
    case .yearMonthDay: nil
    case .dayMonthYear: CalendarTime.daysSince1970(year: year, month: second, day: first)
    case .monthDayYear: CalendarTime.daysSince1970(year: year, month: first, day: second)
    }
  }
}
