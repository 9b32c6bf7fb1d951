internal import ArgumentParser
internal import Foundation
internal import Inventory
internal import Ledger
internal import Reports

extension EventExport.Format: ExpressibleByArgument {}

extension EventCommand {
  struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write every event in the order of recording, for other programs.",
      discussion: """
        Events that no longer count are among them: excluded_by names the event that says so. CloudEvents are of version 1.0,
        one a line.

        EXAMPLE
          yadokari event export --since -1d > events.ndjson
          yadokari event export -o csv --out events.csv
          yadokari event export -o cloudevents --type ha.vm_restarted
        """)

    @OptionGroup var reading: ReadOptions
    @OptionGroup var history: HistoryOptions

    @Option(
      name: [.customShort("o"), .customLong("output")], help: ArgumentHelp("The form of the events.", valueName: "format"))
    var format: EventExport.Format = .ndjson
    @Option(help: ArgumentHelp("Write into this new file instead of standard output.", valueName: "file"))
    var out: String?
    @Option(help: "Only this type: ours, or the source's own, whatever the case.")
    var type: String?
    @Option(help: "Only events of this VM, by name or id.")
    var vm: String?
    @Option(help: "Only events that name this host, by name or id.")
    var host: String?
    @Option(help: "Only events of this source.")
    var source: String?

    func run() async throws {
      let file = try out.map { try NewFile($0) }
      try await reading.read { reader, moment in
        var filter = EventFilter()
        (filter.since, filter.until) = try history.window()
        if reading.at != nil { filter.until = min(moment, filter.until) }
        filter.type = type
        filter.source = source
        filter.vm = try vm.map { try reader.object(named: $0, kind: .vm, source: source, at: moment).id }
        filter.host = try host.map { try reader.object(named: $0, kind: .host, source: source, at: moment).id }
        guard let file else {
          _ = try export(reader, filter, to: Output())
          return
        }
        let count = try file.write { part in
          guard FileManager.default.createFile(atPath: part, contents: nil), let handle = FileHandle(forWritingAtPath: part)
          else {
            throw YadokariError(.failed, "\(part) cannot be written; check the rights of its folder")
          }
          defer { try? handle.close() }
          return try export(reader, filter, to: Output(to: handle))
        }
        say("yadokari: \(count) event\(count == 1 ? "" : "s") in \(out ?? "")")
      }
    }

    /// Writes the events and says how many.
    private func export(_ reader: borrowing LedgerReader, _ filter: EventFilter, to output: Output) throws -> Int {
      let export = try EventExport(format) { try output.write($0) }
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
