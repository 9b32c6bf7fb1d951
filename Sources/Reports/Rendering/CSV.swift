/// Comma-separated values after RFC 4180.
enum CSV {
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
