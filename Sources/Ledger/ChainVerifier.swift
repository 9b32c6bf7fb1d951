internal import Inventory
internal import SQLite

/// Reads the chain from its beginning and makes every hash anew.
final class ChainVerifier {
  let connection: Connection
  private let sources: [Int64: [UInt8]]
  private let terms: [Int64: [UInt8]]
  private let objects: [Int64: [UInt8]]

  init(_ connection: consuming Connection) throws {
    let sources = Dictionary(
      uniqueKeysWithValues: try connection.all("SELECT id, name FROM source") { ($0.int(0), $0.blob(1)) })
    self.sources = sources
    terms = Dictionary(uniqueKeysWithValues: try connection.all("SELECT id, text FROM term") { ($0.int(0), $0.blob(1)) })
    objects = Dictionary(
      uniqueKeysWithValues: try connection.all("SELECT id, source, kind, foreign_id, name FROM object") { row in
        (row.int(0), Self.encode(source: sources[row.int(1)], parts: (2...4).map { row.blob($0) }))
      })
    self.connection = connection
  }

  private static func encode(source: [UInt8]?, parts: [[UInt8]]) -> [UInt8] {
    // A source that is not there cannot have been written by us: it gives bytes that no hash fits.
    guard let source else { return [0xff] }
    return CanonicalBytes.encode([source] + parts)
  }

  private static let query: StaticString =
    """
    SELECT e.seq, e.occurred_at, e.recorded_at, e.type, e.foreign_type, e.source, e.foreign_key, e.chain, e.datacenter,
      e.cluster, e.host, e.vm, e.datastore, e.other_host, e.other_datastore, e.migration, e.severity, e.actor, e.reason,
      e.message, e.detail, e.hash, e.foreign_fields, r.text
    FROM event AS e LEFT JOIN foreign_fields AS r ON r.id = e.foreign_fields ORDER BY e.seq
    """

  /// - Parameter wanted: a hash that must occur, in hexadecimal.
  func verify(wanted: String?) throws -> ChainVerdict {
    var verdict = ChainVerdict(
      verified: 0, head: ChainHead(seq: 0, hash: .origin), firstBad: nil, containsHead: wanted.map { _ in false })
    if wanted == ChainHash.origin.bytes.hexadecimal { verdict.containsHead = true }
    var canonical = CanonicalBytes()
    try connection.forEach(Self.query) { row in
      guard verdict.firstBad == nil else { return }
      let seq = row.int(0)
      guard seq > verdict.head.seq else {
        verdict.firstBad = (seq, "event \(seq) does not belong there")
        return
      }
      guard seq == verdict.head.seq + 1 else {
        verdict.firstBad = (verdict.head.seq + 1, "event \(verdict.head.seq + 1) is missing")
        return
      }
      guard encode(row, into: &canonical) else {
        verdict.firstBad = (seq, "event \(seq) refers to a dictionary entry that is not there")
        return
      }
      let hash = verdict.head.hash.next(canonical)
      guard hash.bytes == row.blob(21) else {
        verdict.firstBad = (seq, "event \(seq) or a name that it uses is not what was recorded")
        return
      }
      verdict.head = ChainHead(seq: seq, hash: hash)
      verdict.verified += 1
      if let wanted, verdict.containsHead == false, hash.bytes.hexadecimal == wanted { verdict.containsHead = true }
    }
    return verdict
  }

  /// Calls `body` with the bytes of each event that its hash is taken over.
  func forEachCanonical(_ body: (CanonicalBytes) throws -> Void) throws {
    var canonical = CanonicalBytes()
    try connection.forEach(Self.query) { row in
      guard encode(row, into: &canonical) else { throw YadokariError(.failed, "the chain is broken") }
      try body(canonical)
    }
  }

  private func encode(_ row: borrowing Statement, into canonical: inout CanonicalBytes) -> Bool {
    canonical.removeAll()
    guard let type = terms[row.int(3)], let source = sources[row.int(5)] else { return false }
    for column in 0...2 { canonical.append(row.int(column)) }
    canonical.append(utf8Bytes: type)
    if let number = row.optionalInt(4) {
      guard let text = terms[number] else { return false }
      canonical.append(utf8Bytes: text)
    } else {
      canonical.append(nil as String?)
    }
    canonical.append(utf8Bytes: source)
    for column in 6...7 { appendText(row, column, to: &canonical) }
    for column in 8...14 {
      if let number = row.optionalInt(column) {
        guard let object = objects[number] else { return false }
        canonical.append(encodedObject: object)
      } else {
        canonical.append(encodedObject: nil)
      }
    }
    canonical.append(row.optionalInt(15))
    for column in 16...19 { appendText(row, column, to: &canonical) }
    // A number of fields that are not there fits no hash, as nothing does without them.
    guard row.isNull(22) == row.isNull(23) else { return false }
    canonical.append(
      utf8Bytes: DetailText.whole(
        own: row.isNull(20) ? nil : row.blob(20), foreign: row.isNull(23) ? nil : row.blob(23)))
    return true
  }

  private func appendText(_ row: borrowing Statement, _ column: Int, to canonical: inout CanonicalBytes) {
    if row.isNull(column) {
      canonical.append(nil as String?)
    } else {
      row.bytes(column) { canonical.append(utf8: $0) }
    }
  }
}
