/// Texts as a workbook can hold them.
enum SheetText {
  /// No cell holds more, in units of UTF-16.
  private static let cellLimit = 32_767
  private static let nameLimit = 31

  /// What a cell can show of a text: control characters are left out, what is too long is cut off.
  static func cell(_ text: String) -> String {
    let plain =
      text.unicodeScalars.contains(where: isUnfit)
      ? String(String.UnicodeScalarView(text.unicodeScalars.filter { !isUnfit($0) })) : text
    return cut(plain, to: cellLimit)
  }

  /// What the name of a sheet can be of a text.
  static func name(_ text: String) -> String {
    cut(cell(text).filter { !"[]:*?/\\\n\t".contains($0) }, to: nameLimit)
  }

  private static func cut(_ text: String, to limit: Int) -> String {
    guard text.utf16.count > limit else { return text }
    var (end, count) = (text.startIndex, 0)
    while end < text.endIndex {
      count += text[end].utf16.count
      if count > limit { break }
      end = text.index(after: end)
    }
    return String(text[..<end])
  }

  /// Control characters but line feeds and tabs, and what XML cannot hold.
  private static func isUnfit(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x9, 0xa: false
    case 0..<0x20, 0x7f...0x9f, 0xfffe, 0xffff: true
    default: false
    }
  }

  static func escaped(_ text: String) -> String {
    guard text.utf8.contains(where: { "&<>\"".utf8.contains($0) }) else { return text }
    return text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}
