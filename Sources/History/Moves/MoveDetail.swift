internal import Inventory

/// What a record of one of our own moves says beyond its columns.
package struct MoveDetail: Sendable, Equatable {
  var kind: Move.Kind?
  var trigger: Move.Trigger?
  var phase: String?
  var pass: Int64?
  var passes: Int64?
  var bytes: Int64?
  /// Seconds.
  var duration: Double?
  /// Milliseconds.
  var downtime: Double?
}

extension MoveDetail {
  /// Reads the text of an event's detail; keys that are missing or of another form say nothing.
  /// - Throws: `JSONError`
  package init(parsing text: UnsafeBufferPointer<UInt8>) throws {
    try JSONValue.forEachMember(parsing: text) { take($0, $1) }
  }

  private mutating func take(_ key: String, _ value: JSONValue) {
    switch key {
    case "kind": kind = value.stringValue.flatMap(Move.Kind.init)
    case "trigger": trigger = value.stringValue.flatMap(Move.Trigger.init)
    case "phase": phase = value.stringValue
    case "pass": pass = value.intValue
    case "passes": passes = value.intValue
    case "bytes": bytes = value.intValue
    case "duration_s": duration = value.doubleValue
    case "downtime_ms": downtime = value.doubleValue
    default: break
    }
  }
}
