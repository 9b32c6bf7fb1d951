internal import CBaseline
internal import Inventory
internal import Ledger
internal import Reports

/// `replay` of many moves as JSON, beside plain C that only reads the records.
struct ReplayBench {
  private let options: BenchOptions
  private let moves: Int

  init(_ options: BenchOptions) {
    self.options = options
    moves = options.isQuick ? 1000 : 10_000
  }

  func run() async throws -> [BenchRow] {
    var rows: [BenchRow] = []
    for (isOwn, name) in [(false, "of a vCenter"), (true, "with every checkpoint")] {
      let path = options.path(isOwn ? "replay-own.db" : "replay.db")
      try await write(path, isOwn: isOwn)
      rows += try [measure(path, name), command(path, name)]
    }
    return rows
  }

  private func write(_ path: String, isOwn: Bool) async throws {
    let moves = moves
    let ledger = try Ledger.create(path, now: .distantPast)
    try await ledger.write(at: .distantPast) { transaction in
      var story = ReplayStory(isOwn: isOwn)
      let source = try transaction.source(named: "bench", instanceUUID: nil)
      for event in story.beginning() { _ = try transaction.append(event, source: source) }
      for _ in 0..<moves {
        for event in story.move(request: transaction.nextSeq) { _ = try transaction.append(event, source: source) }
      }
    }
    try await ledger.checkpoint()
  }

  private func measure(_ path: String, _ name: String) throws -> BenchRow {
    let ledger = try Ledger.open(path, for: .read, now: .distantPast)
    let query = "SELECT * FROM event ORDER BY occurred_at"
    let measured = try Rounds.run(
      {
        let watch = Stopwatch()
        let count = try ledger.read { try replay($0) }
        guard count == moves else { throw BenchError("the replay has \(count) steps, not \(moves)") }
        return watch.elapsed.cpu
      },
      {
        let watch = Stopwatch()
        _ = try plainSum { baseline_read_all(path, query, &$0) }
        return watch.elapsed.cpu
      })
    let (ours, beside) = (median(measured[0]), median(measured[1]))
    return BenchRow(
      name: "replay of \(Figure.count(moves)) moves, JSON, \(name)", ours: "\(Figure.seconds(ours)) CPU",
      beside: "\(Figure.seconds(beside)) CPU, plain C reading", ratio: ours / beside)
  }

  private func replay(_ reader: borrowing LedgerReader) throws -> Int {
    let moment = try reader.lastEvidence() ?? .distantPast
    let report = try ReplayReport.report(reader, scope: ReplayScope(), at: moment, for: .json)
    var bytes = 0
    try Renderer(.json, zone: DisplayZone(name: "UTC"), program: "bench") { bytes += $0.utf8.count }.render(report)
    return bytes > 100 * moves ? report.items.count : 0
  }

  private func command(_ path: String, _ name: String) throws -> BenchRow {
    let measured = try Rounds.run(
      { try ChildProcess(BenchOptions.yadokari, ["replay", "--db", path, "-o", "json"]) },
      { try ChildProcess(BenchOptions.yadokari, ["--version"]) })
    let (ours, beside) = (median(measured[0], \.wall), median(measured[1], \.wall))
    return BenchRow(
      name: "the same as a process", ours: "\(Figure.seconds(ours)) wall",
      beside: "\(Figure.seconds(beside)) wall, yadokari --version", ratio: ours / beside)
  }
}
