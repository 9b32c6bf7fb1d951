/// How tables and text for people are laid out: how much room there is, and whether colours may be used.
package struct TextStyle: Sendable, Equatable {
  /// Columns of the terminal; nil for no limit.
  package let width: Int?
  /// Whether outcomes and headings may have colours and bold letters (ANSI escape sequences).
  package let isColoured: Bool
  /// Whether columns are shown that only pages have room for.
  package let isWide: Bool

  /// - Parameter width: nil for no limit; ignored where `isWide`.
  package init(width: Int? = nil, isColoured: Bool = false, isWide: Bool = false) {
    self.width = isWide ? nil : width
    self.isColoured = isColoured
    self.isWide = isWide
  }

  /// No limit and no colours: what a file or another program gets.
  package static let plain = TextStyle()

  /// Whether people see a column.
  func shows(_ column: TableColumn) -> Bool { isWide ? column.isOnPages || !column.isDataOnly : !column.isDataOnly }

  /// The text in bold letters, where there are any.
  func bold(_ text: String) -> String { isColoured ? "\u{1b}[1m\(text)\u{1b}[0m" : text }

  /// The text in the colour of good or bad news, where there are colours.
  func coloured(_ text: String, _ tone: Tone) -> String {
    guard isColoured, let code = tone.terminalColour else { return text }
    return "\u{1b}[\(code)m\(text)\u{1b}[0m"
  }
}

extension Tone {
  /// The number of the colour in an ANSI escape sequence; nil for the terminal's own.
  fileprivate var terminalColour: Int? {
    switch self {
    case .good: 32
    case .bad: 31
    case .unsure: 33
    case .neutral: nil
    }
  }
}
