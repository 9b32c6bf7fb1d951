internal import CBaseline
internal import Foundation
internal import Inventory
internal import Ledger
internal import SQLite

/// Appending our own events, beside plain C that writes the very same rows; and one durable append, beside a bare commit.
struct AppendBench {
  private let options: BenchOptions
  private let size: Int
  private static let batch = 10_000

  init(_ options: BenchOptions) {
    self.options = options
    size = options.isQuick ? 100_000 : 1_000_000
  }

  func run() async throws -> [BenchRow] {
    let recorded = options.path("own.db")
    _ = try await write(recorded)
    let (bytes, ends) = try canonicalBytes(recorded)
    var replay: OpaquePointer?
    try check(replay_load(recorded, Schema.builtIn.current.text, &replay))
    defer { replay_free(replay) }
    var (ours, plain): ([Double], [Double]) = ([], [])
    for _ in 0..<Rounds.count {
      ours.append(try await write(options.path("again.db")))
      try removeDatabase(options.path("plain.db"))
      let watch = Stopwatch()
      try check(replay_run(replay, options.path("plain.db"), bytes, ends, Int64(Self.batch)))
      plain.append(watch.elapsed.process)
    }
    let stored = databaseSize(recorded)
    return [
      BenchRow(
        name: "append, \(Figure.count(size)) own events", ours: "\(Figure.seconds(median(ours))) CPU",
        beside: "\(Figure.seconds(median(plain))) CPU, plain C, the same rows", ratio: median(ours) / median(plain)),
      BenchRow(name: "own events on disk", ours: "\(stored / size) bytes an event"),
      try await durable(replay),
    ]
  }

  /// - Returns: processor time of all threads.
  private func write(_ path: String) async throws -> Double {
    try removeDatabase(path)
    let watch = Stopwatch()
    let ledger = try Ledger.create(path, now: .distantPast)
    let story = StoryBox()
    for begin in stride(from: 0, to: size, by: Self.batch) {
      let count = min(Self.batch, size - begin)
      try await ledger.write(at: Instant(microseconds: 1_795_000_000_000_000)) { transaction in
        for _ in 0..<count { _ = try transaction.append(story.next()) }
      }
    }
    try await ledger.checkpoint()
    return watch.elapsed.process
  }

  /// The bytes of every event that go into its hash, and where each ends.
  private func canonicalBytes(_ path: String) throws -> ([UInt8], [Int64]) {
    var (bytes, ends): ([UInt8], [Int64]) = ([], [])
    try Ledger.open(path, for: .inspect, now: .distantPast).read { reader in
      try reader.forEachCanonical { canonical in
        bytes += canonical.bytes
        ends.append(Int64(bytes.count))
      }
    }
    return (bytes, ends)
  }

  /// One event in a transaction of its own, which is on the disk when the call returns: the middle of many.
  private func durable(_ replay: OpaquePointer?) async throws -> BenchRow {
    let count = options.isQuick ? 500 : 3000
    let path = options.path("durable.db")
    try removeDatabase(path)
    let ledger = try Ledger.create(path, now: .distantPast)
    let story = StoryBox()
    var ours: [Double] = []
    for _ in 0..<count {
      let begun = Stopwatch.wallNow()
      try await ledger.write(at: .distantPast) { _ = try $0.append(story.next()) }
      ours.append(Stopwatch.wallNow() - begun)
    }
    var plain = [Double](repeating: 0, count: count)
    try removeDatabase(options.path("commits.db"))
    try check(replay_commits(replay, options.path("commits.db"), Int64(count), &plain) { Stopwatch.wallNow() })
    return BenchRow(
      name: "one durable append, p50 of \(Figure.count(count))", ours: "\(Figure.decimal(median(ours) * 1e6, 0)) us wall",
      beside: "\(Figure.decimal(median(plain) * 1e6, 0)) us wall, SQLite's own commit", ratio: median(ours) / median(plain))
  }
}

/// The story, shared with the writer's thread; only one of both works at a time.
private final class StoryBox: @unchecked Sendable {
  private var story = OwnStory()
  func next() -> Event { story.next() }
}
