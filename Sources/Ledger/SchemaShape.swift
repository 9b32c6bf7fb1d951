internal import SQLite

/// The tables, indexes, triggers and views of a database with their text less comments and blanks: what tampering changes.
///
/// This file speaks SQLite's own dialect: it reads its catalogue.
struct SchemaShape: Equatable {
  private let parts: [String: String]

  init(of connection: borrowing Connection) throws {
    let rows = try connection.all(
      "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite~_%' ESCAPE '~'"
    ) { row in ("\(row.text(0)) \(row.text(1))", Self.normalised(row.text(2))) }
    parts = Dictionary(uniqueKeysWithValues: rows)
  }

  /// The shape that a schema gives.
  static func expected(of schema: Schema) throws -> SchemaShape {
    let memory = try Connection(path: ":memory:", mode: .create)
    try memory.execute(schema.current.text)
    return try SchemaShape(of: memory)
  }

  /// The first part that is missing, changed or more than there should be, in words; nil where both are alike.
  func difference(from expected: SchemaShape) -> String? {
    let names = Set(parts.keys).union(expected.parts.keys).sorted()
    for name in names where parts[name] != expected.parts[name] {
      if parts[name] == nil { return "\(name) is missing" }
      if expected.parts[name] == nil { return "\(name) does not belong there" }
      return "\(name) was changed"
    }
    return nil
  }

  static func normalised(_ sql: String) -> String {
    // By bytes: a comment ends at a line feed and nowhere else, whatever Swift takes for one character.
    let lines = sql.utf8.split(separator: UInt8(ascii: "\n")).map { line in
      var code: [UInt8] = []
      for byte in line {
        if byte == UInt8(ascii: "-"), code.last == byte {
          code.removeLast()
          break
        }
        code.append(byte)
      }
      return code
    }
    let words = lines.joined(separator: [0x20]).split { $0 == 0x20 || $0 == 0x09 }
    var text: [UInt8] = []
    for word in words {
      // A column that was added later stands behind the comment of the one before it: comma first, bracket at once.
      if !text.isEmpty, word.first != UInt8(ascii: ","), word.first != UInt8(ascii: ")") { text.append(0x20) }
      text += word
    }
    return String(decoding: text, as: UTF8.self)
  }
}
