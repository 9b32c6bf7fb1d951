internal import SQLite

/// The first and the last record, by time, that shows a host in a cluster.
struct Sighting: Equatable {
  var firstAt: Int64
  var firstSeq: Int64
  var lastAt: Int64
  var lastSeq: Int64

  init(at: Int64, seq: Int64) { (firstAt, firstSeq, lastAt, lastSeq) = (at, seq, at, seq) }

  init(firstAt: Int64, firstSeq: Int64, lastAt: Int64, lastSeq: Int64) {
    (self.firstAt, self.firstSeq, self.lastAt, self.lastSeq) = (firstAt, firstSeq, lastAt, lastSeq)
  }

  mutating func include(_ other: Sighting) {
    if (other.firstAt, other.firstSeq) < (firstAt, firstSeq) { (firstAt, firstSeq) = (other.firstAt, other.firstSeq) }
    if (other.lastAt, other.lastSeq) > (lastAt, lastSeq) { (lastAt, lastSeq) = (other.lastAt, other.lastSeq) }
  }
}

extension Connection {
  /// Adds a sighting to what is stored; says whether that changed anything.
  func widenSighting(host: Int64, cluster: Int64, by sighting: Sighting) throws -> Bool {
    let stored = try first(
      "SELECT first_at, first_seq, last_at, last_seq FROM cluster_sighting WHERE host = $1 AND cluster = $2", host, cluster
    ) { Sighting(firstAt: $0.int(0), firstSeq: $0.int(1), lastAt: $0.int(2), lastSeq: $0.int(3)) }
    var wide = stored ?? sighting
    wide.include(sighting)
    if wide == stored { return false }
    try run(
      """
      INSERT INTO cluster_sighting (host, cluster, first_at, first_seq, last_at, last_seq) VALUES ($1, $2, $3, $4, $5, $6)
      ON CONFLICT (host, cluster) DO UPDATE SET first_at = excluded.first_at, first_seq = excluded.first_seq,
        last_at = excluded.last_at, last_seq = excluded.last_seq
      """, host, cluster, wide.firstAt, wide.firstSeq, wide.lastAt, wide.lastSeq)
    return true
  }

  /// Every sighting, from all events; by purpose this reads the whole table.
  func computeSightings() throws -> [LedgerTransaction.SightingKey: Sighting] {
    var sightings: [LedgerTransaction.SightingKey: Sighting] = [:]
    try forEach(
      """
      SELECT coalesce(m.host, h.identity), coalesce(m.cluster, c.identity), e.occurred_at, e.seq FROM event AS e
      JOIN object AS h ON h.id = e.host JOIN object AS c ON c.id = e.cluster LEFT JOIN meaning AS m ON m.seq = e.seq
      WHERE NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq)
      """
    ) { row in
      let sighting = Sighting(at: row.int(2), seq: row.int(3))
      sightings[LedgerTransaction.SightingKey(host: row.int(0), cluster: row.int(1)), default: sighting].include(sighting)
    }
    return sightings
  }

  func rebuildSightings() throws {
    try run("DELETE FROM cluster_sighting")
    for (key, sighting) in try computeSightings() {
      _ = try widenSighting(host: key.host, cluster: key.cluster, by: sighting)
    }
  }
}
