internal import CBaseline

/// The SQLite layer against the same work in plain C: the same library, settings, rows and batches; CPU time of one thread.
struct LayerBench {
  private let options: BenchOptions
  private let rows: Int
  private let reads: Int
  private static let seed: UInt64 = 20_261_123

  init(_ options: BenchOptions) {
    self.options = options
    rows = options.isQuick ? 100_000 : 1_000_000
    reads = options.isQuick ? 50_000 : 500_000
  }

  func run() throws -> [BenchRow] { try inserts() + scans() + points() }

  /// Rows of five integers and three texts into a new file. A statement is lent once a batch, or once a row as
  /// `Connection.run` does it.
  private func inserts() throws -> [BenchRow] {
    let layer = LayerWork(path: options.path("swift.db"))
    let plain = options.path("c.db")
    let measured = try Rounds.run(
      {
        try removeDatabase(layer.path)
        return try timed { try layer.insert(rows, lendsOncePerRow: false) }
      },
      {
        try removeDatabase(plain)
        return try timed { try check(baseline_insert(plain, Int64(rows))) }
      },
      {
        try removeDatabase(layer.path)
        return try timed { try layer.insert(rows, lendsOncePerRow: true) }
      })
    return [
      row("insert, \(Figure.count(rows)) rows", measured[0], measured[1]),
      row("insert, one run(…) a row", measured[2], measured[1]),
    ]
  }

  /// Every row once: the texts as bytes in place, and as strings of their own.
  private func scans() throws -> [BenchRow] {
    let layer = LayerWork(path: options.path("c.db"))
    var sums: Set<Int64> = []
    let measured = try Rounds.run(
      { try timed { sums.insert(try layer.scan(asStrings: false)) } },
      { try timed { sums.insert(try plainSum { baseline_scan(layer.path, &$0) }) } },
      { try timed { sums.insert(try layer.scan(asStrings: true)) } })
    try checkAgreement(sums)
    return [
      row("scan, texts as bytes", measured[0], measured[1]), row("scan, texts as String", measured[2], measured[1]),
    ]
  }

  /// Rows by primary key in random order inside one read transaction: by `Connection.first`, which looks the statement up
  /// each time, and with a statement that is kept.
  private func points() throws -> [BenchRow] {
    let layer = LayerWork(path: options.path("c.db"))
    var sums: Set<Int64> = []
    let measured = try Rounds.run(
      { try timed { sums.insert(try layer.points(reads, of: rows, seed: Self.seed, keepsStatement: false)) } },
      {
        try timed {
          sums.insert(try plainSum { baseline_points(layer.path, Int64(rows), Int64(reads), Self.seed, &$0) })
        }
      },
      { try timed { sums.insert(try layer.points(reads, of: rows, seed: Self.seed, keepsStatement: true)) } })
    try checkAgreement(sums)
    return [
      row("point read by first(…), \(Figure.count(reads))", measured[0], measured[1]),
      row("point read, statement kept", measured[2], measured[1]),
    ]
  }

  private func row(_ name: String, _ ours: [Double], _ plain: [Double]) -> BenchRow {
    BenchRow(
      name: name, ours: "\(Figure.seconds(median(ours))) CPU", beside: "\(Figure.seconds(median(plain))) CPU, plain C",
      ratio: median(ours) / median(plain))
  }

  private func timed(_ work: () throws -> Void) rethrows -> Double {
    let watch = Stopwatch()
    try work()
    return watch.elapsed.cpu
  }

  private func checkAgreement(_ sums: Set<Int64>) throws {
    guard sums.count == 1 else { throw BenchError("Swift and C read different rows") }
  }
}

/// The sum that plain C makes of what it reads.
func plainSum(_ read: (inout Int64) -> Int32) throws -> Int64 {
  var sum: Int64 = 0
  try check(read(&sum))
  return sum
}

/// Turns a result code of the C side into an error.
func check(_ code: Int32) throws {
  guard code == 0 else { throw BenchError("plain C failed with SQLite's code \(code)") }
}
