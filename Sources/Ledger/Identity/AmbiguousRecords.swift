package import Inventory
internal import SQLite

/// Records of a source that name a VM without its id, where several VMs may be meant: none of them has the record.
package struct AmbiguousRecords: Sendable, Equatable {
  /// Name of the source.
  package let source: String
  /// The time of the first and of the last of them.
  package private(set) var from: Instant
  /// The time of the last.
  package private(set) var to: Instant
  /// How many there are.
  package private(set) var count = 0
  /// Up to five of them: their texts, else their types with the name.
  package private(set) var examples: [String] = []

  fileprivate mutating func take(_ at: Instant, _ text: String) {
    from = min(from, at)
    to = max(to, at)
    count += 1
    if examples.count < 5 { examples.append(text) }
  }

  fileprivate init(source: String, at: Instant) {
    self.source = source
    (from, to) = (at, at)
  }

  /// What is not seen because of them.
  package var text: String {
    let records = count == 1 ? "one record names" : "\(count) records name"
    return "\(records) a VM by a name that several VMs of source \(source) bear, and nothing shows which is meant: what "
      + "\(count == 1 ? "it tells" : "they tell") is not seen"
  }
}

extension LedgerReader {
  /// The records of which several VMs may be meant, by source.
  package func ambiguousRecords() throws -> [AmbiguousRecords] {
    var found: [String: AmbiguousRecords] = [:]
    try connection.forEach(
      """
      SELECT s.name, e.occurred_at, e.message, t.text, o.name
      FROM meaning AS m CROSS JOIN event AS e ON e.seq = m.seq JOIN term AS t ON t.id = e.type
        JOIN source AS s ON s.id = e.source JOIN object AS o ON o.id = e.vm
      WHERE m.vm = $1 ORDER BY e.occurred_at, e.seq
      """, Meaning.unknownVM
    ) { row in
      let (source, at) = (row.text(0), Instant(microseconds: row.int(1)))
      let text = row.optionalText(2)
      let kind = "\(row.text(3)) \(row.text(4))"
      found[source, default: AmbiguousRecords(source: source, at: at)].take(at, text ?? kind)
    }
    return found.values.sorted { $0.source < $1.source }
  }
}
