internal import SQLite

/// Where records come from. Objects and records are identified within it.
package struct Source: Sendable, Equatable {
  package let id: Int64
  package let name: String
  /// Whether a person gave the name; a name that we made up belongs to the next vCenter that says who it is.
  package let isNamed: Bool
  /// The vCenter's own id, once a record told it.
  package let instanceUUID: String?

  /// Yadokari itself.
  package static let own = Source(id: 1, name: "yadokari", isNamed: false, instanceUUID: nil)
}

extension Connection {
  /// Every source but ourselves, in the order in which they came.
  func foreignSources() throws -> [Source] {
    try all("SELECT id, name, is_named, instance_uuid FROM source WHERE id > 1 ORDER BY id") { row in
      Source(id: row.int(0), name: row.text(1), isNamed: row.int(2) != 0, instanceUUID: row.optionalText(3))
    }
  }

  func insertSource(name: String, isNamed: Bool) throws -> Source {
    try run("INSERT INTO source (name, is_named) VALUES ($1, $2)", name, isNamed ? 1 : 0)
    return Source(id: lastInsertedRow, name: name, isNamed: isNamed, instanceUUID: nil)
  }
}
