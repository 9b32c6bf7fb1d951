internal import Inventory
internal import Reports

/// Prints a report's happenings one after the other, with the times between them made shorter.
struct Player {
  /// How many times as fast as it happened; nil to fit all into a quarter of a minute.
  let speed: Double?

  /// The longest wait where no speed was asked for, and all waits together, in seconds.
  private static let (longest, whole) = (1.5, 15.0)

  func print(_ report: Report, zone: DisplayZone, style: TextStyle) throws {
    let output = Output()
    var last: Instant?
    let count = report.sections.map(\.rowTimes.count).max() ?? 0
    let most = speed == nil ? min(Self.longest, Self.whole / Double(max(1, count))) : .infinity
    let renderer = Renderer(.table, zone: zone, program: Yadokari.nameAndVersion, style: style) { moment in
      if let last, moment > last {
        try output.flush()
        WallClock.wait(seconds: min(most, moment.seconds(since: last) / (speed ?? 1)))
      }
      last = moment
    } to: {
      try output.write($0)
    }
    try renderer.render(report)
    try output.flush()
  }
}
