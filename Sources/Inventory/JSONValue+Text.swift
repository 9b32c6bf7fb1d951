extension JSONValue {
  /// The value in one line, without blanks.
  package var compactText: String {
    var writer = JSONWriter()
    _ = writer.write(self, limit: .max)
    return writer.text
  }

  /// The value for reading: objects and arrays that would pass `width` characters are broken into lines.
  package func prettyText(width: Int = 120) -> String {
    var writer = JSONWriter()
    writer.write(self, indent: 0, width: width)
    return writer.text
  }
}
