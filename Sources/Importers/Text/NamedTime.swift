internal import Foundation
internal import Inventory

/// The time in the name of a file or folder, as RVTools and scripts write it: `RVTools_export_all_2026-09-01_06.00.00`,
/// `vms-20260901T060000Z.json`, `2026-09-01 0600`.
///
/// A date alone is no time, and a name with two times that differ has none.
struct NamedTime: Equatable {
  /// The time as the name has it.
  let text: String
  /// Seconds since 1970 as if the clock showed UTC.
  private let wall: Int64
  /// The zone that the name has, such as `Z` or `+0100`; nil where it has none.
  private let zone: String?

  /// Nil for a name without a time.
  init?(_ name: String) {
    // Date, time to the minute or second, zone. Made anew for each name: a Regex cannot be shared between threads.
    let pattern =
      #/
      (\d{4}) ([-_.]?) (\d{2}) \2 (\d{2}) [T_\ -]+
      (\d{2}) ([-_.:]?) (\d{2}) (?: \6 (\d{2}) )? (?: \.\d+ )?
      ( Z | [+-]\d{2}:?\d{2} )?
      /#
    var found: [NamedTime] = []
    for match in name.matches(of: pattern) {
      let (before, after) = (name[..<match.range.lowerBound].last, name[match.range.upperBound...].first)
      guard before?.isNumber != true, after?.isNumber != true else { continue }
      let (_, year, _, month, day, hour, _, minute, second, zone) = match.output
      guard let instant = Instant(rfc3339: "\(year)-\(month)-\(day)T\(hour):\(minute):\(second ?? "00")Z") else { continue }
      found.append(
        NamedTime(
          text: String(match.output.0), wall: instant.microseconds / 1_000_000, zone: zone.map(String.init)))
    }
    guard let first = found.first, found.allSatisfy({ $0.wall == first.wall && $0.zone == first.zone }) else { return nil }
    self = first
  }

  private init(text: String, wall: Int64, zone: String?) {
    self.text = text
    self.wall = wall
    self.zone = zone
  }

  /// The time in the name of a file, else of its folder; nil for what came through a pipe.
  init?(of path: InputPath) {
    guard !path.isPiped else { return nil }
    let file = URL(fileURLWithPath: path.location)
    let folder = file.deletingLastPathComponent()
    guard let time = Self(file.lastPathComponent) ?? Self(folder.lastPathComponent) else { return nil }
    self = time
  }

  /// The moment that it is in its own zone, else in the one given; nil without a zone.
  /// - Throws: `usage` where the given zone is not one.
  func instant(inZone given: String?) throws -> Instant? {
    guard let zone = zone ?? given else { return nil }
    let isShort = zone.count == 5 && !zone.contains(":") && (zone.hasPrefix("+") || zone.hasPrefix("-"))
    var clock = try LocalClock(zone: isShort ? "\(zone.prefix(3)):\(zone.suffix(2))" : zone)
    return Instant(microseconds: clock.seconds(ofWall: wall) * 1_000_000)
  }
}
