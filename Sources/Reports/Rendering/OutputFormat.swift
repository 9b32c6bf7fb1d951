/// The forms in which a report or a list can be printed.
package enum OutputFormat: String, Sendable, CaseIterable {
  case table
  case json
  case ndjson
  case csv
  case markdown
  case html
}
