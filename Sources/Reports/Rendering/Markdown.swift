/// Tables and text in Markdown.
enum Markdown {
  static func heading(_ columns: [TableColumn]) -> String {
    let shown = columns.filter { !$0.isDataOnly }
    let titles = shown.map { printable($0.title).replacing("|", with: "\\|") }
    return "| \(titles.joined(separator: " | ")) |\n|\(shown.map { $0.isNumber ? "--:|" : "---|" }.joined())\n"
  }

  static func line(_ row: [Cell], _ columns: [TableColumn], _ zone: DisplayZone) -> String {
    let cells = zip(row, columns).filter { !$1.isDataOnly }.map { escaped($0.1.text($0.0, in: zone)) }
    return "| \(cells.joined(separator: " | ")) |\n"
  }

  /// The text with what Markdown would read as its own made harmless.
  static func escaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in printable(text).unicodeScalars {
      if "|*_`<[\\#".unicodeScalars.contains(scalar) { result.append("\\") }
      result.append(scalar)
    }
    return String(result)
  }
}
