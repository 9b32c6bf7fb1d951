internal import History
internal import Inventory
internal import SQLite

/// When the hosts of a source had failed, by their own records.
struct HostFailures {
  private var signs: [(order: Record.Order, host: ObjectID, isFailed: Bool)] = []

  /// Reads the records of all hosts; by purpose this reads all events, where names of VMs depend on it.
  init(_ objects: NamedObjects, _ meanings: [Int64: Meaning], _ source: Source, _ connection: borrowing Connection) throws {
    try connection.forEach(
      """
      SELECT e.seq, e.occurred_at, t.text, f.text, e.foreign_key, e.host, e.detail
      FROM event AS e JOIN term AS t ON t.id = e.type LEFT JOIN term AS f ON f.id = e.foreign_type
      WHERE e.source = $1 AND e.host IS NOT NULL AND e.vm IS NULL
        AND NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq)
      """, source.id
    ) { event in
      let record = Record(event, detail: event.optionalText(6), of: source)
      guard let sign = HostSign(record) else { return }
      guard let host = objects.identity(event.optionalInt(5), meant: meanings[record.seq]?.host) else { return }
      let isFailed = if case .trouble = sign { true } else { false }
      signs.append((record.order, host, isFailed))
    }
    signs.sort { $0.order < $1.order }
  }

  /// Failures no further apart than this, in seconds, are of one time: what HA says may be about each of them.
  private static let together = 600.0

  /// The hosts that had failed last before a place in the order of happening, and were not known to be back.
  func hosts(at order: Record.Order) -> Set<ObjectID> {
    var failed: [ObjectID: Instant] = [:]
    for sign in signs.prefix(while: { $0.order < order }) { failed[sign.host] = sign.isFailed ? sign.order.at : nil }
    guard let last = failed.values.max() else { return [] }
    return Set(failed.filter { last.seconds(since: $0.value) <= Self.together }.keys)
  }
}
