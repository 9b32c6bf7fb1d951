internal import Inventory
internal import SQLite

/// Where records come from. Objects and records are identified within it.
package struct Source: Sendable, Equatable {
  package let id: Int64
  package let name: String
  /// The vCenter's own id, once a record told it.
  package let instanceUUID: String?

  /// Yadokari itself.
  package static let own = Source(id: 1, name: "yadokari", instanceUUID: nil)

  /// Whether we made the name up: such a source belongs to the next vCenter that says who it is.
  var isProvisional: Bool { Self.isMadeUp(name) && instanceUUID == nil }

  /// Whether a name is of the form that we make up: `vcenter-` and a number.
  static func isMadeUp(_ name: String) -> Bool {
    name.hasPrefix(provisionalPrefix) && Int(name.dropFirst(provisionalPrefix.count)) != nil
  }

  static let provisionalPrefix = "vcenter-"
}

extension Connection {
  /// Every source but ourselves, in the order in which they came.
  func foreignSources() throws -> [Source] {
    try all("SELECT id, name, instance_uuid FROM source WHERE id > 1 ORDER BY id") { row in
      Source(id: row.int(0), name: row.text(1), instanceUUID: row.optionalText(2))
    }
  }

  /// Whether some import of a source counts, or none was ever made.
  func hasLiveImports(_ source: Source) throws -> Bool {
    try first(
      "SELECT count(*), count(CASE WHEN retracted_by IS NULL THEN 1 END) FROM import_batch WHERE source = $1", source.id
    ) { $0.int(0) == 0 || $0.int(1) > 0 } ?? true
  }

  /// Whether all that counts of a source are cluster files.
  func isDescribedByFiles(_ source: Source) throws -> Bool {
    try first(
      """
      SELECT count(*), count(CASE WHEN format = 'cluster-file' THEN 1 END) FROM import_batch
      WHERE source = $1 AND retracted_by IS NULL
      """, source.id
    ) { $0.int(0) > 0 && $0.int(0) == $0.int(1) } ?? false
  }

  /// Whether a source tells of starts and stops of VMs: not where all of its events were imported from lists without any.
  func tellsPower(_ name: String) throws -> Bool {
    try first(
      """
      SELECT count(CASE WHEN b.lacks_power = 1 THEN 1 END), count(CASE WHEN b.lacks_power IS NULL AND b.time_origin IS NULL
        THEN 1 END)
      FROM import_batch AS b JOIN source AS s ON s.id = b.source WHERE s.name = $1 AND b.retracted_by IS NULL
      """, name
    ) { $0.int(0) == 0 || $0.int(1) > 0 } ?? true
  }

  func insertSource(name: String) throws -> Source {
    let id = (try first("SELECT max(id) FROM source") { $0.int(0) } ?? 0) + 1
    try run("INSERT INTO source (id, name) VALUES ($1, $2)", id, name)
    return Source(id: id, name: name, instanceUUID: nil)
  }
}

extension LedgerReader {
  /// The vCenter's own id of a source; nil where no record told it.
  package func instanceUUID(ofSource name: String) throws -> String? {
    try connection.foreignSources().first { $0.name == name }?.instanceUUID
  }

  /// The one source that is meant.
  /// - Parameter name: nil for the only one there is.
  /// - Throws: `notFound` for a source that the ledger does not have, `conflict` where there are several and none is named.
  package func onlySource(_ name: String?) throws -> String? {
    if let name {
      try checkSource(name)
      return name
    }
    let names = try sourceNames()
    guard names.count < 2 else {
      throw YadokariError(.conflict, "there are several sources: \(names.joined(separator: ", ")); name one of them")
    }
    return names.first
  }
}
