package import History
package import Inventory
internal import SQLite

/// What is known of an object over all time.
extension LedgerReader {
  /// How a host was.
  package func availability(ofHost host: ObjectID) throws -> [Span<HostAvailability>] {
    try connection.all(
      """
      SELECT from_at, to_at, state, grade, began, ended FROM host_state WHERE host = $1 AND aspect = 'availability'
      ORDER BY from_at
      """, host.rawValue
    ) { row in
      Span(
        from: Instant(microseconds: row.int(0)), to: Instant(microseconds: row.int(1)),
        value: row.optionalText(2).flatMap(HostAvailability.init), grade: Grade(rawValue: row.text(3)) ?? .unknown,
        began: row.optionalInt(4), ended: row.optionalInt(5))
    }
  }

  /// All settings of an object, each in the order of time.
  package func settings(of object: ObjectID) throws -> [String: [Span<String>]] {
    var settings: [String: [Span<String>]] = [:]
    try connection.forEach(
      "SELECT key, from_at, to_at, value, grade, began, ended FROM setting WHERE object = $1 ORDER BY key, from_at",
      object.rawValue
    ) { row in
      settings[row.text(0), default: []].append(
        Span(
          from: Instant(microseconds: row.int(1)), to: Instant(microseconds: row.int(2)), value: row.optionalText(3),
          grade: Grade(rawValue: row.text(4)) ?? .unknown, began: row.optionalInt(5), ended: row.optionalInt(6)))
    }
    return settings
  }

  /// From when on `hosts` lists a host: since when some record names it, or a VM was there.
  package func firstKnown(host: ObjectID) throws -> Instant? {
    let firsts = try connection.first(
      """
      SELECT (SELECT min(from_at) FROM naming WHERE object = $1),
        (SELECT min(first_at) FROM cluster_sighting WHERE host = $1),
        (SELECT min(from_at) FROM host_state WHERE host = $1), (SELECT min(from_at) FROM residency WHERE host = $1)
      """, host.rawValue
    ) { row in [row.optionalInt(0), row.optionalInt(1), row.optionalInt(2), row.optionalInt(3)] }
    return firsts?.compactMap(\.self).min().map { Instant(microseconds: $0) }
  }
}
