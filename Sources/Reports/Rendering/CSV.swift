/// Comma-separated values after RFC 4180.
enum CSV {
  /// A line with its end; fields with commas, quotes or line breaks stand in quotes.
  static func line(_ fields: [String]) -> String {
    fields.map { field in
      let needsQuotes = field.utf8.contains { $0 == 0x2c || $0 == 0x22 || $0 == 0x0a || $0 == 0x0d }
      return needsQuotes
        ? "\"\(field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\""))\"" : field
    }.joined(separator: ",") + "\r\n"
  }
}
