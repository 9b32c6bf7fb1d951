internal import Inventory
internal import Reports

/// A time as a person types it, before it is known in which zone and from when.
enum TypedTime: Sendable, Equatable {
  case instant(Instant)
  case now
  /// Seconds from now; earlier ones are below zero.
  case offset(Double)
  /// A time on the wall clock. Day: counted from today, or since 1970, or the nearest with that time; seconds in that day.
  case wall(Day, seconds: Int)

  /// Which day a time on the wall clock is of.
  enum Day: Sendable, Equatable {
    case fromToday(Int)
    case since1970(Int)
    /// None was given: the last with that time, or the next of a time to come.
    case nearest
  }

  /// Nil for a text that is no time.
  init?(_ text: String) {
    if text == "now" {
      self = .now
    } else if let instant = Instant(rfc3339: text) ?? Self.withoutSeconds(text) {
      self = .instant(instant)
    } else if let seconds = Self.offset(text) {
      self = .offset(seconds)
    } else {
      // A blank or a T parts the day from the time.
      let parts = text.split(separator: text.contains(" ") ? " " : "T", omittingEmptySubsequences: false)
      switch parts.count {
      case 1:
        if let clock = Self.clock(parts[0]) {
          self = .wall(.nearest, seconds: clock)
        } else if let day = Self.day(parts[0]) {
          self = .wall(day, seconds: 0)
        } else {
          return nil
        }
      case 2:
        guard let day = Self.day(parts[0]), let clock = Self.clock(parts[1]) else { return nil }
        self = .wall(day, seconds: clock)
      default: return nil
      }
    }
  }

  /// Whether a person has to be told what it means: it depends on the zone.
  var dependsOnZone: Bool { if case .wall = self { true } else { false } }

  /// The moment that is meant; nil for a time that the zone's clocks left out.
  /// - Parameters:
  ///   - isToCome: whether a time without a day is the next one, and not the last.
  func instant(now: Instant, in zone: DisplayZone, isToCome: Bool) -> Instant? {
    switch self {
    case .instant(let instant): return instant
    case .now: return now
    case .offset(let seconds): return now.adding(seconds: seconds)
    case .wall(let day, let seconds):
      let today = zone.day(of: now)
      switch day {
      case .fromToday(let count): return zone.instant(day: today + count, seconds: seconds)
      case .since1970(let count): return zone.instant(day: count, seconds: seconds)
      case .nearest:
        let candidates = [today - 1, today, today + 1].compactMap { zone.instant(day: $0, seconds: seconds) }
        return isToCome ? candidates.first { $0 >= now } : candidates.last { $0 <= now }
      }
    }
  }

  /// `2026-10-13T09:14Z`
  private static func withoutSeconds(_ text: String) -> Instant? {
    let date = text.prefix(16)
    guard text.count > 16, date.dropFirst(13).first == ":" else { return nil }
    return Instant(rfc3339: "\(date):00\(text.dropFirst(16))")
  }

  /// Seconds of `-2h`, `7d` or `+30m`; without a sign it is so long ago.
  private static func offset(_ text: String) -> Double? {
    guard let unit = text.last, let seconds = ["s": 1.0, "m": 60, "h": 3600, "d": 86_400, "w": 604_800][unit] else {
      return nil
    }
    let isLater = text.first == "+"
    let digits = text.dropFirst(isLater || text.first == "-" ? 1 : 0).dropLast()
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let count = Int(digits), count <= 100_000
    else { return nil }
    return (isLater ? 1 : -1) * Double(count) * seconds
  }

  private static func day(_ text: Substring) -> Day? {
    switch text {
    case "yesterday": return .fromToday(-1)
    case "today": return .fromToday(0)
    case "tomorrow": return .fromToday(1)
    default:
      guard let numbers = numbers(text, "-", digits: [4, 2, 2]) else { return nil }
      return CalendarTime.daysSince1970(year: numbers[0], month: numbers[1], day: numbers[2]).map { .since1970($0) }
    }
  }

  /// Seconds of `09:14` or `09:14:07` in the day.
  private static func clock(_ text: Substring) -> Int? {
    guard let numbers = numbers(text, ":", digits: [2, 2]) ?? numbers(text, ":", digits: [2, 2, 2]), numbers[0] < 24,
      numbers[1] < 60
    else { return nil }
    let second = numbers.count == 3 ? numbers[2] : 0
    return second < 60 ? numbers[0] * 3600 + numbers[1] * 60 + second : nil
  }

  private static func numbers(_ text: Substring, _ separator: Character, digits: [Int]) -> [Int]? {
    let parts = text.split(separator: separator, omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == digits, parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }) else {
      return nil
    }
    return parts.compactMap { Int($0) }
  }
}
