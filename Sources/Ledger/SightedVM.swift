package import Inventory
internal import SQLite

/// What an inventory says of a VM at its moment.
package struct SightedVM: Sendable {
  /// The identity of its host.
  let host: Int64?
  package let power: PowerState?
  let vcpus: Int64?
  let memoryMiB: Int64?

  /// Nil where no inventory was taken at this very moment that lists it.
  package init?(_ vm: ObjectID, at moment: Instant, _ reader: borrowing LedgerReader) throws {
    let row = try reader.connection.first(
      """
      SELECT coalesce(m.host, h.identity), e.detail FROM object AS o JOIN event AS e ON e.vm = o.id
      JOIN term AS t ON t.id = e.type LEFT JOIN object AS h ON h.id = e.host LEFT JOIN meaning AS m ON m.seq = e.seq
      WHERE o.identity = $1 AND e.occurred_at = $2 AND t.text = 'vm.placed'
        AND NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq)
      ORDER BY e.seq DESC LIMIT 1
      """, vm.rawValue, moment.microseconds
    ) { ($0.optionalInt(0), $0.optionalText(1)) }
    guard let row else { return nil }
    let detail = row.1.flatMap { try? JSONValue(parsing: Array($0.utf8)) }
    host = row.0
    let stated = detail?["power"]?.stringValue.flatMap(PowerState.init)
    // Of a VM on a host in trouble the source repeats what it knew last.
    let isRepeated = try row.0.map { try reader.connection.wasTroubled($0, at: moment.microseconds) } ?? false
    power = isRepeated && stated == .on ? nil : stated
    (vcpus, memoryMiB) = (detail?["vcpus"]?.intValue, detail?["memory_mib"]?.intValue)
  }

  /// Its host; nil where it names none.
  package var hostID: ObjectID? { host.map(ObjectID.init) }
}

extension LedgerReader {
  /// The moments between two, both included, at which inventories listed a VM.
  package func sightings(of vm: ObjectID, from: Instant, to: Instant) throws -> [Instant] {
    try connection.all(
      """
      SELECT DISTINCT e.occurred_at FROM object AS o JOIN event AS e ON e.vm = o.id JOIN term AS t ON t.id = e.type
      WHERE o.identity = $1 AND e.occurred_at >= $2 AND e.occurred_at <= $3 AND t.text = 'vm.placed'
        AND NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq)
      ORDER BY e.occurred_at
      """, vm.rawValue, from.microseconds, to.microseconds
    ) { Instant(microseconds: $0.int(0)) }
  }
}
