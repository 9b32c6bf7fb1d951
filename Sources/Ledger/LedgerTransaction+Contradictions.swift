internal import Foundation
package import Inventory
internal import SQLite

extension LedgerTransaction {
  /// The names of hosts and VMs of which an inventory says otherwise than another one of the same moment.
  /// - Parameter first: number of the first event of the inventory.
  package func contradictions(from first: Int64, at moment: Instant, of source: Source) throws -> [String] {
    struct State: Equatable {
      let host: Int64?
      let power: String?
      let availability: String?
      let mode: String?
    }
    var known: [Int64: State] = [:]
    var names: [String] = []
    try connection.forEach(
      """
      SELECT e.seq, o.identity, o.name, h.identity, e.detail FROM event AS e JOIN term AS t ON t.id = e.type
      JOIN object AS o ON o.id = coalesce(e.vm, e.host) LEFT JOIN object AS h ON h.id = e.host
      WHERE e.occurred_at = $1 AND e.source = $2 AND t.text IN ('vm.placed', 'host.observed')
        AND NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq)
      ORDER BY e.seq
      """, moment.microseconds, source.id
    ) { row in
      let detail = row.optionalText(4).flatMap { try? JSONValue(parsing: Data($0.utf8)) }
      let state = State(
        host: row.optionalInt(3), power: detail?["power"]?.stringValue,
        availability: detail?["availability"]?.stringValue, mode: detail?["mode"]?.stringValue)
      if row.int(0) < first {
        known[row.int(1)] = state
      } else if let other = known[row.int(1)], other != state {
        names.append(row.text(2))
      }
    }
    return names
  }
}
