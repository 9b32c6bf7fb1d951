package import Inventory
internal import SQLite

/// When single events happened.
extension LedgerReader {
  /// Time and type of an event; nil where the ledger has none of that number.
  package func moment(of seq: Int64) throws -> (at: Instant, type: EventType)? {
    try connection.first(
      "SELECT e.occurred_at, t.text FROM event AS e JOIN term AS t ON t.id = e.type WHERE e.seq = $1", seq
    ) { (Instant(microseconds: $0.int(0)), EventType(rawValue: $0.text(1))) }
  }
}
