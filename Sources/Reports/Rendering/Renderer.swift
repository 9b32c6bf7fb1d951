package import Inventory

/// Turns any report into text, one way for each format.
package struct Renderer {
  private let format: OutputFormat
  private let zone: DisplayZone
  private let program: String
  private let command: String?
  private let csv: CSV
  private let style: TextStyle
  private let write: (String) throws -> Void
  private let pause: ((Instant) throws -> Void)?

  /// - Parameters:
  ///   - program: name and version, for the foot of a page.
  ///   - command: what made it, for the same place.
  ///   - csv: how CSV is written.
  ///   - style: how text for people is laid out.
  ///   - pause: asked before each row of a table for people that happened at some moment.
  package init(
    _ format: OutputFormat, zone: DisplayZone, program: String, command: String? = nil, csv: CSV = .exact,
    style: TextStyle = .plain, pause: ((Instant) throws -> Void)? = nil,
    to write: @escaping (String) throws -> Void
  ) {
    self.format = format
    self.zone = zone
    self.program = program
    self.command = command
    self.csv = csv
    self.style = format == .wide ? TextStyle(isColoured: style.isColoured, isWide: true) : style
    self.write = write
    self.pause = pause
  }

  package func render(_ report: Report) throws {
    switch format {
    case .json:
      let document =
        report.document
        ?? .object(
          [
            .init("schema", .string(report.schema)), .init("at", JSONValue(report.at)),
            .init(report.itemsKey, .array(report.items)),
          ] + report.extra)
      try document.writePretty(to: write)
      try write("\n")
    case .ndjson:
      for item in report.items { try write(item.compactText + "\n") }
    case .csv: try Self.writeCSV(report.flatColumns, report.flatRows, csv, to: write)
    case .table, .wide: try renderText(report.forPeople(in: zone))
    case .markdown: try renderMarkdown(report.forPeople(in: zone))
    case .html:
      let page = Page(zone: zone, program: program, command: command)
      try PageReport(report.forPeople(in: zone), page: page).render(to: write)
    }
  }

  /// Prints one of a report's tables.
  /// - Parameters:
  ///   - csv: how it is written.
  ///   - write: gets the text, line by line.
  package static func render(_ table: Report.Table, as csv: CSV, to write: (String) throws -> Void) throws {
    try writeCSV(table.columns, table.rows, csv, to: write)
  }

  private static func writeCSV(
    _ columns: [TableColumn], _ rows: [[Cell]], _ csv: CSV, to write: (String) throws -> Void
  ) throws {
    try write(CSV.line(columns.map(\.key)))
    for row in rows { try write(csv.line(row)) }
  }

  private func renderText(_ report: Report) throws {
    for line in report.warnings { try writeWrapped(line) { style.coloured($0, .unsure) } }
    for line in report.answer { try writeWrapped(line, style.bold) }
    for section in report.sections {
      try write("\n")
      try writeWrapped(section.heading, style.bold)
      let width = section.times.map(\.name.count).max() ?? 0
      for (name, at) in section.times {
        let padding = String(repeating: " ", count: width - name.count)
        try write("  \(name)\(padding)  \(zone.text(at))\n")
      }
      if !section.rows.isEmpty {
        try write("\n")
        let table = TextTable(columns: section.columns, zone: zone, style: style, margin: "  ", rows: section.rows)
        try write(table.heading)
        for (index, row) in section.rows.enumerated() {
          if index < section.rowTimes.count { try pause?(section.rowTimes[index]) }
          try write(table.line(row))
        }
        try write(table.ending)
      }
      for note in section.notes {
        try write("\n")
        try writeWrapped("  ! \(note)", indent: "    ")
      }
    }
  }

  private func writeWrapped(_ text: String, indent: String = "", _ decorated: (String) -> String = { $0 }) throws {
    for line in WordWrap.lines(printable(text), width: style.width, indent: indent) { try write(decorated(line) + "\n") }
  }

  private func renderMarkdown(_ report: Report) throws {
    for line in report.warnings + report.answer { try write("\(Markdown.escaped(line))\n\n") }
    for section in report.sections {
      try write("## \(Markdown.escaped(section.heading))\n\n")
      for (name, at) in section.times { try write("- \(name): \(zone.text(at))\n") }
      if !section.times.isEmpty { try write("\n") }
      if !section.rows.isEmpty {
        try write(Markdown.heading(section.columns))
        for row in section.rows { try write(Markdown.line(row, section.columns, zone)) }
        try write("\n")
      }
      for note in section.notes { try write("> \(Markdown.escaped(note))\n\n") }
    }
  }
}
