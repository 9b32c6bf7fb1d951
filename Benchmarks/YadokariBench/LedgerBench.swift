internal import CBaseline
internal import Inventory
internal import Ledger
internal import Reports

/// A ledger with a month of one cluster: writing it, asking whom its host failure hit, verifying its chain.
struct LedgerBench {
  private let options: BenchOptions
  private let size: Int

  init(_ options: BenchOptions) {
    self.options = options
    size = options.isQuick ? 100_000 : 1_000_000
  }

  /// A ledger that was written, and how long that took.
  private struct Written {
    let path: String
    let events: Int
    let victims: Int
    let wall: Double
  }

  func run() async throws -> [BenchRow] {
    let small = try await write("small.db", size / 10)
    let large = try await write("large.db", size)
    let stored = databaseSize(large.path)
    let written = [
      BenchRow(
        name: "append, \(Figure.count(large.events)) events",
        ours: "\(Figure.count(Int(Double(large.events) / large.wall))) events/s wall"),
      BenchRow(name: "ledger on disk", ours: "\(stored / large.events) bytes an event"),
    ]
    return try written + [reports(large, small), command(large), verifying(large)]
  }

  private func write(_ name: String, _ size: Int) async throws -> Written {
    let (path, story) = (options.path(name), ClusterStory(size: size))
    let watch = Stopwatch()
    let ledger = try Ledger.create(path, now: .distantPast)
    let victims = try await ledger.write(at: .distantPast) { transaction in try story.append(to: transaction) }
    try await ledger.checkpoint()
    let wall = watch.elapsed.wall
    return Written(path: path, events: Int(try ledger.read { try $0.chainHead().seq }), victims: victims, wall: wall)
  }

  /// `AffectedReport` for the failed host, beside the same question to a ledger with a tenth of the events.
  private func reports(_ large: Written, _ small: Written) throws -> BenchRow {
    let (largeLedger, smallLedger) = (
      try Ledger.open(large.path, for: .read, now: .distantPast), try Ledger.open(small.path, for: .read, now: .distantPast)
    )
    // Warm: what the first question has to read from disk is there for the measured ones.
    _ = (try report(largeLedger, large), try report(smallLedger, small))
    let measured = try Rounds.run({ try report(largeLedger, large) }, { try report(smallLedger, small) })
    let (ours, beside) = (median(measured[0]), median(measured[1]))
    return BenchRow(
      name: "ha affected, \(large.victims) VMs, in the process", ours: "\(Figure.seconds(ours)) CPU",
      beside: "\(Figure.seconds(beside)) CPU, a tenth of the events", ratio: ours / beside)
  }

  private func report(_ ledger: Ledger, _ written: Written) throws -> Double {
    let watch = Stopwatch()
    let report = try ledger.read { reader in
      let moment = try reader.lastEvidence() ?? .distantPast
      var scope = IncidentReader.Scope()
      scope.hosts = [try reader.object(named: ClusterStory.failedHost.name, kind: .host, source: nil, at: moment).id]
      return try AffectedReport.report(reader, scope: scope, at: moment)
    }
    let cpu = watch.elapsed.cpu
    let expected = "\(written.victims) VMs, \(written.victims) restarted"
    guard report.answer.contains(where: { $0.hasSuffix(expected) }) else {
      throw BenchError("the report says \(report.answer), not \(expected)")
    }
    return cpu
  }

  /// The command as a process, beside one that does nothing but start.
  private func command(_ large: Written) throws -> BenchRow {
    let measured = try Rounds.run(
      {
        try ChildProcess(
          BenchOptions.yadokari, ["ha", "affected", "--db", large.path, "--host", ClusterStory.failedHost.name])
      },
      { try ChildProcess(BenchOptions.yadokari, ["--version"]) })
    let (ours, beside) = (median(measured[0], \.wall), median(measured[1], \.wall))
    return BenchRow(
      name: "ha affected --host, as a process", ours: "\(Figure.seconds(ours)) wall",
      beside: "\(Figure.seconds(beside)) wall, yadokari --version", ratio: ours / beside)
  }

  /// `event verify`: every hash of the chain made anew, beside plain C that only reads the same columns.
  private func verifying(_ large: Written) throws -> BenchRow {
    let ledger = try Ledger.open(large.path, for: .inspect, now: .distantPast)
    let query = "SELECT * FROM event ORDER BY seq"
    let measured = try Rounds.run(
      {
        let watch = Stopwatch()
        let verdict = try ledger.read { try $0.verifyChain(wanted: nil) }
        guard verdict.verified == large.events else { throw BenchError("the chain holds only up to \(verdict.verified)") }
        return watch.elapsed.cpu
      },
      {
        let watch = Stopwatch()
        _ = try plainSum { baseline_read_all(large.path, query, &$0) }
        return watch.elapsed.cpu
      })
    let (ours, beside) = (median(measured[0]), median(measured[1]))
    return BenchRow(
      name: "event verify, in the process", ours: "\(Figure.count(Int(Double(large.events) / ours))) events/s CPU",
      beside: "\(Figure.count(Int(Double(large.events) / beside))) events/s CPU, plain C reading", ratio: ours / beside)
  }
}
