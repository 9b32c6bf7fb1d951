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

  /// A row, with its line end.
  func line(_ row: [Cell]) -> String {
    let fields = columns.indices.filter { !columns[$0].isDataOnly }.map { index in
      let text = printable(row[index].shown(in: zone))
      let padding = String(repeating: " ", count: max(0, widths[index] - text.count))
      return columns[index].isNumber ? padding + text : text + padding
    }
    var line = margin + fields.joined(separator: "  ")
    while line.last == " " { line.removeLast() }
    return line + "\n"
  }
}
