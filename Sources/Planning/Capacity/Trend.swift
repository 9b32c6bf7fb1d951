package import Inventory

/// Where a resource goes: a straight line through what was used at some moments, and when it reaches what there is.
package struct Trend: Sendable, Equatable {
  /// What was used at a moment.
  package struct Point: Sendable, Equatable {
    package var at: Instant
    package var used: Double

    package init(at: Instant, used: Double) { (self.at, self.used) = (at, used) }
  }

  /// Where it goes.
  package enum Verdict: Sendable, Equatable {
    /// So few moments, or so short a time, say nothing.
    case notEnoughHistory
    /// It does not grow.
    case steady
    /// It reaches what there is in so many days from the last point: by the line, and at the earliest and at the latest by
    /// the interval of its slope; nil where that may be never.
    case grows(days: Double, earliest: Double, latest: Double?)
    /// It is used up already.
    case full
  }

  /// As many moments, and as many days between the first and the last, are needed at least.
  package static let (leastPoints, leastDays) = (3, 30.0)
  package static let method = """
    least squares through the moments at which inventories were taken, days from the last; the interval is that of the \
    slope at 90 % (Student's t)
    """

  package var resource: String
  package var unit: String
  package var capacity: Double
  package var points: [Point]
  /// Units a day; nil where the history does not suffice.
  package var slopePerDay: Double?
  package var verdict: Verdict

  /// The mean of what was used at the moments, their 95th percentile (nearest rank) and the most; nil where there is none.
  package var mean: Double? { points.isEmpty ? nil : points.reduce(0) { $0 + $1.used } / Double(points.count) }
  package var percentile95: Double? {
    points.isEmpty ? nil : points.map(\.used).sorted()[Int((0.95 * Double(points.count)).rounded(.up)) - 1]
  }
  package var peak: Double? { points.map(\.used).max() }

  package init(_ resource: String, unit: String, capacity: Double, points: [Point]) {
    (self.resource, self.unit, self.capacity, self.points) = (resource, unit, capacity, points)
    verdict = .notEnoughHistory
    guard points.count >= Self.leastPoints, let first = points.first, let last = points.last,
      last.at.seconds(since: first.at) >= Self.leastDays * 86_400, capacity > 0
    else { return }
    let days = points.map { $0.at.seconds(since: last.at) / 86_400 }
    let count = Double(points.count)
    let meanDay = days.reduce(0, +) / count
    let meanUse = points.reduce(0) { $0 + $1.used } / count
    let spread = days.reduce(0) { $0 + ($1 - meanDay) * ($1 - meanDay) }
    let slope = zip(days, points).reduce(0) { $0 + ($1.0 - meanDay) * ($1.1.used - meanUse) } / spread
    let now = meanUse - slope * meanDay
    let residue = zip(days, points).reduce(0.0) { sum, pair in
      let error = pair.1.used - (now + slope * pair.0)
      return sum + error * error
    }
    let deviation = (residue / max(1, count - 2) / spread).squareRoot()
    let reach = deviation * Self.student(points.count - 2)
    slopePerDay = slope
    let left = capacity - now
    if left <= 0 {
      verdict = .full
    } else if slope <= 1e-9 * capacity {
      verdict = .steady
    } else {
      verdict = .grows(
        days: left / slope, earliest: left / (slope + reach), latest: slope > reach ? left / (slope - reach) : nil)
    }
  }

  /// The 95th percentile of Student's t, for an interval of 90 % on both sides.
  private static func student(_ freedom: Int) -> Double {
    let table = [6.314, 2.920, 2.353, 2.132, 2.015, 1.943, 1.895, 1.860, 1.833, 1.812]
    guard freedom > 0 else { return .infinity }
    return freedom <= table.count ? table[freedom - 1] : freedom < 30 ? 1.812 : 1.697
  }
}
