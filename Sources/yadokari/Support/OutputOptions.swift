internal import ArgumentParser
internal import Inventory
internal import Reports

extension OutputFormat: ExpressibleByArgument {}

/// How to print: on every command that prints data.
struct OutputOptions: ParsableArguments {
  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("Output format; wide is a table with every column.", valueName: "format"))
  var format: OutputFormat = .table

  @Option(
    help: ArgumentHelp(
      "Columns of tables and text (environment: COLUMNS; default: those of the terminal, no limit elsewhere).",
      valueName: "columns"))
  var width: Int?

  @Option(
    help: ArgumentHelp(
      "Time zone of tables, pages and typed times, such as Europe/Berlin (environment: TZ); data is always UTC.",
      valueName: "zone"))
  var zone: String?

  @Flag(help: "Print without colors (environment: NO_COLOR).")
  var noColor = false

  @Flag(help: "In CSV, put ' before a text that a spreadsheet would take for a formula.")
  var guardFormulas = false

  func validate() throws {
    if let width, width < Screen.narrowest { throw ValidationError("--width must be at least \(Screen.narrowest)") }
  }

  /// How text for people is laid out.
  var style: TextStyle { TextStyle(width: width ?? Screen.width, isColoured: !noColor && Screen.hasColours) }

  /// How CSV is written.
  var csv: CSV { CSV(guardsFormulas: guardFormulas) }

  /// Whether a page is printed, for which reports gather more.
  var isPage: Bool { format == .html }

  /// The zone of tables and pages.
  func displayZone() throws -> DisplayZone { try DisplayZone(name: zone) }

  /// Prints a report.
  func print(_ report: Report) throws {
    let report = report.limited(by: ReadOptions.reach)
    let output = Output()
    try Renderer(
      format, zone: displayZone(), program: Yadokari.nameAndVersion, command: Yadokari.command, csv: csv, style: style
    ) { try output.write($0) }.render(report)
    try output.flush()
    // A table of values has no place for what is missing from it.
    if format == .csv { for note in report.sections.flatMap(\.notes) { say("note: \(note)") } }
    try sayStale()
  }

  /// Prints a list, row by row.
  func print(_ kind: ListKind, at: Instant?, rows: ((([Cell]) throws -> Void)) throws -> Void) throws {
    let output = Output()
    let writer = try writer(kind, at: at, to: output)
    try rows { try writer.row($0) }
    try writer.end(emptyText: kind.emptyText)
    try output.flush()
    try sayStale()
  }

  /// Lines of values have no place for how old the evidence is: it is said beside them.
  private func sayStale() throws {
    guard format == .csv || format == .ndjson else { return }
    let zone = try displayZone()
    for warning in ReadOptions.reach.warnings { say("yadokari: \(ProseTimes.shown(warning, in: zone))") }
  }

  /// What prints a list to an output; its end and the last flush are the caller's.
  func writer(_ kind: ListKind, at: Instant?, to output: Output) throws -> ListWriter {
    ListWriter(
      format, schema: kind.schema, at: at, key: kind.key, columns: kind.columns, zone: try displayZone(),
      title: kind.title, program: Yadokari.nameAndVersion, csv: csv, style: style, reach: ReadOptions.reach
    ) { try output.write($0) }
  }
}
