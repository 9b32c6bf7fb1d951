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

  func run() async throws -> [BenchRow] {
    var story = OwnStory()
    let own = (0..<count).map { _ in MoveStory.Transaction(at: .distantPast, events: [story.next()]) }
    // Each migration has five checkpoints that are a phase and nothing else.
    let moves = try await MoveStory(hosts: 10, vms: 100, moves: count / 5)
    return [
      try await row("one durable append", own, isMeasured: { _ in true }) { _ in .own },
      try await row(
        "a checkpoint of a migration, durable", moves.transactions,
        isMeasured: { $0.events.map(\.type) == [.migrationPhase] }
      ) { ledger in
        let source = try await moves.prepare(ledger)
        try await moves.startService(ledger)
        return source
      },
    ]
  }

  private func row(
    _ name: String, _ transactions: [MoveStory.Transaction], isMeasured: (MoveStory.Transaction) -> Bool,
    prepare: (Ledger) async throws -> Source
  ) async throws -> BenchRow {
    let recording = commits_record()
    defer { commits_free(recording) }
    let recorded = try newLedger("recorded.db")
    commits_next(recording)
    var source = try await prepare(recorded)
    for transaction in transactions {
      commits_next(recording)
      try await MoveStory.write(transaction, to: recorded, source)
    }
    let plainPath = options.path("commits.db")
    try removeDatabase(plainPath)
    try check(commits_open(recording, plainPath, Schema.builtIn.current.text))
    let ledger = try newLedger("durable.db")
    source = try await prepare(ledger)
    var seconds = 0.0
    try check(commits_run(recording, 0, { Stopwatch.wallNow() }, &seconds))
    var (ours, plain): ([Double], [Double]) = ([], [])
    for (number, transaction) in transactions.enumerated() {
      let begun = Stopwatch.wallNow()
      try await MoveStory.write(transaction, to: ledger, source)
      let ended = Stopwatch.wallNow()
      try check(commits_run(recording, Int64(number) + 1, { Stopwatch.wallNow() }, &seconds))
      guard isMeasured(transaction) else { continue }
      ours.append(ended - begun)
      plain.append(seconds)
    }
    return BenchRow(
      name: "\(name), p50 of \(Figure.count(ours.count))", ours: "\(Figure.decimal(median(ours) * 1e6, 0)) us wall",
      beside: "\(Figure.decimal(median(plain) * 1e6, 0)) us wall, SQLite's own commit", ratio: median(ours) / median(plain))
  }

  private func newLedger(_ name: String) throws -> Ledger {
    try removeDatabase(options.path(name))
    return try Ledger.create(options.path(name), now: .distantPast)
  }
}
