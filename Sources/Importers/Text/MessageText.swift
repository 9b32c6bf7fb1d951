/// A message's text, ready to be compared with forms.
struct MessageText: Sendable {
  /// Without the blanks around it.
  let bytes: [UInt8]
  /// The same, as forms are compared: in lower case, with blanks alone between words.
  private let folded: [UInt8]
  /// Where the text ends without its full stop.
  let lastEnd: Int

  init(_ text: [UInt8]) {
    let folded = text.map(MessageForm.fold)
    let first = folded.firstIndex { $0 != MessageForm.blank } ?? folded.count
    let end = (folded.lastIndex { $0 != MessageForm.blank } ?? first - 1) + 1
    bytes = Array(text[first..<max(first, end)])
    self.folded = Array(folded[first..<max(first, end)])
    let body = self.folded.last == UInt8(ascii: ".") ? self.folded.dropLast() : self.folded[...]
    lastEnd = (body.lastIndex { $0 != MessageForm.blank } ?? -1) + 1
  }

  /// Whether nothing but a full stop stands behind a place.
  func isEnd(_ at: Int) -> Bool { at >= lastEnd }

  /// Where words that begin at a place end; nil where others stand there.
  func end(of words: [UInt8], at start: Int) -> Int? {
    var at = start
    for byte in words {
      guard at < folded.count, folded[at] == byte else { return nil }
      at += 1
      if byte == MessageForm.blank { while at < folded.count, folded[at] == MessageForm.blank { at += 1 } }
    }
    return at
  }

  /// Whether words stand anywhere in the text. They are in lower case.
  func holds(_ words: [UInt8]) -> Bool {
    guard let first = words.first else { return true }
    var at = 0
    while at + words.count <= folded.count {
      if folded[at] == first, end(of: words, at: at) != nil { return true }
      at += 1
    }
    return false
  }
}
