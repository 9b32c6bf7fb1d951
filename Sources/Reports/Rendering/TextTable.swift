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
      rows.reduce(columns[index].title.count) { max($0, Self.flat($1[index].shown(in: zone)).count) }
    }
  }

  var heading: String { line(columns.map { .text($0.title.uppercased()) }) }

  /// A row, with its line end.
  func line(_ row: [Cell]) -> String {
    let fields = columns.indices.filter { !columns[$0].isDataOnly }.map { index in
      let text = Self.flat(row[index].shown(in: zone))
      let padding = String(repeating: " ", count: max(0, widths[index] - text.count))
      return columns[index].isNumber ? padding + text : text + padding
    }
    var line = margin + fields.joined(separator: "  ")
    while line.last == " " { line.removeLast() }
    return line + "\n"
  }

  /// A cell is one line, and no control character of a name reaches the terminal.
  private static func flat(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
  }
}
