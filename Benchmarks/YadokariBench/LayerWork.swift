internal import CBaseline
internal import SQLite

/// What the layer does in the comparison with plain C. Each call opens the file, works and closes it, as the C side does.
struct LayerWork {
  let path: String

  /// The same texts as the C side binds, as strings.
  private static let texts: [[String]] = (0..<3).map { column in
    (0..<Int64(baseline_text_count)).map { String(cString: baseline_text(Int32(column), $0)) }
  }

  func insert(_ rows: Int, lendsOncePerRow: Bool) throws {
    let (actors, reasons, messages) = (Self.texts[0], Self.texts[1], Self.texts[2])
    let connection = try Connection(path: path, mode: .create)
    try connection.configure(for: .writer)
    try connection.execute(
      """
      CREATE TABLE sample (id INTEGER NOT NULL PRIMARY KEY, at INTEGER NOT NULL, vm INTEGER NOT NULL, host INTEGER NOT NULL,
        type INTEGER NOT NULL, actor TEXT NOT NULL, reason TEXT NOT NULL, message TEXT NOT NULL) STRICT
      """)
    let insertion: StaticString = "INSERT INTO sample VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    for first in stride(from: 1, through: rows, by: baseline_batch) {
      let ids = first...min(rows, first + baseline_batch - 1)
      try connection.transaction {
        if lendsOncePerRow {
          for id in ids {
            let text = id % actors.count
            try connection.run(
              insertion, id, 1_700_000_000_000_000 + id * 1000, id % 1000, id % 20, id % 40, actors[text], reasons[text],
              messages[text])
          }
        } else {
          try connection.withStatement(insertion) { statement in
            for id in ids {
              let text = id % actors.count
              try statement.bind(1, id)
              try statement.bind(2, 1_700_000_000_000_000 + id * 1000)
              try statement.bind(3, id % 1000)
              try statement.bind(4, id % 20)
              try statement.bind(5, id % 40)
              try statement.bind(6, actors[text])
              try statement.bind(7, reasons[text])
              try statement.bind(8, messages[text])
              try statement.run()
            }
          }
        }
      }
    }
  }

  func scan(asStrings: Bool) throws -> Int64 {
    let connection = try reader()
    var sum: Int64 = 0
    let query: StaticString = "SELECT id, at, vm, host, type, actor, reason, message FROM sample"
    if asStrings {
      try connection.forEach(query) { row in
        var one: Int64 = 0
        for column in 0..<5 { one += row.int(column) }
        for column in 5..<8 {
          let text = row.text(column)
          one += Int64(text.utf8.first ?? 0) + Int64(text.utf8.count)
        }
        sum ^= one
      }
    } else {
      try connection.forEach(query) { row in sum ^= Self.checksum(row) }
    }
    return sum
  }

  func points(_ count: Int, of rows: Int, seed: UInt64, keepsStatement: Bool) throws -> Int64 {
    let connection = try reader()
    var sum: Int64 = 0
    var seed = seed
    let query: StaticString = "SELECT id, at, vm, host, type, actor, reason, message FROM sample WHERE id = $1"
    try connection.readTransaction {
      if keepsStatement {
        try connection.withStatement(query) { statement in
          for _ in 0..<count {
            try statement.bind(1, 1 + Int64(baseline_next(&seed) % UInt64(rows)))
            if try statement.step() { sum ^= Self.checksum(statement) }
            try statement.reset()
          }
        }
      } else {
        for _ in 0..<count {
          let id = 1 + Int64(baseline_next(&seed) % UInt64(rows))
          sum ^= try connection.first(query, id, row: { row in Self.checksum(row) }) ?? 0
        }
      }
    }
    return sum
  }

  private func reader() throws -> Connection {
    let connection = try Connection(path: path, mode: .readOnly)
    try connection.configure(for: .reader)
    return connection
  }

  private static func checksum(_ row: borrowing Statement) -> Int64 {
    var sum: Int64 = 0
    for column in 0..<5 { sum += row.int(column) }
    for column in 5..<8 { sum += row.bytes(column) { Int64($0[0]) + Int64($0.count) } }
    return sum
  }
}
