package import Inventory

/// Prints a list row by row, so that its length does not matter.
///
/// Tables for people measure their columns by the first rows.
package final class ListWriter {
  private let format: OutputFormat
  private let columns: [TableColumn]
  private let zone: DisplayZone
  private let csv: CSV
  private let style: TextStyle
  private let write: (String) throws -> Void
  private let opening: String
  private let warnings: [String]
  /// What is said where there is no row; nil for the list's own words.
  private let nothing: String?
  private var held: [[Cell]] = []
  private var table: TextTable?
  private let title: String
  private let at: Instant?
  private let page: Page
  private var count = 0

  private static let measuredRows = 500

  /// - Parameters:
  ///   - schema: the name of the document's schema.
  ///   - key: the key of the array that holds the rows.
  ///   - title: the heading of a page.
  ///   - reach: whether the list reaches beyond the evidence.
  ///   - program: name and version, for the foot of a page.
  package init(
    _ format: OutputFormat, schema: String, at: Instant?, key: String, columns: [TableColumn], zone: DisplayZone,
    title: String, program: String, csv: CSV = .exact, style: TextStyle = .plain, reach: EvidenceReach = .within,
    to write: @escaping (String) throws -> Void
  ) {
    self.format = format
    self.columns = columns
    self.zone = zone
    self.csv = csv
    self.style = format == .wide ? TextStyle(isColoured: style.isColoured, isWide: true) : style
    self.write = write
    self.title = title
    self.at = at
    page = Page(zone: zone, program: program)
    let head: JSONValue = ["schema": .string(schema), "at": JSONValue(at), "gaps": .array(reach.gaps.map(\.json))]
    nothing = reach.holdsNothing ? EvidenceReach.nothing : nil
    warnings = reach.warnings.map { printable(ProseTimes.shown($0, in: zone)) }
    opening = "\(head.compactText.dropLast()),\"\(key)\":["
  }

  /// Prints a row with one cell for each column.
  package func row(_ cells: [Cell]) throws {
    switch format {
    case .json: try write((count == 0 ? opening + "\n" : ",\n") + object(cells).compactText)
    case .ndjson: try write(object(cells).compactText + "\n")
    case .csv:
      if count == 0 { try write(CSV.line(columns.map(\.key))) }
      try write(csv.line(cells))
    case .markdown:
      if count == 0 { try write(warnings.map { "\(Markdown.escaped($0))\n\n" }.joined() + Markdown.heading(columns)) }
      try write(Markdown.line(cells, columns, zone))
    case .table, .wide:
      if let table {
        try write(table.line(cells))
      } else {
        held.append(cells)
        if held.count == Self.measuredRows { try startTable(isWhole: false) }
      }
    case .html:
      let table = PageTable(columns: columns, zone: zone)
      if count == 0 { try write(heading + table.heading(caption: title, isShown: false)) }
      try write(table.line(cells))
    }
    count += 1
  }

  /// Ends the document.
  /// - Parameter emptyText: what a person reads where there was no row.
  package func end(emptyText: String) throws {
    let emptyText = nothing ?? emptyText
    switch format {
    case .json: try write(count == 0 ? opening + "]}\n" : "\n]}\n")
    case .csv: if count == 0 { try write(CSV.line(columns.map(\.key))) }
    case .ndjson: break
    case .markdown: if count == 0 { try write((warnings + [emptyText]).map { $0 + "\n" }.joined(separator: "\n")) }
    case .table, .wide:
      if count == 0 {
        try writeWarnings()
        for line in WordWrap.lines(emptyText, width: style.width) { try write(line + "\n") }
      } else {
        if table == nil { try startTable(isWhole: true) }
        try write(table?.ending ?? "")
      }
    case .html:
      try write(count == 0 ? heading + "<p>\(HTML.escaped(emptyText))</p>\n" : PageTable.ending)
      try write("</main>\n" + page.closing(at: at, facts: [("Rows", String(count))]))
    }
  }

  /// The beginning of a page.
  private var heading: String {
    let warnings = warnings.map { "<p class=\"warning\">\(HTML.escaped($0))</p>\n" }.joined()
    return page.opening(title: title) + "<header>\n<h1>\(HTML.escaped(title))</h1>\n\(warnings)</header>\n<main>\n"
  }

  private func startTable(isWhole: Bool) throws {
    let table = TextTable(columns: columns, zone: zone, style: style, rows: held, isWhole: isWhole)
    self.table = table
    try writeWarnings()
    try write(table.heading)
    for row in held { try write(table.line(row)) }
    held = []
  }

  private func writeWarnings() throws {
    for warning in warnings {
      for line in WordWrap.lines(warning, width: style.width) { try write(style.coloured(line, .unsure) + "\n") }
    }
  }

  private func object(_ cells: [Cell]) -> JSONValue {
    .object(zip(columns, cells).map { .init($0.key, $1.json) })
  }
}
