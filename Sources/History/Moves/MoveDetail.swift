package import Inventory

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

  /// Reads the keys of an event's detail; keys that are missing or of another form say nothing.
  package init(_ detail: JSONValue) {
    guard case .object(let members) = detail else { return }
    for member in members {
      switch member.key {
      case "kind": kind = member.value.stringValue.flatMap(Move.Kind.init)
      case "trigger": trigger = member.value.stringValue.flatMap(Move.Trigger.init)
      case "phase": phase = member.value.stringValue
      case "pass": pass = member.value.intValue
      case "passes": passes = member.value.intValue
      case "bytes": bytes = member.value.intValue
      case "duration_s": duration = member.value.doubleValue
      case "downtime_ms": downtime = member.value.doubleValue
      default: break
      }
    }
  }
}
