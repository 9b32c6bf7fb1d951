internal import Inventory

/// Comma-separated values after RFC 4180.
package struct CSV: Sendable {
  /// Whether `'` stands before a text that a spreadsheet would take for a formula.
  package let guardsFormulas: Bool

  /// - Parameter guardsFormulas: true for a file that goes into a spreadsheet.
  package init(guardsFormulas: Bool) { self.guardsFormulas = guardsFormulas }

  /// Every text as it is, for programs.
  package static let exact = CSV(guardsFormulas: false)

  /// The field of a value: nothing for what is unknown.
  func field(_ cell: Cell) -> String {
    switch cell.json {
    case .null: ""
    case .string(let text): guardsFormulas ? Self.guarded(text) : text
    case let other: other.compactText
    }
  }

  /// A text begins a formula by one of these, as OWASP's page on CSV injection lists them.
  private static func guarded(_ text: String) -> String {
    guard let first = text.utf8.first, "=+-@\t\r".utf8.contains(first) else { return text }
    return "'" + text
  }

  /// A line with its end.
  func line(_ cells: [Cell]) -> String { Self.line(cells.map(field)) }

  /// A line with its end; fields with commas, quotes or line breaks stand in quotes.
  static func line(_ fields: [String]) -> String {
    fields.map { field in
      let needsQuotes = field.utf8.contains { $0 == 0x2c || $0 == 0x22 || $0 == 0x0a || $0 == 0x0d }
      return needsQuotes ? quoted(field) : field
    }.joined(separator: ",") + "\r\n"
  }

  /// By scalars: a mark that follows a quote makes one character of both, and is still a quote to every reader.
  private static func quoted(_ field: String) -> String {
    var result = String.UnicodeScalarView("\"".unicodeScalars)
    for scalar in field.unicodeScalars {
      result.append(scalar)
      if scalar == "\"" { result.append(scalar) }
    }
    result.append("\"")
    return String(result)
  }
}
