internal import ArgumentParser
internal import Inventory
internal import Ledger
internal import Reports

extension EventExport.Format: ExpressibleByArgument {}

extension EventCommand {
  struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write every event in the order of recording, for other programs.",
      discussion: helpText(
        """
        Events that no longer count are among them: excluded_by names the event that says so. CloudEvents are of version 1.0,
        one a line.

        EXAMPLE
          yadokari event export --since -1d > events.ndjson
          yadokari event export -o csv --out events.csv
          yadokari event export -o cloudevents --type ha.vm_restarted
        """))

    @OptionGroup(title: "What is read") var reading: ReadOptions
    @OptionGroup var events: EventOptions

    @Option(
      name: [.customShort("o"), .customLong("output")], help: ArgumentHelp("The form of the events.", valueName: "format"))
    var format: EventExport.Format = .ndjson
    @Option(help: ArgumentHelp("Write into this new file instead of standard output.", valueName: "file"))
    var out: String?

    @Flag(help: "In CSV, put ' before a text that a spreadsheet would take for a formula.")
    var guardFormulas = false

    func run() async throws {
      let file = try out.map { try NewFile($0) }
      try await reading.read(events.history, source: events.source) { reader, moment in
        let filter = try events.filter(reader, at: moment, end: reading.at == nil ? .distantFuture : moment)
        guard let file else {
          _ = try export(reader, filter, to: Output())
          return
        }
        let count = try file.write { part in try NewFile.fill(part) { try export(reader, filter, to: $0) } }
        say("yadokari: \(count) event\(count == 1 ? "" : "s") in \(out ?? "")")
      }
    }

    /// Writes the events and says how many.
    private func export(_ reader: borrowing LedgerReader, _ filter: EventFilter, to output: Output) throws -> Int {
      let export = try EventExport(format, as: CSV(guardsFormulas: guardFormulas)) { try output.write($0) }
      var count = 0
      try reader.forEachRecordedEvent(filter) { event in
        try export.add(event)
        count += 1
      }
      try output.flush()
      return count
    }
  }
}
