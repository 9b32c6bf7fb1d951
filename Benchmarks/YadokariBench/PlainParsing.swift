internal import CBaseline

/// What the import stands beside: the same file through the same XML parser in plain C, and nothing done with what it says.
enum PlainParsing {
  static let flag = "--parse-only"

  /// Runs in a process of its own, so that the parser's memory and time are seen alone.
  static func run(_ path: String) throws {
    let code = baseline_parse_xml(path)
    guard code == 0 else { throw BenchError("\(path) cannot be parsed: libxml2's error \(code)") }
  }
}
