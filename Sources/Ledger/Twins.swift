internal import Inventory
internal import SQLite

/// Finds the records that tell of one happening in several formats: some have whole seconds, no keys, or nothing but text.
///
/// A file tells each happening once, so each record of the ledger answers to one of the file's: of eight equal rows in one
/// second, eight are eight.
struct Twins {
  private let source: Int64
  private var seconds: [Int64: TwinSecond] = [:]
  private var claimed: ClaimedRecords

  /// Files come in the order of time or of keys: a few seconds at a time are enough to remember.
  private static let limit = 64

  init(source: Source, firstOwn: Int64) {
    self.source = source.id
    claimed = ClaimedRecords(firstOwn: firstOwn)
  }

  /// The file's own records begin with this number.
  var firstOwn: Int64 { claimed.firstOwn }

  /// The record that tells of the same happening; each is given once, unless it has the very key and time.
  /// - Parameter known: the record that has them, where there is one.
  mutating func match(_ event: Event, knownAs known: Int64?, in connection: borrowing Connection) throws -> Twin? {
    let second = event.occurredAt.wholeSeconds
    if seconds[second] == nil {
      if seconds.count >= Self.limit { seconds.removeAll(keepingCapacity: true) }
      seconds[second] = TwinSecond(try load(second, in: connection))
    }
    // Of equal rows in one second the keys are equal, and their times their places in the file: another file's differ.
    let isPlace = TextMark(event.detail).hasWholeSeconds && event.foreignKey.flatMap { Int64($0) } == nil
    let exact = known.flatMap { isPlace && claimed.contains($0) ? nil : $0 }
    let found =
      if let exact { seconds[second]?.twin(exact) } else { seconds[second]?.first(like: event, but: claimed) }
    if let found { claimed.insert(found.seq) }
    return found
  }

  /// The records of one second that count.
  private func load(_ second: Int64, in connection: borrowing Connection) throws -> [Twin] {
    try connection.all(
      """
      SELECT e.seq, e.occurred_at, t.text, e.foreign_key, v.name, h.name, oh.name, e.actor, e.message, e.detail,
        (e.vm IS NOT NULL) + (e.host IS NOT NULL) + (e.other_host IS NOT NULL), e.foreign_type IS NOT NULL
      FROM event AS e JOIN term AS t ON t.id = e.type LEFT JOIN object AS v ON v.id = e.vm
      LEFT JOIN object AS h ON h.id = e.host LEFT JOIN object AS oh ON oh.id = e.other_host
      WHERE e.occurred_at >= $1 AND e.occurred_at < $2 AND e.source = $3
        AND NOT EXISTS (SELECT 1 FROM excluded_event AS x WHERE x.seq = e.seq)
      ORDER BY e.occurred_at, e.seq
      """, second * 1_000_000, (second + 1) * 1_000_000, source
    ) { row in
      Twin(
        seq: row.int(0), occurredAt: row.int(1), type: row.text(2), hasForeignType: row.int(11) != 0,
        key: row.optionalText(3),
        vm: row.optionalText(4) ?? "", host: row.optionalText(5) ?? "", otherHost: row.optionalText(6) ?? "",
        actor: row.optionalText(7), words: TwinWords(row.optionalText(8)), mark: TextMark(stored: row.optionalText(9)),
        objects: Int(row.int(10)))
    }
  }
}

extension Twins {
  /// Formats whose records lack keys, fractions of seconds or fields: their records may be those of other formats.
  static let formats: Set<String> = [
    "govc-events-json", "govc-events-list-json", "govc-events-list", "vcenter-events-json", "vcenter-syslog",
    "powercli-events", "powercli-moves",
  ]

  /// Whether the ledger holds records of a source in such a format.
  static func mayMeet(_ source: Source, in connection: borrowing Connection) throws -> Bool {
    let held = try connection.all(
      "SELECT DISTINCT format FROM import_batch WHERE source = $1 AND retracted_by IS NULL", source.id
    ) { $0.text(0) }
    return !formats.isDisjoint(with: held)
  }
}
