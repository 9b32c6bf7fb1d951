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

  /// Whether what is asked reaches beyond the evidence: for whatever prints the answer.
  @TaskLocal static var reach = EvidenceReach.within

  /// Opens the ledger and reads one instant of it.
  /// - Parameters:
  ///   - history: the stretch of time asked about, on a command that has one.
  ///   - source: the only source asked about; nil for all.
  ///   - body: gets the reader and the time asked for, and prints.
  /// - Throws: exit code 2 at the end, where some of the files named with --from could not be used, or there is no evidence
  ///   at all of the time asked about.
  func read(
    _ history: HistoryOptions? = nil, source: String? = nil,
    _ body: (borrowing LedgerReader, Instant) throws -> Void
  ) async throws {
    let now = try WallClock.now()
    let moment = try at?.instant()
    let (ledger, isWhole) = try await open(now: now)
    let window = try history?.asked()
    let isKnown = try ledger.read { reader in
      // Who asks since when asks until now.
      let end = window?.until ?? moment ?? (window?.since == nil ? nil : now)
      let reach = try EvidenceReach(reader, since: window?.since ?? moment, end: end, source: source, now: now)
      let at = try moment ?? reader.lastEvidence() ?? now
      try Self.$reach.withValue(reach) { try body(reader, at) }
      return window?.since == nil && window?.until == nil || !reach.holdsNothing
    }
    if !isKnown || !isWhole { throw ExitCode(YadokariError.Code.partlyDone.rawValue) }
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
