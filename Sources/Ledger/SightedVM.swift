internal import Inventory
internal import SQLite

/// What an inventory says of a VM at its moment.
struct SightedVM {
  /// The identity of its host.
  let host: Int64?
  let power: PowerState?
  let vcpus: Int64?
  let memoryMiB: Int64?

  /// Nil where no inventory was taken at this very moment that lists it.
  init?(_ vm: Int64, at moment: Instant, _ reader: borrowing LedgerReader) throws {
    let row = try reader.connection.first(
      """
      SELECT h.identity, e.detail FROM object AS o JOIN event AS e ON e.vm = o.id JOIN term AS t ON t.id = e.type
      LEFT JOIN object AS h ON h.id = e.host
      WHERE o.identity = $1 AND e.occurred_at = $2 AND t.text = 'vm.placed' ORDER BY e.seq DESC LIMIT 1
      """, vm, moment.microseconds
    ) { ($0.optionalInt(0), $0.optionalText(1)) }
    guard let row else { return nil }
    let detail = row.1.flatMap { try? JSONValue(parsing: Array($0.utf8)) }
    host = row.0
    power = detail?["power"]?.stringValue.flatMap(PowerState.init)
    (vcpus, memoryMiB) = (detail?["vcpus"]?.intValue, detail?["memory_mib"]?.intValue)
  }
}
