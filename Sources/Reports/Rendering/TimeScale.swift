internal import Inventory

/// Where moments stand on a drawing. Long quiet stretches between them are cut out, so that a host's return after a day
/// leaves the first minute readable.
struct TimeScale {
  /// A stretch drawn true to scale.
  struct Stretch: Equatable {
    var from: Instant
    var to: Instant
    var left: Double
    var right: Double
  }

  /// A mark on the axis.
  struct Tick: Equatable {
    let at: Instant
    /// Microseconds from one mark to the next: how finely it must be told.
    let step: Int64
  }

  let stretches: [Stretch]

  private static let breakWidth = 30.0
  /// A gap is quiet when it is longer than ten minutes, and than three times all that is drawn.
  private static let quiet: Int64 = 600_000_000

  /// - Parameter instants: what must be visible; at least one.
  init(_ instants: [Instant], left: Double, right: Double) {
    let moments = Set(instants).sorted()
    let gaps = zip(moments, moments.dropFirst()).map { $1.microseconds - $0.microseconds }
    let busy = gaps.filter { $0 <= Self.quiet }.reduce(0, +)
    var groups: [(from: Instant, to: Instant)] = []
    for (index, moment) in moments.enumerated() {
      let isApart = index > 0 && busy > 0 && gaps[index - 1] > max(Self.quiet, 3 * busy)
      if let last = groups.last, !isApart {
        groups[groups.count - 1] = (last.from, moment)
      } else {
        groups.append((moment, moment))
      }
    }
    let shown = groups.map { $0.to.microseconds - $0.from.microseconds }.reduce(0, +)
    let pad = shown > 0 ? max(5, shown / 14) : 1_000_000
    let room = right - left - Self.breakWidth * Double(groups.count - 1)
    // What is short still needs room for its label.
    let spans = groups.map { Double($0.to.microseconds - $0.from.microseconds + 2 * pad) }
    let least = min(90, room / Double(max(1, groups.count)))
    let free = room - least * Double(groups.count)
    let total = spans.reduce(0, +)
    var place = left
    stretches = zip(groups, spans).map { group, span in
      let width = least + free * span / total
      defer { place += width + Self.breakWidth }
      return Stretch(
        from: Instant(microseconds: group.from.microseconds - pad), to: Instant(microseconds: group.to.microseconds + pad),
        left: place, right: place + width)
    }
  }

  /// Where a moment stands; what lies outside stands at the edge.
  func x(_ moment: Instant) -> Double {
    for (index, stretch) in stretches.enumerated() {
      if moment < stretch.from {
        guard index > 0 else { return stretch.left }
        return Self.between(moment, stretches[index - 1].to, stretch.from, stretches[index - 1].right, stretch.left)
      }
      if moment <= stretch.to { return Self.between(moment, stretch.from, stretch.to, stretch.left, stretch.right) }
    }
    return stretches.last?.right ?? 0
  }

  /// The places at which something is cut out.
  var breaks: [(left: Double, right: Double)] {
    zip(stretches, stretches.dropFirst()).map { ($0.right, $1.left) }
  }

  /// Marks at round distances from a moment, such as midnight or the failure.
  /// - Parameter spacing: the least distance between two of them on the drawing.
  func ticks(spacing: Double, from anchor: Int64) -> [Tick] {
    stretches.flatMap { stretch in
      let span = stretch.to.microseconds - stretch.from.microseconds
      let width = stretch.right - stretch.left
      let step = Self.steps.first { Double($0) / Double(span) * width >= spacing } ?? Self.steps.last ?? 1
      let (whole, rest) = (stretch.from.microseconds - anchor).quotientAndRemainder(dividingBy: step)
      let first = anchor + (rest > 0 ? whole + 1 : whole) * step
      let marks = stride(from: first, through: stretch.to.microseconds, by: Int(step)).map {
        Tick(at: Instant(microseconds: $0), step: step)
      }
      if !marks.isEmpty { return marks }
      let middle = (stretch.from.microseconds + stretch.to.microseconds) / 2
      return [Tick(at: Instant(microseconds: middle), step: min(step, 1_000_000))]
    }
  }

  private static let steps: [Int64] = {
    let fractions = [1, 10, 100, 1000, 10_000, 100_000].flatMap { power in [1, 2, 5].map { Int64($0 * power) } }
    let seconds: [Int64] = [
      1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800,
    ]
    return fractions + seconds.map { $0 * 1_000_000 }
  }()

  private static func between(_ moment: Instant, _ from: Instant, _ to: Instant, _ left: Double, _ right: Double) -> Double {
    let share = moment.seconds(since: from) / max(0.000_001, to.seconds(since: from))
    return left + (right - left) * share
  }
}
