internal import Foundation
internal import Inventory
internal import Ledger

/// A ledger with the whole of a `HistoryStory`, kept from one measurement to the next.
struct HistoryLedger {
  let path: String
  let size: Int
  private static let batch = 50_000
  /// What room an event needs while it is written: its bytes, and those of the log of writes.
  private static let bytesEach = 400

  /// Finds the ledger in the folder, or writes it: minutes for ten million events.
  static func prepare(size: Int, in folder: String) async throws -> HistoryLedger {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let path = "\(folder)/history-\(HistoryStory.version)-\(size).db"
    if FileManager.default.fileExists(atPath: path) {
      if (try? Ledger.open(path, for: .read, now: .distantPast)) != nil { return HistoryLedger(path: path, size: size) }
      say("\(path) has another schema; it is written anew")
      try removeDatabase(path)
    }
    let part = path + ".part"
    try removeDatabase(part)
    let needed = size * bytesEach
    let space = try FileManager.default.attributesOfFileSystem(forPath: folder)[.systemFreeSize] as? NSNumber
    guard let space, space.intValue >= needed else {
      throw BenchError("\(folder) needs \(Figure.megabytes(needed)) of free space; name another folder with --keep")
    }
    say("writing \(path), \(Figure.count(size)) events, about \(Figure.megabytes(needed))")
    try await write(size, to: part)
    try FileManager.default.moveItem(atPath: part, toPath: path)
    return HistoryLedger(path: path, size: size)
  }

  private static func write(_ size: Int, to path: String) async throws {
    let ledger = try Ledger.create(path, now: .distantPast)
    var story = HistoryStory(size: size)
    while case let events = story.next(batch), let last = events.last {
      try await ledger.write(at: last.occurredAt) { transaction in
        let source = try transaction.source(named: "bench", instanceUUID: nil)
        for event in events { _ = try transaction.append(event, source: source) }
      }
    }
    try await ledger.checkpoint()
  }

  /// Runs a question inside the process.
  /// - Returns: processor time in seconds.
  func ask(_ ledger: Ledger, _ question: HistoryQuestion) throws -> Double {
    let watch = Stopwatch()
    let rows = try ledger.read { try question.ask($0) }
    let cpu = watch.elapsed.cpu
    guard rows >= question.atLeast else { throw BenchError("\(question.name): \(rows) rows, not \(question.atLeast)") }
    return cpu
  }

  private static func say(_ words: String) { FileHandle.standardError.write(Data("bench: \(words)\n".utf8)) }
}
