internal import Inventory

/// A table of a page. The first column names what the row is about.
struct PageTable {
  private let columns: [TableColumn]
  private let zone: DisplayZone

  init(columns: [TableColumn], zone: DisplayZone) {
    self.columns = columns
    self.zone = zone
  }

  /// - Parameter isShown: false where the caption stands above already, and only those who do not see need it.
  func heading(caption: String, isShown: Bool = true) -> String {
    let cells = columns.filter(\.isOnPages).map { column in
      "<th scope=\"col\"\(column.isNumber ? " class=\"number\"" : "")>\(HTML.escaped(column.title))</th>"
    }
    return """
      <div class="scroll" role="region" tabindex="0" aria-label="\(HTML.escaped(caption))">
      <table>
      <caption\(isShown ? "" : " class=\"unseen\"")>\(HTML.escaped(caption))</caption>
      <thead><tr>\(cells.joined())</tr></thead>
      <tbody>

      """
  }

  /// A row, with its line end.
  func line(_ row: [Cell]) -> String {
    let shown = zip(row, columns).filter { $1.isOnPages }
    let cells = shown.enumerated().map { index, pair in
      let text = html(pair.0, pair.1)
      let kind = pair.1.isNumber ? "number" : Self.kind(of: pair.1.text(pair.0, in: zone))
      let content = kind == "long" ? "<div class=\"long\">\(text)</div>" : text
      let style = kind == nil || kind == "long" ? "" : " class=\"\(kind ?? "")\""
      return index == 0 ? "<th scope=\"row\"\(style)>\(content)</th>" : "<td\(style)>\(content)</td>"
    }
    return "<tr>\(cells.joined())</tr>\n"
  }

  /// A word that would widen the whole table may be broken; sentences need room.
  private static func kind(of text: String) -> String? {
    if text.split(separator: " ").contains(where: { $0.count > 28 }) { return "long" }
    return text.count > 40 ? "prose" : nil
  }

  static let ending = "</tbody>\n</table>\n</div>\n"

  /// A cell as content: times with the fraction of their second, a dash for what is unknown.
  func html(_ cell: Cell, _ column: TableColumn? = nil) -> String {
    switch cell {
    case .time(let instant?):
      let time = zone.calendar(instant)
      let clock = time.clock + (instant.microseconds % 1_000_000 == 0 ? "" : time.fraction(digits: 3))
      return
        "<time datetime=\"\(instant)\"><span class=\"date\">\(time.date)</span> <span>\(clock)\(time.zone)</span></time>"
    case .state(let text, let tone): return HTML.state(text.replacing("_", with: " "), tone)
    default:
      let text = column?.text(cell, in: zone) ?? cell.shown(in: zone)
      return text == "-" ? "<span class=\"none\">-</span>" : HTML.escaped(text)
    }
  }
}
