package import Inventory
internal import SQLite

/// What an inventory says of a VM at its moment.
package struct SightedVM: Sendable {
  /// The identity of its host.
  let host: Int64?
  package let power: PowerState?
  let vcpus: Int64?
  let memoryMiB: Int64?

  /// Nil where the event is no sighting of an inventory.
  package init?(_ seq: Int64, _ reader: borrowing LedgerReader) throws {
    let row = try reader.connection.first(
      """
      SELECT h.identity, e.detail FROM event AS e JOIN term AS t ON t.id = e.type LEFT JOIN object AS h ON h.id = e.host
      WHERE e.seq = $1 AND t.text = 'vm.placed'
      """, seq
    ) { ($0.optionalInt(0), $0.optionalText(1)) }
    guard let row else { return nil }
    let detail = row.1.flatMap { try? JSONValue(parsing: Array($0.utf8)) }
    host = row.0
    power = detail?["power"]?.stringValue.flatMap(PowerState.init)
    (vcpus, memoryMiB) = (detail?["vcpus"]?.intValue, detail?["memory_mib"]?.intValue)
  }
  package var hostID: ObjectID? { host.map(ObjectID.init) }
}
