internal import Foundation
internal import Inventory
internal import SQLite

extension Connection {
  /// Makes every projection anew from the events. By purpose this reads them all.
  func rebuildProjections() throws {
    try run("UPDATE source SET instance_uuid = NULL WHERE instance_uuid IS NOT NULL")
    try run("DELETE FROM import_batch")
    try run("DELETE FROM evidence_gap")
    try run("DELETE FROM excluded_event")
    for change in try identityChanges() {
      try run("UPDATE object SET identity = $1 WHERE id = $2", change.to, change.id)
    }
    let exclusions = try exclusions()
    for exclusion in exclusions.retractions {
      try run(
        """
        INSERT INTO excluded_event (seq, because) SELECT e.seq, $1 FROM event AS e WHERE e.seq >= $2 AND e.seq <= $3
        ON CONFLICT (seq) DO NOTHING
        """, exclusion.because, exclusion.first, exclusion.last)
    }
    for (seq, because) in exclusions.replaced {
      try run("INSERT INTO excluded_event (seq, because) VALUES ($1, $2)", seq, because)
    }
    try forEachLedgerEvent { event, seq, source in
      let retraction = exclusions.retraction(of: seq)
      guard event.type != .importReplaced, retraction == nil || event.type == .importFinished else { return }
      try project(event, seq: seq, source: source)
      if let retraction {
        try run("UPDATE import_batch SET retracted_by = $1 WHERE seq = $2", retraction.because, seq)
      }
    }
    try rebuildNames()
    try Projector(alias()).rebuild()
  }

  /// The events that `project` looks at, in order.
  func forEachLedgerEvent(_ body: (Event, Int64, Source) throws -> Void) throws {
    let rows = try all(
      """
      SELECT e.seq, e.occurred_at, t.text, e.source, s.name, e.detail FROM event AS e
      JOIN term AS t ON t.id = e.type JOIN source AS s ON s.id = e.source
      WHERE t.text IN ('import.finished', 'import.retracted', 'import.replaced', 'source.identified', 'ledger.gap')
      ORDER BY e.seq
      """
    ) { row in
      var event = Event(
        occurredAt: Instant(microseconds: row.int(1)), type: EventType(rawValue: row.text(2)))
      event.detail = try JSONValue(parsing: Data(row.text(5).utf8))
      return (event, row.int(0), Source(id: row.int(3), name: row.text(4), instanceUUID: nil))
    }
    for (event, seq, source) in rows { try body(event, seq, source) }
  }

  /// The identities that differ from what the rule gives.
  func identityChanges() throws -> [IdentityChange] {
    struct Key: Hashable {
      let source: Int64
      let kind: String
      let text: ExactText
    }
    let rows = try all("SELECT id, source, kind, foreign_id, name, identity FROM object ORDER BY id") { row in
      (
        id: row.int(0), identity: row.int(5), hasID: !row.text(3).isEmpty,
        byID: Key(source: row.int(1), kind: row.text(2), text: ExactText(row.text(3))),
        byName: Key(source: row.int(1), kind: row.text(2), text: ExactText(row.text(4)))
      )
    }
    var firstWithID: [Key: Int64] = [:]
    var bearers: [Key: Set<Int64>] = [:]
    for row in rows where row.hasID {
      let first = firstWithID[row.byID] ?? row.id
      firstWithID[row.byID] = first
      bearers[row.byName, default: []].insert(first)
    }
    return rows.compactMap { row in
      let identity: Int64
      if row.hasID {
        identity = firstWithID[row.byID] ?? row.id
      } else {
        let same = bearers[row.byName] ?? []
        identity = same.count == 1 && !row.byName.text.text.isEmpty ? same.first ?? row.id : row.id
      }
      return identity == row.identity ? nil : IdentityChange(id: row.id, from: row.identity, to: identity)
    }
  }
}
