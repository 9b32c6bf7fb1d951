/// Which sums a number of sizes can have: a table of one bit for each sum, in units of the sizes' greatest common divisor.
struct ReachableSums {
  /// Larger tables are not made: they would take longer than the search that they shorten.
  private static let mostUnits = 1 << 18

  /// Largest first, in units.
  private let sizes: [Int]
  private let unit: Int
  /// For each size the sums of those behind it; then the sums of all.
  private var tables: [UInt64]
  private let wordsOfTable: Int

  /// Nil where a table would be too large, or a size is nothing.
  /// - Parameter sizes: distinct, largest first.
  init?(sizes: [Int], upTo limit: Int) {
    let unit = sizes.reduce(0, Self.divisor)
    guard unit > 0, limit >= 0, limit / unit < Self.mostUnits, sizes.last ?? 0 > 0 else { return nil }
    self.unit = unit
    self.sizes = sizes.map { $0 / unit }
    wordsOfTable = limit / unit / 64 + 1
    tables = [UInt64](repeating: 0, count: (sizes.count + 1) * wordsOfTable)
  }

  /// Fills a room as well as it can be with those that are left, as many large ones as can be among them.
  /// - Parameter take: called with the place of each size that is taken, and how many.
  mutating func fill(_ room: Int, with left: inout [Int], take: (Int, Int) -> Void) {
    let limit = min(room / unit, wordsOfTable * 64 - 1)
    let words = limit / 64 + 1
    let (sizes, stride) = (sizes, wordsOfTable)
    tables.withUnsafeMutableBufferPointer { tables in
      let smallest = (sizes.count - 1) * stride
      for word in 0..<words { tables[smallest + word] = word == 0 ? 1 : 0 }
      for index in sizes.indices.reversed() {
        let (from, to) = (index * stride, (index == 0 ? sizes.count : index - 1) * stride)
        for word in 0..<words { tables[to + word] = tables[from + word] }
        let table = UnsafeMutableBufferPointer(rebasing: tables[to..<(to + words)])
        Self.add(sizes[index], times: min(left[index], limit / sizes[index]), to: table)
      }
      var rest = Self.largest(in: UnsafeMutableBufferPointer(rebasing: tables[(sizes.count * stride)...]), upTo: limit)
      for (index, size) in sizes.enumerated() where rest >= size && left[index] > 0 {
        var count = min(left[index], rest / size)
        while count > 0, !Self.contains(rest - count * size, tables, at: index * stride) { count -= 1 }
        guard count > 0 else { continue }
        rest -= count * size
        left[index] -= count
        take(index, count)
      }
    }
  }

  private static func contains(_ sum: Int, _ tables: UnsafeMutableBufferPointer<UInt64>, at table: Int) -> Bool {
    tables[table + sum / 64] >> UInt64(sum % 64) & 1 == 1
  }

  private static func largest(in table: UnsafeMutableBufferPointer<UInt64>, upTo limit: Int) -> Int {
    var sum = limit
    while sum > 0 {
      let word = table[sum / 64] << (63 - UInt64(sum % 64))
      if word != 0 { return sum - word.leadingZeroBitCount }
      sum = sum / 64 * 64 - 1
    }
    return 0
  }

  /// Adds a size that is there so many times, in shares of 1, 2, 4 ... of it, whose sums are all numbers up to that.
  private static func add(_ size: Int, times: Int, to table: UnsafeMutableBufferPointer<UInt64>) {
    var (share, left) = (1, times)
    while left > 0 {
      let units = min(share, left) * size
      let (jump, shift) = (units / 64, UInt64(units % 64))
      if jump < table.count {
        for word in stride(from: table.count - 1, through: jump, by: -1) {
          var moved = table[word - jump] << shift
          if shift > 0, word > jump { moved |= table[word - jump - 1] >> (64 - shift) }
          table[word] |= moved
        }
      }
      left -= min(share, left)
      share *= 2
    }
  }

  private static func divisor(_ left: Int, _ right: Int) -> Int {
    var (left, right) = (left, right)
    while right != 0 { (left, right) = (right, left % right) }
    return left
  }
}
