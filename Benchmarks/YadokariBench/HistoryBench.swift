internal import Inventory
internal import Ledger

/// Reading a ledger of ten million events: each question beside the same one to a ledger with a tenth of them.
struct HistoryBench {
  private let size: Int
  private let folder: String

  init(_ options: BenchOptions) {
    size = options.isQuick ? 1_000_000 : 10_000_000
    folder = options.keep
  }

  func run() async throws -> [BenchRow] {
    let small = try await HistoryLedger.prepare(size: size / 10, in: folder)
    let large = try await HistoryLedger.prepare(size: size, in: folder)
    let rows = [
      BenchRow(
        name: "ledger of \(Figure.count(size)) events on disk", ours: "\(databaseSize(large.path) / size) bytes an event")
    ]
    return try rows + [opening(large, small)] + questions(large, small) + [command(large)]
  }

  private func opening(_ large: HistoryLedger, _ small: HistoryLedger) throws -> BenchRow {
    func open(_ path: String) throws -> Double {
      let watch = Stopwatch()
      _ = try Ledger.open(path, for: .read, now: .distantPast)
      return watch.elapsed.cpu
    }
    let measured = try Rounds.run({ try open(large.path) }, { try open(small.path) })
    return row("opening, its structure looked at", median(measured[0]), median(measured[1]))
  }

  private func questions(_ large: HistoryLedger, _ small: HistoryLedger) throws -> [BenchRow] {
    let ledgers = [
      try Ledger.open(large.path, for: .read, now: .distantPast), try Ledger.open(small.path, for: .read, now: .distantPast),
    ]
    return try HistoryQuestion.all.map { question in
      // Warm: what the first question has to read from disk is there for the measured ones.
      _ = (try large.ask(ledgers[0], question), try small.ask(ledgers[1], question))
      let measured = try Rounds.run({ try large.ask(ledgers[0], question) }, { try small.ask(ledgers[1], question) })
      return row(question.name, median(measured[0]), median(measured[1]))
    }
  }

  private func row(_ name: String, _ ours: Double, _ beside: Double) -> BenchRow {
    BenchRow(
      name: name, ours: "\(Figure.seconds(ours)) CPU",
      beside: "\(Figure.seconds(beside)) CPU, a tenth of the events", ratio: ours / beside)
  }

  private func command(_ large: HistoryLedger) throws -> BenchRow {
    let question = ["ha", "affected", "--db", large.path, "--host", HistoryStory.failedHost(HistoryStory.failureCount / 2)]
    let measured = try Rounds.run(
      { try ChildProcess(BenchOptions.yadokari, question) }, { try ChildProcess(BenchOptions.yadokari, ["--version"]) })
    let (ours, beside) = (median(measured[0], \.wall), median(measured[1], \.wall))
    return BenchRow(
      name: "ha affected --host, as a process", ours: "\(Figure.seconds(ours)) wall",
      beside: "\(Figure.seconds(beside)) wall, yadokari --version", ratio: ours / beside)
  }
}
