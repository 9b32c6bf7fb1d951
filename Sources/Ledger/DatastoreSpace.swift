internal import History
package import Inventory
internal import SQLite

/// What inventories tell of datastores: it is no history, so it is read from their records.
extension LedgerReader {
  /// The named values of each datastore of a source by the last inventory up to a moment that tells any of it.
  package func datastoreFacts(of source: String, at moment: Instant) throws -> [ObjectID: [String: String]] {
    let times = try inventoryTimes(of: source, until: moment)
    let count =
      try connection.first(
        """
        SELECT count(DISTINCT o.identity) FROM object AS o JOIN source AS s ON s.id = o.source
        WHERE o.kind = 'datastore' AND s.name = $1
        """, source
      ) { Int($0.int(0)) } ?? 0
    var found: [ObjectID: [String: String]] = [:]
    for time in times where found.count < count {
      try forEachToldDatastore(of: source, at: time) { id, values in if found[id] == nil { found[id] = values } }
    }
    return found
  }

  /// The datastores whose size the last inventory of a source up to a moment tells, that tells it of any: they are there,
  /// whether a VM lies on them or not.
  func toldDatastores(of source: String, at moment: Instant) throws -> Set<ObjectID> {
    try lastTold(of: source, at: moment).sized
  }

  /// The datastores of which that inventory tells anything, and those of them whose size it tells.
  func lastTold(of source: String, at moment: Instant) throws -> (all: Set<ObjectID>, sized: Set<ObjectID>) {
    for time in try inventoryTimes(of: source, until: moment) {
      var (all, sized): (Set<ObjectID>, Set<ObjectID>) = ([], [])
      try forEachToldDatastore(of: source, at: time) { id, values in
        all.insert(id)
        if values["capacity_bytes"] != nil { sized.insert(id) }
      }
      if !sized.isEmpty { return (all, sized) }
    }
    return ([], [])
  }

  /// When inventories were taken, the last first.
  private func inventoryTimes(of source: String, until moment: Instant) throws -> [Int64] {
    try connection.all(
      """
      SELECT DISTINCT b.first_at FROM import_batch AS b JOIN source AS s ON s.id = b.source
      WHERE s.name = $1 AND b.first_at <= $2 AND b.time_origin IS NOT NULL AND b.retracted_by IS NULL
      ORDER BY b.first_at DESC
      """, source, moment.microseconds
    ) { $0.int(0) }
  }

  /// What the inventory of one time tells of each datastore; those of which it tells nothing are left out.
  private func forEachToldDatastore(
    of source: String, at time: Int64, _ body: (ObjectID, [String: String]) -> Void
  ) throws {
    try connection.forEach(
      """
      SELECT o.identity, e.detail FROM event AS e JOIN term AS t ON t.id = e.type
      JOIN object AS o ON o.id = e.datastore JOIN source AS s ON s.id = e.source
      WHERE e.occurred_at = $1 AND s.name = $2 AND t.text = 'datastore.observed'
        AND NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq)
      """, time, source
    ) { row in
      guard let text = row.optionalText(1), let detail = try? JSONValue(parsing: Array(text.utf8)) else { return }
      let facts = Facts(detail)
      let values = facts.settings.merging(facts.sets) { _, set in set }
      if !values.isEmpty { body(ObjectID(rawValue: row.int(0)), values) }
    }
  }
}
