internal import CSchema
internal import Crypto
package import Inventory
package import SQLite

/// A schema: what a new file gets, and the steps that bring an old one up.
package struct Schema: Sendable {
  /// `application_id` of a ledger: the letters "yado".
  package static let applicationID: Int64 = 0x7961_646F

  /// A file of SQL.
  package struct File: Sendable, Equatable {
    package let name: String
    package let text: String
    /// SHA-256 of the text, in hexadecimal.
    package let digest: String

    package init(name: String, bytes: UnsafeBufferPointer<UInt8>) {
      self.name = name
      text = String(decoding: bytes, as: UTF8.self)
      digest = SHA256.hash(data: bytes).hexadecimal
    }
  }

  /// schema.sql
  package let current: File
  /// migrations/, in order; the first has number 1.
  package let migrations: [File]

  package init(current: File, migrations: [File]) {
    self.current = current
    self.migrations = migrations
  }

  /// The schema that is built into the program.
  package static let builtIn = Schema(
    current: file(cschema_current()), migrations: (0..<cschema_migration_count()).map { file(cschema_migration($0)) })

  private static func file(_ file: cschema_file) -> File {
    File(name: String(cString: file.name), bytes: UnsafeBufferPointer(start: file.bytes, count: file.count))
  }

  /// Makes the tables in an empty database, in one transaction; where another process was faster, its tables stay.
  package func create(in connection: borrowing Connection, now: Instant) throws {
    let database = connection.alias()
    try connection.transaction {
      guard try database.first("SELECT count(*) FROM sqlite_schema", row: { $0.int(0) }) == 0 else { return }
      try database.execute(current.text)
      try markMigrations(in: database, from: 1, to: migrations.count, now: now)
    }
  }

  /// The last migration that changed what projections are made of events: files older than it get them made again.
  private static let lastChangeOfFolds = 4

  /// Applies the migrations that the file has not seen, also where another process applies them at the same time. Each is
  /// one transaction; references are checked before it commits.
  /// With the last of them all projections are made again, where that is needed.
  package func migrate(_ connection: borrowing Connection, from version: Int, now: Instant) throws {
    let database = connection.alias()
    try database.execute("PRAGMA foreign_keys = OFF")
    for number in (version + 1)...migrations.count {
      try connection.transaction {
        guard try database.pragma("user_version") < number else { return }
        try database.execute(migrations[number - 1].text)
        let broken = try database.all("PRAGMA foreign_key_check") { $0.text(0) }
        guard broken.isEmpty else {
          throw YadokariError(
            .failed, "schema migration \(number) leaves references broken in \(broken[0]); nothing was changed")
        }
        if number == migrations.count, version < Self.lastChangeOfFolds, number >= Self.lastChangeOfFolds {
          try database.rebuildProjections()
        }
        try markMigrations(in: database, from: number, to: number, now: now)
      }
    }
    try database.execute("PRAGMA foreign_keys = ON")
  }

  private func markMigrations(
    in connection: borrowing Connection, from first: Int, to last: Int, now: Instant
  ) throws {
    for number in first...last {
      try connection.run(
        "INSERT INTO schema_migration (number, name, sha256, applied_at) VALUES ($1, $2, $3, $4)",
        number, migrations[number - 1].name, migrations[number - 1].digest, now.microseconds)
    }
    try connection.execute("PRAGMA user_version = \(last)")
  }
}

extension Sequence<UInt8> {
  /// Two hexadecimal digits for each byte.
  package var hexadecimal: String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in self {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
