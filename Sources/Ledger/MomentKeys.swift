internal import Inventory
internal import SQLite

/// Finds records by time and key, as their index does, but for moments that have many: all of an inventory is seen at one,
/// and looking for each of its records among all of them would take the square of its size. Their keys are read once.
struct MomentKeys {
  private var moment: Instant?
  private var source: Int64 = 0
  private var asked = 0
  /// The records of the moment, once it was asked of often.
  private var seqs: [ExactText: Int64]?

  /// How often a moment is asked of before its keys are read.
  private static let patience = 16

  /// The number of the record with this key that counts; nil where there is none.
  mutating func seq(at moment: Instant, key: String, of source: Source, in connection: borrowing Connection) throws -> Int64?
  {
    if self.moment != moment || self.source != source.id {
      (self.moment, self.source, asked, seqs) = (moment, source.id, 0, nil)
    }
    asked += 1
    if asked > Self.patience, seqs == nil { seqs = try Self.all(at: moment, of: source, in: connection) }
    if let seqs { return seqs[ExactText(key)] }
    return try connection.withStatement(
      """
      SELECT e.seq FROM event AS e WHERE e.occurred_at = $1 AND e.source = $2 AND e.foreign_key = $3
        AND NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq)
      """
    ) { statement in
      // Once for each record: by `first(…)` the values would be bound through tables at run time.
      try statement.bind(1, moment.microseconds)
      try statement.bind(2, source.id)
      try statement.bind(3, key)
      return try statement.step() ? statement.int(0) : nil
    }
  }

  /// Takes a record that was appended.
  mutating func add(_ event: Event, seq: Int64, of source: Source) {
    guard seqs != nil, event.occurredAt == moment, source.id == self.source, let key = event.foreignKey else { return }
    seqs?[ExactText(key)] = seq
  }

  /// What was remembered may no longer count.
  mutating func forget() { moment = nil }

  private static func all(
    at moment: Instant, of source: Source, in connection: borrowing Connection
  ) throws -> [ExactText: Int64] {
    let rows = try connection.all(
      """
      SELECT e.foreign_key, e.seq FROM event AS e WHERE e.occurred_at = $1 AND e.source = $2 AND e.foreign_key IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq)
      """, moment.microseconds, source.id
    ) { (ExactText($0.text(0)), $0.int(1)) }
    return Dictionary(rows) { first, _ in first }
  }
}
