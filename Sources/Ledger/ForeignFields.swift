internal import Inventory
internal import SQLite

/// Keeps the fields of foreign records, each text once.
struct ForeignFields {
  private var known: [ExactText: Int64] = [:]
  private var next: Int64?

  /// Texts that are remembered at most; forgetting them costs a look-up each, not a second copy.
  private static let limit = 10_000

  /// The number of a text, which is stored where it is new.
  mutating func number(of text: String, in connection: borrowing Connection) throws -> Int64 {
    let key = ExactText(text)
    if let id = known[key] { return id }
    if known.count >= Self.limit { known.removeAll(keepingCapacity: true) }
    let digest = Self.digest(text)
    let stored = try connection.first(
      "SELECT id FROM foreign_fields WHERE digest = $1 AND text = $2", digest, text, row: { $0.int(0) })
    let id = try stored ?? insert(text, digest, in: connection)
    known[key] = id
    return id
  }

  private mutating func insert(_ text: String, _ digest: Int64, in connection: borrowing Connection) throws -> Int64 {
    let id = try next ?? (connection.first("SELECT max(id) FROM foreign_fields") { $0.int(0) } ?? 0) + 1
    try connection.run("INSERT INTO foreign_fields (id, digest, text) VALUES ($1, $2, $3)", id, digest, text)
    next = id + 1
    return id
  }

  /// FNV-1a of 64 bits: it finds a text, it proves nothing.
  private static func digest(_ text: String) -> Int64 {
    var text = text
    let hash = text.withUTF8 { bytes in
      bytes.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
    return Int64(bitPattern: hash)
  }
}
