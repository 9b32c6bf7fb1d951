/// A table for a terminal: columns as wide as the rows they were measured by. Without a limit later rows may overrun; with
/// one they are cut.
struct TextTable {
  private let columns: [TableColumn]
  private let layout: TableLayout
  private let style: TextStyle
  private let margin: String

  /// - Parameter isWhole: whether these are all rows there will be.
  init(
    columns: [TableColumn], zone: DisplayZone, style: TextStyle, margin: String = "", rows: [[Cell]], isWhole: Bool = true
  ) {
    self.columns = columns
    self.style = style
    self.margin = margin
    layout = TableLayout(columns, rows: rows, zone: zone, style: style, margin: margin.count, isWhole: isWhole)
  }

  /// The headings, in as many lines as they need, below what all times share.
  var heading: String {
    var text = layout.clock.remark.map { "\(margin)\($0)\n" } ?? ""
    let height = layout.shown.map { layout.headings[$0]?.count ?? 0 }.max() ?? 0
    for number in 0..<height {
      text += line {
        style.bold($0)
      } text: { index in
        let lines = layout.headings[index] ?? []
        let first = height - lines.count
        return number < first ? "" : lines[number - first]
      }
    }
    return text
  }

  /// What was left out, wrapped to the width; empty where nothing was.
  var ending: String {
    guard let remark = layout.remark else { return "" }
    return WordWrap.lines(margin + printable(remark), width: style.width, indent: margin).map { $0 + "\n" }.joined()
  }

  /// A row, with its line end and no blanks before it. Blanks are written once text follows them: the last column may be as
  /// wide as its longest cell.
  func line(_ row: [Cell]) -> String {
    line { text in
      text
    } text: {
      printable(layout.clock.text(row[$0], columns[$0]))
    } tone: { index in
      if case .state(_, let tone) = row[index] { tone } else { .neutral }
    }
  }

  private func line(
    _ decorated: (String) -> String, text: (Int) -> String, tone: (Int) -> Tone = { _ in .neutral }
  ) -> String {
    var line = ""
    var blanks = margin.count
    for index in layout.shown {
      let whole = text(index)
      let text = style.width == nil ? whole : ColumnCount.cut(whole, to: layout.widths[index])
      let used = ColumnCount.of(text)
      let padding = max(0, layout.widths[index] - used)
      if columns[index].isNumber { blanks += padding }
      let bare = text.utf8.reversed().drop { $0 == 0x20 }.count
      if bare > 0 {
        line += String(repeating: " ", count: blanks)
        line += decorated(style.coloured(String(Substring(text.utf8.prefix(bare))), tone(index)))
        blanks = 0
      }
      blanks += text.utf8.count - bare + (columns[index].isNumber ? 0 : padding) + 2
    }
    return line + "\n"
  }
}
