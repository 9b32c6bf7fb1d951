internal import Foundation

/// Quotes that reach a program because its shell did not know them, or because a word processor had made them round.
enum LeftOverQuotes {
  /// How each quote is closed.
  static let closing: [Character: Character] = ["'": "'", "\"": "\"", "\u{2018}": "\u{2019}", "\u{201C}": "\u{201D}"]

  /// A text without the blanks and the pair of quotes around it. Where more quotes stand within, it is several texts.
  static func removed(from text: String) -> String {
    let text = text.trimmingCharacters(in: .whitespaces)
    guard text.count > 1, let first = text.first, let end = closing[first], text.last == end else { return text }
    let inner = text.dropFirst().dropLast()
    return inner.contains(end) ? text : inner.trimmingCharacters(in: .whitespaces)
  }
}
