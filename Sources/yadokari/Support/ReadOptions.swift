internal import ArgumentParser
internal import Importers
internal import Inventory
internal import Ledger
internal import Reports

/// What a command reads, and as of when: on every read.
struct ReadOptions: ParsableArguments {
  @OptionGroup var database: DatabaseOptions

  @Option(
    parsing: .unconditional, help: TimeArgument.help("Point in time to report on (default: the newest evidence).")
  )
  var at: TimeArgument?

  @Option(
    help: ArgumentHelp("Read this file or folder directly; no database is used.", valueName: "path"), completion: .file())
  var from: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Time zone for timestamps without one in these files, such as Europe/Berlin.", valueName: "zone"))
  var tz: String?

  @Option(help: ArgumentHelp("Order of ambiguous dates in these files: dmy, mdy or ymd.", valueName: "order"))
  var dateOrder: DateOrder?

  @Option(help: ArgumentHelp("Encoding of these files if not UTF-8, such as windows-1252.", valueName: "name"))
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
      let isRange = window?.since != nil || window?.until != nil
      let reach = try EvidenceReach(
        reader, since: window?.since, end: end, isRange: isRange, source: source, now: now)
      let at = try moment ?? reader.lastEvidence() ?? now
      try Self.$reach.withValue(reach) { try body(reader, at) }
      return !reach.holdsNothing
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
