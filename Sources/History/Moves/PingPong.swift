package import Inventory

/// A VM that was went to and fro.
package struct PingPong: Sendable, Equatable {
  /// Why it counts as that.
  package enum Rule: String, Sendable, CaseIterable {
    /// It came back within an hour to a host that it had left.
    case returned
    /// It moved three times or more within a day.
    case threeInADay = "three_in_a_day"
  }

  package let vm: ObjectID
  package let rule: Rule
  package let from: Instant
  package let to: Instant
  /// Numbers of the moves, in order.
  package let moves: [Int64]

  private static let hour: Int64 = 3_600_000_000
  private static let day: Int64 = 86_400_000_000
  private static let many = 3

  /// What the moves of one VM show. Restarts after a failure do not count: nobody chose them.
  /// - Parameter moves: in order.
  package static func found(in moves: [Move]) -> [PingPong] {
    let counted = moves.filter { $0.isToOtherHost && $0.kind != .restart }
    let ends = counted.map { ($0.endedAt ?? $0.at).microseconds }
    var returns: [Range<Int>] = []
    var days: [Range<Int>] = []
    for index in counted.indices {
      let left = counted[..<index].lastIndex { $0.ends.from == counted[index].ends.to }
      if let left, ends[index] - ends[left] <= hour { returns.append(left..<index + 1) }
      if index + 1 >= many, ends[index] - ends[index + 1 - many] <= day { days.append(index + 1 - many..<index + 1) }
    }
    func episodes(_ ranges: [Range<Int>], _ rule: Rule) -> [PingPong] {
      joined(ranges).map { range in
        let part = counted[range]
        return PingPong(
          vm: part[range.lowerBound].vm, rule: rule, from: part[range.lowerBound].at,
          to: Instant(microseconds: ends[range.upperBound - 1]), moves: part.map(\.seq))
      }
    }
    return episodes(returns, .returned) + episodes(days, .threeInADay)
  }

  /// Ranges that share a move are one episode.
  private static func joined(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var joined: [Range<Int>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = joined.last, range.lowerBound < last.upperBound {
        joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        joined.append(range)
      }
    }
    return joined
  }
}
