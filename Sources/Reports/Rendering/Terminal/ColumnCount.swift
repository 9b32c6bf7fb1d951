internal import CTerminal

/// How many columns of a terminal a text takes: East Asian characters and emoji take two, combining marks none.
enum ColumnCount {
  static func of(_ text: some StringProtocol) -> Int {
    // Printable ASCII is one column a byte.
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }) { return text.utf8.count }
    return text.reduce(0) { $0 + of($1) }
  }

  static func of(_ character: Character) -> Int {
    let scalars = character.unicodeScalars
    // A sequence that is shown as one emoji, such as a flag or a family, takes two columns.
    if scalars.count > 1, scalars.contains(where: { $0 == "\u{fe0f}" || $0 == "\u{200d}" || $0.isRegionalIndicator }) {
      return 2
    }
    return scalars.reduce(0) { $0 + Int(terminal_columns($1.value)) }
  }

  /// As much of a text as fits, with three dots in place of the rest: its beginning, or the end of a path.
  /// - Parameter room: in columns, at least 1.
  static func cut(_ text: String, to room: Int) -> String {
    guard of(text) > room else { return text }
    let isPath = text.hasPrefix("/") && !text.contains(" ")
    var kept: [Character] = []
    var used = 1
    for character in isPath ? Array(text.reversed()) : Array(text) {
      used += of(character)
      if used > room { break }
      kept.append(character)
    }
    if isPath { return "\u{2026}" + String(kept.reversed()) }
    while kept.last == " " { kept.removeLast() }
    return String(kept) + "\u{2026}"
  }
}

extension Unicode.Scalar {
  fileprivate var isRegionalIndicator: Bool { (0x1f1e6...0x1f1ff).contains(value) }
}
