internal import CBaseline
internal import Inventory
internal import Ledger

/// One event in a transaction of its own, which is on the disk when the call returns, beside plain C that runs the very
/// statements that wrote it: the same rows, spans with them. Event by event in turns, so that both see the same disk.
struct DurableBench {
  private let options: BenchOptions
  private let count: Int

  init(_ options: BenchOptions) {
    self.options = options
    count = options.isQuick ? 500 : 3000
  }

  func run() async throws -> BenchRow {
    let recording = commits_record()
    defer { commits_free(recording) }
    let recorded = try newLedger("recorded.db")
    var story = OwnStory()
    for _ in 0..<count {
      commits_next(recording)
      try await append(story.next(), to: recorded)
    }
    let plainPath = options.path("commits.db")
    try removeDatabase(plainPath)
    try check(commits_open(recording, plainPath, Schema.builtIn.current.text))
    let ledger = try newLedger("durable.db")
    story = OwnStory()
    var (ours, plain): ([Double], [Double]) = ([], [])
    for number in 0..<count {
      let event = story.next()
      let begun = Stopwatch.wallNow()
      try await append(event, to: ledger)
      ours.append(Stopwatch.wallNow() - begun)
      var seconds = 0.0
      try check(commits_run(recording, Int64(number), { Stopwatch.wallNow() }, &seconds))
      plain.append(seconds)
    }
    return BenchRow(
      name: "one durable append, p50 of \(Figure.count(count))", ours: "\(Figure.decimal(median(ours) * 1e6, 0)) us wall",
      beside: "\(Figure.decimal(median(plain) * 1e6, 0)) us wall, SQLite's own commit", ratio: median(ours) / median(plain))
  }

  private func newLedger(_ name: String) throws -> Ledger {
    try removeDatabase(options.path(name))
    return try Ledger.create(options.path(name), now: .distantPast)
  }

  private func append(_ event: Event, to ledger: Ledger) async throws {
    try await ledger.write(at: .distantPast) { _ = try $0.append(event) }
  }
}
