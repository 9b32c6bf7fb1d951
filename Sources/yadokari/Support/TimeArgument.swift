internal import ArgumentParser
internal import Inventory
internal import Reports
internal import Synchronization

/// A time on the command line: RFC 3339, `now`, an offset such as `-2h`, or a time on the wall clock of `--zone`.
struct TimeArgument: ExpressibleByArgument, Sendable {
  /// Of which typed times it was said what they are taken for.
  private static let said = Mutex<Set<String>>([])

  private let text: String
  private let typed: TypedTime?

  init(argument: String) {
    text = argument
    typed = TypedTime(argument)
  }

  /// The moment that is meant. What a time on the wall clock is taken for is said on standard error.
  /// - Parameters:
  ///   - now: what `now` is and offsets count from; nil for the time of day.
  ///   - isToCome: whether a time without a day is the next one, and not the last.
  /// - Throws: `usage` for a text that is no time, or a time that the zone's clocks left out.
  func instant(from now: Instant? = nil, isToCome: Bool = false) throws -> Instant {
    guard let typed else {
      throw YadokariError(
        .usage,
        "invalid time \"\(text)\": use 2026-11-23, \"2026-11-23 02:13\", 02:13, \"yesterday 14:00\", 7d or -2h, now, "
          + "or with a zone 2026-11-23T02:13:00Z")
    }
    let zone = try DisplayZone(name: Yadokari.zoneName)
    guard let instant = typed.instant(now: try now ?? WallClock.now(), in: zone, isToCome: isToCome) else {
      throw YadokariError(.usage, "invalid time \"\(text)\": the clocks of \(zone.name) left it out; choose another time")
    }
    if typed.dependsOnZone, Self.said.withLock({ $0.insert(text).inserted }) {
      say("yadokari: \"\(text)\" is \(zone.text(instant))")
    }
    return instant
  }

  /// What an option that takes a time is for.
  static func help(_ purpose: String) -> ArgumentHelp { ArgumentHelp("\(purpose)", valueName: "time") }
}
