extension JSONValue {
  /// The value in one line, without blanks.
  package var compactText: String {
    var writer = JSONWriter()
    _ = writer.write(self, limit: .max)
    return writer.text
  }

  /// The value for reading: objects and arrays that would pass `width` characters are broken into lines.
  package func prettyText(width: Int = 120) -> String {
    var text = ""
    writePretty(width: width) { text += $0 }
    return text
  }

  /// The same text in pieces, for values that may be large.
  package func writePretty(width: Int = 120, to write: (String) throws -> Void) rethrows {
    var writer = JSONWriter()
    try writer.write(self, indent: 0, width: width, pass: write)
    try write(writer.text)
  }
}
