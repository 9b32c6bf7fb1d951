import Inventory
import TestSupport
import Testing

@testable import Importers

/// Files whose rows stand in some order, with times in whole seconds: the order of the moments is the one in which things
/// happened, wherever the file tells it.
@Suite struct RowTimesTests {
  /// How a file has its rows.
  private enum Layout: CaseIterable {
    case oldestFirst
    case newestFirst
    /// Sorted by time from a list with the newest first: each second is turned round.
    case secondsTurned
    /// As before, from a list with the oldest first, and then turned round as a whole but for the seconds.
    case secondsKept
    case keyed
  }

  /// A row: when it happened, in seconds, and what its place is in the order of happening.
  private struct Row {
    let second: Int
    let place: Int
    /// Whether it is the end of an action whose beginning is the row before.
    let isEnd: Bool
  }

  private static func rows(_ random: inout SplitMix64) -> [Row] {
    var second = 100
    return (0..<40).map { place in
      // Both rows of an action are of one second as often as not.
      second += Int.random(in: 0..<4, using: &random) / 2
      return Row(second: second, place: place, isEnd: place % 2 == 1)
    }
  }

  private static func layOut(_ rows: [Row], _ layout: Layout) -> [Row] {
    let seconds = Dictionary(grouping: rows, by: \.second)
    return switch layout {
    case .oldestFirst, .keyed: rows
    case .newestFirst: rows.reversed()
    case .secondsTurned: seconds.keys.sorted().flatMap { (seconds[$0] ?? []).reversed() }
    case .secondsKept: seconds.keys.sorted(by: >).flatMap { seconds[$0] ?? [] }
    }
  }

  private static func time(_ second: Int) -> String {
    let digits = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
    return "2026-11-23 10:\(digits(second / 60)):\(digits(second % 60))"
  }

  /// The moments that a file's rows get, by their place in the order of happening.
  private static func moments(_ rows: [Row], isKeyed: Bool, isNewestFirst: Bool) throws -> (at: [Int: Int64], mixed: Bool) {
    let path = InputPath("a.csv")
    var (times, order) = (RowTimes(), RowOrder())
    for row in rows {
      try times.add(time(row.second), key: isKeyed ? Int64(row.place) : nil, path: path)
      order.add(
        time: time(row.second), type: row.isEnd ? "VmPoweredOnEvent" : "VmStartingEvent", object: "vm \(row.place / 2)")
    }
    order.close()
    try times.settle(dateOrder: nil, zone: "UTC", isNewestFirst: isNewestFirst, rowOrder: order, path: path)
    let moments = rows.indices.map { (rows[$0].place, times.moment($0)?.microseconds ?? -1) }
    return (Dictionary(uniqueKeysWithValues: moments), times.isOutOfOrder)
  }

  @Test("Moments are in the order of happening, however the file was sorted", arguments: Layout.allCases)
  private func order(layout: Layout) throws {
    for seed in 0..<UInt64(60) {
      var random = SplitMix64(seed: seed)
      let rows = Self.rows(&random)
      let file = layout == .keyed ? rows.shuffled(using: &random) : Self.layOut(rows, layout)
      for isNewestFirst in [true, false] {
        let found = try Self.moments(file, isKeyed: layout == .keyed, isNewestFirst: isNewestFirst)
        let happened = found.at.keys.sorted { (found.at[$0] ?? 0, 0) < (found.at[$1] ?? 0, 0) }
        #expect(happened == Array(0..<40), "seed \(seed), \(layout)")
        #expect(Set(found.at.values).count == 40 && !found.mixed, "seed \(seed), \(layout)")
        for row in rows {
          let start = try #require(Instant(rfc3339: Self.time(row.second).replacing(" ", with: "T") + "Z")).microseconds
          #expect((found.at[row.place] ?? 0) / 1_000_000 == start / 1_000_000, "seed \(seed): each keeps its second")
        }
      }
    }
  }

  @Test("Rows in no order keep their seconds, and the file is told to have none")
  func noOrder() throws {
    var told = 0
    for seed in 0..<UInt64(60) {
      var random = SplitMix64(seed: seed)
      let rows = Self.rows(&random).shuffled(using: &random)
      let found = try Self.moments(rows, isKeyed: false, isNewestFirst: true)
      for (one, other) in zip(rows, rows.dropFirst()) where one.second != other.second {
        #expect(((found.at[one.place] ?? 0) < (found.at[other.place] ?? 0)) == (one.second < other.second), "seed \(seed)")
      }
      if found.mixed { told += 1 }
    }
    #expect(told == 60)
  }

  @Test("A clock that was put back once leaves the order of the file, for rows of the second that repeats")
  func clockPutBack() throws {
    let seconds = [10, 20, 20, 30, 15, 20, 20, 40]
    let rows = seconds.enumerated().map { Row(second: $1, place: $0, isEnd: false) }
    let found = try Self.moments(rows, isKeyed: false, isNewestFirst: false)
    #expect(!found.mixed)
    #expect([1, 2, 5, 6].sorted { (found.at[$0] ?? 0) < (found.at[$1] ?? 0) } == [1, 2, 5, 6])
  }
}
