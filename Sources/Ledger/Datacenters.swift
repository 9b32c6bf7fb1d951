package import Inventory
internal import SQLite

/// Datacenters are known by the records of what is in them.
extension LedgerReader {
  /// The datacenter that the last record before a moment put a VM in; nil where none names one.
  package func datacenter(ofVM vm: ObjectID, at moment: Instant) throws -> ObjectSummary? {
    let id = try connection.first(
      """
      SELECT d.identity FROM object AS s JOIN event AS e ON e.vm = s.id JOIN object AS d ON d.id = e.datacenter
      WHERE s.identity = $1 AND e.vm IS NOT NULL AND e.occurred_at <= $2
        AND NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq)
      ORDER BY e.occurred_at DESC, e.seq DESC LIMIT 1
      """, vm.rawValue, moment.microseconds
    ) { ObjectID(rawValue: $0.int(0)) }
    return try id.map { try summary(of: $0, at: moment) }
  }
}
