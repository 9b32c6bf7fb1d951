/// Times as the forms write them; of its own, since the readers must not be trusted to check themselves.
struct StoryClock {
  let year: Int
  let month: Int
  let day: Int
  let weekday: Int
  let hour: Int
  let minute: Int
  let second: Int
  let microsecond: Int

  /// - Parameter offset: seconds east of UTC.
  init(_ microseconds: Int64, offset: Int64 = 0) {
    let moved = microseconds + offset * 1_000_000
    let seconds = moved / 1_000_000
    microsecond = Int(moved % 1_000_000)
    let days = seconds / 86_400
    let rest = Int(seconds % 86_400)
    (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60)
    weekday = Int((days + 4) % 7)
    // Civil date from days, after Howard Hinnant.
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let part = (5 * dayOfYear + 2) / 153
    day = Int(dayOfYear - (153 * part + 2) / 5 + 1)
    month = Int(part < 10 ? part + 3 : part - 9)
    year = Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0)
  }

  static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private var clock: String { "\(Self.two(hour)):\(Self.two(minute)):\(Self.two(second))" }

  /// As govc writes it: the fraction's last noughts are left out.
  var govc: String {
    var fraction = ""
    if microsecond > 0 {
      let digits = String(microsecond)
      fraction = "." + String(repeating: "0", count: 6 - digits.count) + digits
      while fraction.hasSuffix("0") { fraction.removeLast() }
    }
    return "\(year)-\(Self.two(month))-\(Self.two(day))T\(clock)\(fraction)Z"
  }

  /// As PowerShell writes it in the culture of the United States.
  var powerShell: String {
    "\(month)/\(day)/\(year) \((hour + 11) % 12 + 1):\(Self.two(minute)):\(Self.two(second)) \(hour < 12 ? "AM" : "PM")"
  }

  /// As `govc events -l` writes it.
  var unix: String {
    let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return "\(days[weekday]) \(months[month - 1]) \(day < 10 ? " " : "")\(day) \(clock) \(year)"
  }
}
