internal import Foundation
internal import Inventory

/// Turns times of a wall clock into moments: the zone is given, never guessed.
struct LocalClock {
  private let zone: TimeZone
  private var offsets: [Int64: [Int64]] = [:]
  /// Where an hour comes twice, order tells which of the two it is.
  private var previous = Int64.min
  /// Times in an hour that comes twice, or never.
  private(set) var doubtful = 0

  /// - Parameter name: of the zone, such as `Europe/Berlin`, `UTC` or `+01:00`.
  /// - Throws: `usage` for a name that is none.
  init(zone name: String) throws {
    guard let zone = Self.zone(name) else {
      throw YadokariError(.usage, "\"\(name)\" is not a time zone; give one such as Europe/Berlin, UTC or +01:00 with --tz")
    }
    self.zone = zone
  }

  private static func zone(_ name: String) -> TimeZone? {
    if let sign = name.first, sign == "+" || sign == "-" {
      let parts = name.dropFirst().split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
      guard parts.count == 2, let hours = parts[0], let minutes = parts[1], (0...15).contains(hours),
        (0..<60).contains(minutes)
      else { return nil }
      return TimeZone(secondsFromGMT: (sign == "-" ? -1 : 1) * (hours * 3600 + minutes * 60))
    }
    return name == "Z" ? TimeZone(secondsFromGMT: 0) : TimeZone(identifier: name)
  }

  /// The seconds since 1970 in UTC of a time on the wall clock, given as if it were UTC. Times must come in the order in
  /// which they happened.
  mutating func seconds(ofWall wall: Int64) -> Int64 {
    let fitting = fittingOffsets(wall)
    if fitting.count != 1 { doubtful += 1 }
    // A time that never was counts as if the clock had not been put forward.
    let moments = (fitting.isEmpty ? [offset(at: wall - 86_400)] : fitting).map { wall - $0 }
    let chosen = moments.first { $0 >= previous } ?? moments.last ?? wall
    previous = max(previous, chosen)
    return chosen
  }

  /// The offsets from UTC that this time can have, the one of the earlier moment first; none where it never was.
  private mutating func fittingOffsets(_ wall: Int64) -> [Int64] {
    // Clocks are changed on quarters of hours.
    let key = wall / 900
    if let known = offsets[key] { return known }
    let around = [wall - 86_400, wall + 86_400].map { offset(at: $0) }
    let fitting = Set(around).filter { offset(at: wall - $0) == $0 }.sorted(by: >)
    offsets[key] = fitting
    return fitting
  }

  private func offset(at seconds: Int64) -> Int64 {
    Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds))))
  }
}
