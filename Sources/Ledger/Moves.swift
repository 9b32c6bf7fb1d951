package import History
package import Inventory
internal import SQLite

/// What a replay is made from.
extension LedgerReader {
  /// Where a VM was for a while.
  package typealias Stay = (vm: ObjectID, span: Span<ObjectID>)

  /// Calls `body` with the records of moves in a stretch of time with both ends included, in any order.
  /// - Parameter vm: nil for all.
  package func forEachMoveRecord(
    of vm: ObjectID?, from: Instant, to: Instant, _ body: (MoveRecord) throws -> Void
  ) throws {
    if let vm {
      try records.moveRecords(ofVM: vm.rawValue, from: from, to: to, body)
    } else {
      try records.moveRecords(from: from, to: to, body)
    }
  }

  /// Calls `body` with where each VM was in a stretch of time, by VM and time.
  package func forEachStay(from: Instant, to: Instant, _ body: (Stay) throws -> Void) throws {
    try connection.forEach(
      """
      SELECT r.vm, r.from_at, r.to_at, r.host, r.grade, r.began, r.ended FROM subject AS o
      CROSS JOIN residency AS r ON r.vm = o.id AND r.from_at >= coalesce(
        (SELECT max(q.from_at) FROM residency AS q WHERE q.vm = o.id AND q.from_at <= $1), $1) AND r.from_at <= $2
      WHERE o.kind = 'vm' AND r.to_at > $1 ORDER BY o.id, r.from_at
      """, from.microseconds, to.microseconds
    ) { row in
      try body(
        (
          ObjectID(rawValue: row.int(0)),
          Span(
            from: Instant(microseconds: row.int(1)), to: Instant(microseconds: row.int(2)),
            value: row.optionalInt(3).map(ObjectID.init), grade: Grade(rawValue: row.text(4)) ?? .unknown,
            began: row.optionalInt(5), ended: row.optionalInt(6))
        ))
    }
  }

  /// Whether an event tells that Fault Tolerance went on with the second copy of a VM.
  package func isFailover(_ seq: Int64) throws -> Bool {
    let type = try connection.first(
      "SELECT f.text FROM event AS e JOIN term AS f ON f.id = e.foreign_type WHERE e.seq = $1", seq
    ) { $0.text(0) }
    return ForeignMeaning(type) == .failover
  }

  /// The hosts and VMs that were in a cluster at some time between two moments.
  package func members(of cluster: ObjectID, from: Instant, to: Instant) throws -> Set<ObjectID> {
    Set(
      try connection.all(
        "SELECT member FROM membership WHERE cluster = $1 AND from_at <= $2 AND to_at > $3", cluster.rawValue,
        to.microseconds, from.microseconds
      ) { ObjectID(rawValue: $0.int(0)) })
  }

  /// When hosts were about to be emptied for maintenance, between two moments.
  package func evacuations(from: Instant, to: Instant) throws -> [ObjectID: [Span<String>]] {
    let hosts = try connection.all(
      "SELECT o.id FROM subject AS o WHERE o.kind = 'host' ORDER BY 1"
    ) { $0.int(0) }
    var found: [ObjectID: [Span<String>]] = [:]
    for host in hosts {
      let spans = try connection.all(
        """
        SELECT from_at, to_at, began, ended FROM host_state WHERE host = $1 AND aspect = 'mode' AND from_at <= $2
          AND to_at > $3 AND state = 'entering_maintenance' ORDER BY from_at
        """, host, to.microseconds, from.microseconds
      ) { row in
        Span(
          from: Instant(microseconds: row.int(0)), to: Instant(microseconds: row.int(1)), value: "entering_maintenance",
          grade: .proven, began: row.optionalInt(2), ended: row.optionalInt(3))
      }
      if !spans.isEmpty { found[ObjectID(rawValue: host)] = spans }
    }
    return found
  }
}
