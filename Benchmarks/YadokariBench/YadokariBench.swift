internal import Foundation

/// Measures Yadokari and prints a table. `tools/bench` builds it, gives it a folder for its files and removes that folder.
@main
struct YadokariBench {
  static func main() async {
    do {
      let options = try BenchOptions(CommandLine.arguments)
      if let file = options.fileToParse {
        try PlainParsing.run(file)
      } else {
        try await measure(options)
      }
    } catch {
      FileHandle.standardError.write(Data("bench: \(error)\n".utf8))
      exit(1)
    }
  }

  private static func measure(_ options: BenchOptions) async throws {
    let begun = Stopwatch()
    var rows = options.measures("import") ? try await ImportBench(options).run() : []
    if options.measures("layer") { rows = try LayerBench(options).run() + rows }
    if options.measures("append") { rows += try await AppendBench(options).run() }
    if options.measures("append") || options.measures("durable") { rows += try await DurableBench(options).run() }
    if options.measures("ledger") { rows += try await LedgerBench(options).run() }
    if options.measures("compatibility") { rows += try CompatibilityBench(options).run() }
    if options.measures("capacity") { rows += try CapacityBench(options).run() }
    if options.measures("replay") { rows += try await ReplayBench(options).run() }
    if options.measures("migration") { rows += try await MigrationBench(options).run() }
    if options.measures("engine") { rows += try await EngineBench(options).run() }
    if options.measures("forecast") { rows += try await ForecastBench(options).run() }
    if options.part == "scale" { rows += try await ScaleBench(options).run() }
    if options.part == "history" { rows += try await HistoryBench(options).run() }
    print(BenchTable(rows: rows).text, terminator: "")
    print("\nTook \(Figure.seconds(begun.elapsed.wall)).")
  }
}
