internal import ArgumentParser
internal import Inventory
internal import Reports

/// Which tables to print as CSV: on every report of several tables.
struct TableOptions: ParsableArguments {
  @Option(help: ArgumentHelp("With -o csv: print this table of the report.", valueName: "name"))
  var table: String?

  @Option(
    help: ArgumentHelp("Write all the report's tables into this folder, a CSV file each.", valueName: "folder"),
    completion: .directory)
  var out: String?

  func validate() throws {
    try refuseBlank(("--table", table), ("--out", out))
    if table != nil, out != nil { throw ValidationError("--out writes all tables; leave --table out") }
  }

  /// Refuses formats that have no place for such tables.
  func check(_ format: OutputFormat) throws {
    if table != nil, format != .csv { throw ValidationError("--table goes with -o csv") }
    // The default cannot be told from `-o table`.
    if out != nil, format != .csv, format != .table {
      throw ValidationError("--out writes CSV; leave -o out, or give -o csv")
    }
  }

  /// Prints what was asked for: one table, files, or the report as `output` has it.
  func print(_ report: Report, _ output: OutputOptions) throws {
    if let out {
      try TableFiles(report.tables, output.csv).write(to: out)
      say("yadokari: \(counted(report.tables.count, "table")) in \(out)")
    } else if let table {
      guard let found = report.tables.first(where: { $0.name == table }) else {
        let names = report.tables.map(\.name).joined(separator: ", ")
        throw YadokariError(.usage, "there is no table \(table) in this report; --table takes one of \(names)")
      }
      let printed = Output()
      try Renderer.render(found, as: output.csv) { try printed.write($0) }
      try printed.flush()
    } else {
      try output.print(report)
    }
  }
}
