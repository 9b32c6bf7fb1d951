internal import Inventory

/// The moments of a file's rows, whose times have few digits, no zone, and dates in the order of some country.
///
/// It takes the whole file to know them: a first reading collects what each row says. Rows of one time keep their order:
/// by their keys, or as they stand in the file. A row's place among them is told by the microseconds that the file leaves
/// out.
struct RowTimes {
  private var texts: [WallTime?] = []
  private var exact: [Int: Instant] = [:]
  /// The microseconds of a tick, the smallest step in which the file tells time: where no exact time has a fraction, it was
  /// left out, and these are times in whole seconds too.
  private var tick: Int64 = 1_000_000
  /// The lowest number stands for none.
  private var keys: [Int64] = []
  private var moments: [Int64] = []
  private(set) var doubtful = 0
  /// Whether the rows are in no order of time, so that the order within a second is not known.
  private(set) var isOutOfOrder = false
  /// The order in which dates were read; nil where no row needed one.
  private(set) var order: DateOrder?
  /// Rows that were taken.
  var count: Int { moments.isEmpty ? texts.count : moments.count }

  /// Rows of one file; more want more memory than a file should cost.
  static let limit = 8_000_000

  /// Takes the time and the key of the next row.
  /// - Throws: `failed` for more rows than can be held.
  mutating func add(_ text: String, key: Int64?, path: InputPath) throws {
    guard texts.count < Self.limit else {
      throw YadokariError(.failed, "\(path) has more than \(Self.limit) rows; split it")
    }
    if let instant = Instant(rfc3339: text) {
      exact[texts.count] = instant
      while instant.microseconds % tick != 0 { tick /= 1000 }
      texts.append(nil)
    } else {
      texts.append(WallTime(text))
    }
    keys.append(key ?? .min)
  }

  /// Takes a row that has no time that can be read.
  mutating func addUnreadable() {
    texts.append(nil)
    keys.append(.min)
  }

  /// Works the moments out.
  /// - Parameters:
  ///   - isNewestFirst: what to take a file for whose first and last row have the same time.
  ///   - rowOrder: what the rows of one time say of their order; they may say nothing.
  /// - Throws: `usage` where the order of day and month, or the zone, has to be asked for.
  mutating func settle(
    dateOrder: DateOrder?, zone: String?, isNewestFirst: Bool, rowOrder: RowOrder = RowOrder(), path: InputPath
  ) throws {
    moments = [Int64](repeating: .min, count: texts.count)
    var walls = [Int64](repeating: .min, count: texts.count)
    for (row, instant) in exact {
      walls[row] = instant.microseconds / tick
    }
    var clock: LocalClock?
    if texts.contains(where: { $0 != nil }) {
      guard let zone else {
        throw YadokariError(
          .usage, "\(path): its times have no zone; say with --tz in which they are, such as --tz Europe/Berlin or --tz UTC")
      }
      clock = try LocalClock(zone: zone)
      order = try DateOrder(of: texts, given: dateOrder, path: path)
      for row in texts.indices {
        if let wall = texts[row]?.seconds(order ?? .dayMonthYear) { walls[row] = wall * ticksPerSecond }
      }
    }
    let sequence = sequence(walls, rowOrder, isNewestFirst: isNewestFirst)
    var ticks = walls
    for row in sequence where texts[row] != nil {
      ticks[row] = (clock?.seconds(ofWall: walls[row] / ticksPerSecond)).map { $0 * ticksPerSecond } ?? walls[row]
    }
    doubtful = clock?.doubtful ?? 0
    rank(sequence, ticks)
    texts = []
    keys = []
  }

  /// The moment of a row; nil where its time cannot be read.
  func moment(_ row: Int) -> Instant? { moments[row] == .min ? nil : Instant(microseconds: moments[row]) }

  /// Whether the moment of a row is known to the second only.
  func hasWholeSeconds(_ row: Int) -> Bool { exact[row] == nil || tick == 1_000_000 }

  /// The rows in the order in which they happened, as far as the file tells.
  private mutating func sequence(_ walls: [Int64], _ rowOrder: RowOrder, isNewestFirst: Bool) -> [Int] {
    let rows = walls.indices.filter { walls[$0] != .min }
    if rows.allSatisfy({ keys[$0] != .min }) { return rows.sorted { (keys[$0], $0) < (keys[$1], $1) } }
    let steps = zip(rows, rows.dropFirst())
    let falls = steps.reduce(0) { $0 + (walls[$1.0] > walls[$1.1] ? 1 : 0) }
    let rises = steps.reduce(0) { $0 + (walls[$1.0] < walls[$1.1] ? 1 : 0) }
    let isFalling = falls == rises ? rowOrder.isReversed ?? isNewestFirst : falls > rises
    let isReversed = rowOrder.isReversed ?? isFalling
    let ordered = isReversed ? rows.reversed() : rows
    let jumps = min(falls, rises)
    isOutOfOrder = rowOrder.isContradictory || (jumps > 2 && jumps * 4 > max(falls, rises))
    // A clock that was put back once leaves the order of the file; more often, the rows have another order or none.
    if jumps <= 1, isReversed == isFalling { return ordered }
    let place = Dictionary(uniqueKeysWithValues: ordered.enumerated().map { ($1, $0) })
    return ordered.sorted { (walls[$0], place[$0] ?? 0) < (walls[$1], place[$1] ?? 0) }
  }

  private var ticksPerSecond: Int64 { 1_000_000 / tick }

  private mutating func rank(_ sequence: [Int], _ ticks: [Int64]) {
    var place = [Int32](repeating: 0, count: ticks.count)
    for (index, row) in sequence.enumerated() { place[row] = Int32(index) }
    let rows = sequence.sorted { (ticks[$0], place[$0]) < (ticks[$1], place[$1]) }
    guard let first = rows.first else { return }
    // Of the oldest tick the beginning may be missing, of any other the end: so that one is counted from its end, and
    // another file that has the whole of it gives each row the same order.
    let oldest = rows.prefix { ticks[$0] == ticks[first] }.count
    var last = Int64.min
    var rank: Int64 = 0
    for (index, row) in rows.enumerated() {
      rank = ticks[row] == last ? min(rank + 1, tick - 1) : 0
      last = ticks[row]
      moments[row] = ticks[row] * tick + (index < oldest ? max(0, tick - Int64(oldest - index)) : rank)
    }
  }
}
