internal import CBaseline
internal import Foundation
internal import Ledger

/// What the engine itself costs a live migration: the processor time of migrations one after the other, less that of writing
/// the same events in the same transactions, less that of the simulated hardware under the same orders. Everything is in
/// memory; all three take turns.
struct EngineBench {
  private let options: BenchOptions

  init(_ options: BenchOptions) { self.options = options }

  func run() async throws -> [BenchRow] {
    try await rows(hosts: 4, vms: 20) + (try await rows(hosts: 100, vms: 5000))
  }

  private func rows(hosts: Int, vms: Int) async throws -> [BenchRow] {
    let moves = options.isQuick ? 100 : 500
    let story = try await MoveStory(hosts: hosts, vms: vms, moves: moves)
    var (whole, ledger, hardware, plain): ([Double], [Double], [Double], [Double]) = ([], [], [], [])
    var checks: [Double] = []
    for _ in 0..<Rounds.count {
      whole.append(try await story.play().process)
      ledger.append(try await story.write().process)
      hardware.append(try story.order().process)
      plain.append(try await commits(of: story))
      checks.append(try story.check().process)
    }
    func each(_ seconds: [Double]) -> Double { median(seconds) * 1e6 / Double(moves) }
    func text(_ microseconds: Double) -> String { "\(Figure.decimal(microseconds, 0)) us" }
    let thinking = each(whole) - each(hardware)
    let what = "a live migration, \(hosts) hosts, \(Figure.count(vms)) VMs, \(Figure.count(moves)) in turn"
    return [
      BenchRow(
        name: "\(what): the engine", ours: "\(text(thinking - each(ledger))) CPU",
        beside: "\(text(each(whole))) in all, \(text(each(ledger))) the ledger, \(text(each(hardware))) the hardware",
        ratio: (thinking - each(ledger)) / each(plain)),
      BenchRow(name: "the check of a request, for the whole cluster", ours: "\(text(each(checks))) CPU"),
      BenchRow(
        name: "the engine and the ledger, SQLite with them", ours: "\(text(thinking)) CPU",
        beside: "\(text(each(plain))) SQLite's own statements, plain C", ratio: thinking / each(plain)),
    ]
  }

  /// The statements that write the events of the moves, run by plain C.
  /// - Returns: the processor time of that, statements ready.
  private func commits(of story: MoveStory) async throws -> Double {
    let recording = commits_record()
    defer { commits_free(recording) }
    let ledger = try Ledger.inMemory(name: UUID().uuidString, now: MoveStory.start)
    commits_next(recording)
    let source = try await story.prepare(ledger)
    try await story.startService(ledger)
    for transaction in story.transactions {
      commits_next(recording)
      try await MoveStory.write(transaction, to: ledger, source)
    }
    try check(commits_open(recording, ":memory:", Schema.builtIn.current.text))
    var sum = 0.0
    for number in 0...story.transactions.count {
      var seconds = 0.0
      try check(commits_run(recording, Int64(number), { Stopwatch.cpuNow() }, &seconds))
      // The first one is the cluster.
      if number > 0 { sum += seconds }
    }
    return sum
  }
}
