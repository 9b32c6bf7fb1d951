package import History
package import Inventory
internal import SQLite

/// The stored spans of one object; with a `from`, those that end after it, with a `to` those that begin up to it.
extension LedgerReader {
  package func residency(
    of vm: ObjectID, from: Instant = .distantPast, to: Instant = .distantFuture
  ) throws -> [Span<ObjectID>] {
    try connection.all(
      """
      SELECT from_at, to_at, host, grade, began, ended FROM residency WHERE vm = $1 AND from_at >= coalesce(
        (SELECT max(q.from_at) FROM residency AS q WHERE q.vm = $1 AND q.from_at <= $2), $2)
        AND from_at <= $3 ORDER BY from_at
      """, vm.rawValue, from.microseconds, to.microseconds
    ) { row in span(row) { $0.optionalInt(2).map(ObjectID.init) } }
  }

  package func power(
    of vm: ObjectID, from: Instant = .distantPast, to: Instant = .distantFuture
  ) throws -> [Span<PowerState>] {
    try connection.all(
      """
      SELECT from_at, to_at, power, grade, began, ended FROM vm_power WHERE vm = $1 AND from_at >= coalesce(
        (SELECT max(q.from_at) FROM vm_power AS q WHERE q.vm = $1 AND q.from_at <= $2), $2)
        AND from_at <= $3 ORDER BY from_at
      """, vm.rawValue, from.microseconds, to.microseconds
    ) { row in span(row) { $0.optionalText(2).flatMap(PowerState.init) } }
  }

  package func clusterMembership(
    of member: ObjectID, from: Instant = .distantPast, to: Instant = .distantFuture
  ) throws -> [Span<ObjectID>] {
    try connection.all(
      """
      SELECT from_at, to_at, cluster, grade, began, ended FROM membership WHERE member = $1 AND from_at >= coalesce(
        (SELECT max(q.from_at) FROM membership AS q WHERE q.member = $1 AND q.from_at <= $2), $2)
        AND from_at <= $3 ORDER BY from_at
      """, member.rawValue, from.microseconds, to.microseconds
    ) { row in span(row) { $0.optionalInt(2).map(ObjectID.init) } }
  }

  package func home(of vm: ObjectID) throws -> [Span<ObjectID>] {
    try connection.all(
      """
      SELECT from_at, to_at, datastore, grade, began, ended FROM disk_placement WHERE vm = $1 AND disk = 'home'
      ORDER BY from_at
      """, vm.rawValue
    ) { row in span(row) { $0.optionalInt(2).map(ObjectID.init) } }
  }

  package func setting(_ key: String, of object: ObjectID) throws -> [Span<String>] {
    try connection.all(
      "SELECT from_at, to_at, value, grade, began, ended FROM setting WHERE object = $1 AND key = $2 ORDER BY from_at",
      object.rawValue, key
    ) { row in span(row) { $0.optionalText(2) } }
  }

  private func span<Value>(_ row: borrowing Statement, value: (borrowing Statement) -> Value?) -> Span<Value> {
    Span(
      from: Instant(microseconds: row.int(0)), to: Instant(microseconds: row.int(1)), value: value(row),
      grade: Grade(rawValue: row.text(3)) ?? .unknown, began: row.optionalInt(4), ended: row.optionalInt(5))
  }
}
