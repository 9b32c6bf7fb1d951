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
}
