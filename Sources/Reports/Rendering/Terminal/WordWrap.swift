/// Breaks text at words.
enum WordWrap {
  /// The lines of a text. A word that is wider than a line is broken where the line ends.
  /// - Parameters:
  ///   - width: columns of a line; nil for one line.
  ///   - indent: what the lines after the first begin with.
  static func lines(_ text: String, width: Int?, indent: String = "") -> [String] {
    guard let width, ColumnCount.of(text) > width else { return [text] }
    var lines: [String] = []
    var (line, isEmpty) = ("", true)
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      var word = word
      if !isEmpty {
        if ColumnCount.of(line) + 1 + ColumnCount.of(word) <= width {
          line += " " + word
          continue
        }
        lines.append(line)
        (line, isEmpty) = (indent, true)
      }
      while ColumnCount.of(line) + ColumnCount.of(word) > width, word.count > 1 {
        let room = width - ColumnCount.of(line)
        var (part, used) = (0, 0)
        for character in word {
          used += ColumnCount.of(character)
          if used > room { break }
          part += 1
        }
        lines.append(line + word.prefix(max(1, part)))
        word = word.dropFirst(max(1, part))
        line = indent
      }
      (line, isEmpty) = (line + word, false)
    }
    return lines + [line]
  }
}
