package import Inventory

/// A value in a table. Times are kept as times: tables show them in a zone, data in UTC.
package enum Cell: Sendable, Equatable {
  case value(JSONValue)
  case time(Instant?)
  /// A duration, in seconds or as the column's key says.
  case seconds(Double?)
  /// One of a few known words, such as an outcome, and whether it is good news.
  case state(String, Tone)

  package static func text(_ text: String?) -> Cell { .value(JSONValue(text)) }
  package static func int(_ number: Int64?) -> Cell { .value(number.map { .int($0) } ?? .null) }
  package static func int(_ number: Int) -> Cell { .value(.int(Int64(number))) }

  /// The value in a document.
  var json: JSONValue {
    switch self {
    case .value(let value): value
    case .time(let instant): JSONValue(instant)
    case .seconds(let seconds): seconds.map { .double($0) } ?? .null
    case .state(let text, _): .string(text)
    }
  }

  /// The value for a person: a dash for what is unknown.
  func shown(in zone: DisplayZone) -> String {
    switch self {
    case .time(let instant): instant.map { zone.text($0) } ?? "-"
    case .seconds(let seconds): seconds.map { TableUnit.seconds.text($0) } ?? "-"
    case .state(let text, _): text.replacing("_", with: " ")
    case .value(.null): "-"
    case .value(.string(let text)): text.isEmpty ? "-" : text
    case .value(.array(let values)): values.map { Cell.value($0).shown(in: zone) }.joined(separator: " ")
    case .value(let other): other.compactText
    }
  }
}
