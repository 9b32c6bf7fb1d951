internal import CBaseline
internal import Foundation
internal import Inventory
internal import Ledger
internal import SQLite

/// Appending our own events, beside plain C that writes the very same rows.
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
    ]
  }

  /// - Returns: processor time of all threads, but for the making of the story.
  private func write(_ path: String) async throws -> Double {
    try removeDatabase(path)
    var watch = Stopwatch()
    let ledger = try Ledger.create(path, now: .distantPast)
    var time = watch.elapsed.process
    var story = OwnStory()
    for begin in stride(from: 0, to: size, by: Self.batch) {
      let events = (begin..<min(begin + Self.batch, size)).map { _ in story.next() }
      watch = Stopwatch()
      try await ledger.write(at: Instant(microseconds: 1_795_000_000_000_000)) { transaction in
        for event in events { _ = try transaction.append(event) }
      }
      time += watch.elapsed.process
    }
    watch = Stopwatch()
    try await ledger.checkpoint()
    return time + watch.elapsed.process
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
}
