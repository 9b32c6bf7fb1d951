internal import ArgumentParser
internal import Importers
internal import Inventory
internal import Ledger
internal import Reports

/// What a command reads, and as of when: on every read.
struct ReadOptions: ParsableArguments {
  @OptionGroup var database: DatabaseOptions

  @Option(
    parsing: .unconditional, help: TimeArgument.help("Show how it was at this time (default: the last evidence).")
  )
  var at: TimeArgument?

  @Option(help: "Read this file or folder into memory first, instead of a database.", completion: .file())
  var from: [String] = []

  @Option(parsing: .unconditional, help: "The zone of times in such files that have none, such as Europe/Berlin.")
  var tz: String?

  @Option(help: "The order of dates in such files that can be read in two ways: dmy, mdy or ymd.")
  var dateOrder: DateOrder?

  @Option(help: "The encoding of such files that are not in UTF-8 and do not tell it, such as windows-1252.")
  var encoding: String?

  /// Opens the ledger and reads one instant of it.
  /// - Parameter body: gets the reader and the time asked for, and prints.
  /// - Throws: exit code 2 at the end, where some of the files named with --from could not be used.
  func read(_ body: (borrowing LedgerReader, Instant) throws -> Void) async throws {
    let now = try WallClock.now()
    let moment = try at?.instant()
    let (ledger, isWhole) = try await open(now: now)
    try ledger.read { reader in try body(reader, moment ?? reader.lastEvidence() ?? now) }
    if !isWhole { throw ExitCode(YadokariError.Code.partlyDone.rawValue) }
  }

  private func open(now: Instant) async throws -> (Ledger, isWhole: Bool) {
    guard !from.isEmpty else { return (try Ledger.open(database.path, for: .read, now: now), true) }
    let ledger = try Ledger.inMemory(name: "from", now: now)
    var options = ImportOptions()
    (options.zone, options.dateOrder, options.encoding) = (tz, dateOrder, encoding)
    let files = try await Importer(into: ledger, options: options, now: now).run(paths: from)
    for file in files {
      if let error = file.error { throw error }
      if let note = file.note { say("yadokari: \(file.path): \(note)") }
      if file.skippedCount > 0 { say("yadokari: \(file.path): \(counted(file.skippedCount, "record")) set aside") }
    }
    // An answer from nothing would look like good news.
    guard files.contains(where: { $0.records > 0 }) else {
      throw YadokariError(.failed, "nothing in \(from.joined(separator: ", ")) can be read")
    }
    return (ledger, !files.contains { $0.skippedCount > 0 || $0.isBlank })
  }
}
