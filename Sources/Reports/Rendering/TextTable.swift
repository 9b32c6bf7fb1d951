/// A table for a terminal: columns as wide as the rows they were measured by; later rows may overrun.
struct TextTable {
  private let columns: [TableColumn]
  private let zone: DisplayZone
  private let margin: String
  private let widths: [Int]

  init(columns: [TableColumn], zone: DisplayZone, margin: String = "", rows: [[Cell]]) {
    self.columns = columns
    self.zone = zone
    self.margin = margin
    widths = columns.indices.map { index in
      rows.reduce(columns[index].title.count) { max($0, printable($1[index].shown(in: zone)).count) }
    }
  }

  var heading: String { line(columns.map { .text($0.title.uppercased()) }) }

  /// A row, with its line end and no blanks before it. Blanks are written once text follows them: the last column may be as
  /// wide as its longest cell.
  func line(_ row: [Cell]) -> String {
    var line = ""
    var blanks = margin.count
    for (index, column) in columns.enumerated() where !column.isDataOnly {
      let text = printable(row[index].shown(in: zone))
      let padding = max(0, widths[index] - text.count)
      if column.isNumber { blanks += padding }
      let bare = text.utf8.reversed().drop { $0 == 0x20 }.count
      if bare > 0 {
        line += String(repeating: " ", count: blanks)
        line += String(Substring(text.utf8.prefix(bare)))
        blanks = 0
      }
      blanks += text.utf8.count - bare + (column.isNumber ? 0 : padding) + 2
    }
    return line + "\n"
  }
}
