internal import Inventory
internal import Ledger

/// `yadokari import` of one large file into a new database, as a process, beside the XML parser alone on the same file.
struct ImportBench {
  private let options: BenchOptions
  private let size: Int

  init(_ options: BenchOptions) {
    self.options = options
    size = options.isQuick ? 10_000_000 : 100_000_000
  }

  func run() async throws -> [BenchRow] {
    let (file, database) = (options.path("events.xml"), options.path("import.db"))
    let (bytes, records) = try RepeatedExport(sample: options.sample).write(to: file, size: size)
    let measured = try Rounds.run(
      {
        try removeDatabase(database)
        return try ChildProcess(BenchOptions.yadokari, ["import", "--db", database, file])
      },
      { try ChildProcess(BenchOptions.ourselves, [PlainParsing.flag, file]) })
    try checkImported(records, database)
    let stored = databaseSize(database)
    let (imports, parsing) = (measured[0], measured[1])
    let (wall, cpu) = (median(imports, \.wall), median(imports, \.cpu))
    let peak = imports.map(\.peakMemory).max() ?? 0
    return [
      BenchRow(
        name: "import, \(Figure.megabytes(bytes)), \(Figure.count(records)) records",
        ours: "\(Figure.seconds(cpu)) CPU", beside: "\(Figure.seconds(median(parsing, \.cpu))) CPU, XML parser alone",
        ratio: cpu / median(parsing, \.cpu)),
      BenchRow(
        name: "import, speed",
        ours:
          "\(Figure.decimal(Double(bytes) / 1e6 / wall, 1)) MB/s wall, \(Figure.decimal(Double(bytes) / 1e6 / cpu, 1)) CPU"),
      BenchRow(
        name: "import, peak memory", ours: Figure.megabytes(peak),
        beside: "\(Figure.megabytes(bytes)), the file", ratio: Double(peak) / Double(bytes)),
      BenchRow(
        name: "import, database", ours: "\(stored / records) bytes a record",
        beside: "\(bytes / records) bytes, its XML", ratio: Double(stored) / Double(bytes)),
    ]
  }

  private func checkImported(_ records: Int, _ database: String) throws {
    let ledger = try Ledger.open(database, for: .inspect, now: .distantPast)
    let events = try ledger.read { try $0.chainHead().seq }
    // One more tells of the import itself.
    guard events == records + 1 else { throw BenchError("\(events - 1) of \(records) records were imported") }
  }
}
