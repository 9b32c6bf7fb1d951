/// The forms in which a report or a list can be printed.
package enum OutputFormat: String, Sendable, CaseIterable {
  case table
  /// Tables with every column, as wide as they are.
  case wide
  case json
  case ndjson
  case csv
  case markdown
  case html

  /// Whether people read it, and not programs.
  package var isForPeople: Bool {
    switch self {
    case .table, .wide, .markdown, .html: true
    case .json, .ndjson, .csv: false
    }
  }
}
