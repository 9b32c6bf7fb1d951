internal import ArgumentParser
internal import Inventory

/// A time on the command line: RFC 3339, `now`, or an offset such as `-2h`.
struct TimeArgument: ExpressibleByArgument, Sendable {
  private enum Form: Sendable {
    case instant(Instant)
    case now
    case offset(seconds: Double)
    case invalid(String)
  }

  private let form: Form

  init(argument: String) {
    if argument == "now" {
      form = .now
    } else if let instant = Instant(rfc3339: argument) {
      form = .instant(instant)
    } else if let first = argument.first, first == "-" || first == "+", let unit = argument.last,
      let seconds = ["s": 1.0, "m": 60, "h": 3600, "d": 86_400, "w": 604_800][unit],
      let count = Int(argument.dropFirst().dropLast()), count >= 0, count <= 100_000
    {
      form = .offset(seconds: (first == "-" ? -1 : 1) * Double(count) * seconds)
    } else {
      form = .invalid(argument)
    }
  }

  /// - Parameter now: what `now` is and offsets count from; nil for the time of day.
  func instant(from now: Instant? = nil) throws -> Instant {
    switch form {
    case .instant(let instant): instant
    case .now: try now ?? WallClock.now()
    case .offset(let seconds): try (now ?? WallClock.now()).adding(seconds: seconds)
    case .invalid(let text):
      throw YadokariError(
        .usage,
        "\"\(text)\" is not a valid time: give date, seconds and zone as in 2026-11-23T02:13:00Z "
          + "or 2026-11-23T03:13:00+01:00, \"now\", or an offset such as -2h")
    }
  }

  /// What an option that takes a time is for, and how a time is written.
  static func help(_ purpose: String) -> ArgumentHelp {
    ArgumentHelp(
      "\(purpose) RFC 3339 such as 2026-11-23T02:13:00Z, \"now\", or an offset such as -2h.", valueName: "time")
  }
}
