package import Inventory
internal import SQLite

/// An object as a person knows it: name, id and source.
package struct ObjectSummary: Sendable, Equatable {
  package let id: ObjectID
  package let kind: ObjectKind
  /// Its name at the time asked for; the foreign id where no record gave a name.
  package let name: String
  /// The source's id; nil where records gave only a name.
  package let foreignID: String?
  package let source: String
}

extension LedgerReader {
  /// The object at a moment: the name it had then, else the last one known.
  package func summary(of id: ObjectID, at moment: Instant) throws -> ObjectSummary {
    let row = try connection.first(
      """
      SELECT o.kind, s.name, o.foreign_id,
        (SELECT n.name FROM naming AS w JOIN object AS n ON n.id = w.name
         WHERE w.object = o.id AND w.from_at <= $1 ORDER BY w.from_at DESC LIMIT 1),
        (SELECT n.name FROM object AS n WHERE n.identity = o.id AND n.name <> '' ORDER BY n.id DESC LIMIT 1),
        (SELECT n.foreign_id FROM object AS n WHERE n.identity = o.id AND n.foreign_id <> '' ORDER BY n.id LIMIT 1)
      FROM object AS o JOIN source AS s ON s.id = o.source WHERE o.id = $2
      """, moment.microseconds, id.rawValue
    ) { row in
      let foreignID = row.optionalText(5)
      return ObjectSummary(
        id: id, kind: ObjectKind(rawValue: row.text(0)) ?? .vm,
        name: row.optionalText(3) ?? row.optionalText(4) ?? foreignID ?? "", foreignID: foreignID, source: row.text(1))
    }
    guard let row else { throw YadokariError(.failed, "the ledger has no object \(id.rawValue); run \"yadokari db check\"") }
    return row
  }

  /// All objects of a kind at a moment, by number: what `summary` says of each, read at once.
  package func summaries(of kind: ObjectKind, at moment: Instant) throws -> [ObjectSummary] {
    var texts: [Int64: String] = [:]
    var objects: [(id: Int64, source: String)] = []
    var last: [Int64: String] = [:]
    var foreignIDs: [Int64: String] = [:]
    try connection.forEach(
      """
      SELECT o.id, o.identity, s.name, o.foreign_id, o.name FROM object AS o JOIN source AS s ON s.id = o.source
      WHERE o.kind = $1 ORDER BY o.id
      """, kind.rawValue
    ) { row in
      let (id, identity, foreignID, name) = (row.int(0), row.int(1), row.text(3), row.text(4))
      if id == identity { objects.append((id, row.text(2))) }
      texts[id] = name
      if !name.isEmpty { last[identity] = name }
      if !foreignID.isEmpty, foreignIDs[identity] == nil { foreignIDs[identity] = foreignID }
    }
    return try objects.map { id, source in
      let name =
        try connection.first(
          """
          SELECT name FROM naming WHERE object = $1 AND from_at <= $2 AND name IS NOT NULL ORDER BY from_at DESC LIMIT 1
          """, id, moment.microseconds
        ) { texts[$0.int(0)] } ?? nil
      return ObjectSummary(
        id: ObjectID(rawValue: id), kind: kind, name: name ?? last[id] ?? foreignIDs[id] ?? "", foreignID: foreignIDs[id],
        source: source)
    }
  }

  /// The objects of a kind that ever bore this name, or have it as their foreign id.
  package func objects(named name: String, kind: ObjectKind, source: String?, at moment: Instant) throws -> [ObjectSummary] {
    let ids = try connection.all(
      """
      SELECT o.identity FROM object AS o JOIN source AS s ON s.id = o.source
      WHERE o.kind = $1 AND o.name = $2 AND ($3 IS NULL OR s.name = $3)
      UNION SELECT o.identity FROM object AS o JOIN source AS s ON s.id = o.source
      WHERE o.kind = $1 AND o.foreign_id = $2 AND ($3 IS NULL OR s.name = $3)
      ORDER BY 1
      """, kind.rawValue, name, source
    ) { ObjectID(rawValue: $0.int(0)) }
    let live = try sourceNames()
    return try ids.map { try summary(of: $0, at: moment) }.filter { live.contains($0.source) }
  }

  /// The one object of this name.
  /// - Throws: `notFound` where there is none, `conflict` where there are several, with their ids.
  package func object(named name: String, kind: ObjectKind, source: String?, at moment: Instant) throws -> ObjectSummary {
    if let source { try checkSource(source) }
    var found = try objects(named: name, kind: kind, source: source, at: moment)
    // Objects of which no record counts any more do not make a name ambiguous.
    if found.count > 1 {
      let counting = try found.filter { try isNamed($0.id) }
      if !counting.isEmpty { found = counting }
    }
    // A name that one of them bears now wins over those that bore it once.
    let current = found.count > 1 ? found.filter { $0.name == name } : found
    let candidates = current.isEmpty ? found : current
    guard let first = candidates.first else {
      throw YadokariError(.notFound, "no \(kind.rawValue) is named \"\(name)\"; see \"yadokari \(kind.rawValue) list\"")
    }
    guard candidates.count == 1 else {
      let shown = candidates.prefix(10).map { "\($0.name) (source \($0.source), id \($0.foreignID ?? "none"))" }
      let list = shown.joined(separator: "; ") + (candidates.count > 10 ? " and \(candidates.count - 10) more" : "")
      throw YadokariError(
        .conflict, "\"\(name)\" fits several: \(list); choose with --source, or give the id for the name")
    }
    return first
  }

  private func isNamed(_ id: ObjectID) throws -> Bool {
    try connection.first("SELECT 1 FROM naming WHERE object = $1 LIMIT 1", id.rawValue, row: { _ in true }) ?? false
  }

  /// - Throws: `notFound` for a source that the ledger does not have.
  package func checkSource(_ name: String) throws {
    let known = try sourceNames()
    guard known.contains(name) else {
      throw YadokariError(.notFound, "there is no source \"\(name)\"; there are: \(known.joined(separator: ", "))")
    }
  }

  /// The sources of records, but for ourselves, and for those whose imports were all retracted.
  package func sourceNames() throws -> [String] {
    try connection.foreignSources().filter { try connection.hasLiveImports($0) }.map(\.name)
  }
}

extension LedgerReader {
  /// The same virtual machine in other vCenters: those whose records give the same instance id.
  package func sameInstance(as vm: ObjectSummary, at moment: Instant) throws -> [ObjectSummary] {
    let ids = try connection.all(
      """
      SELECT DISTINCT other.object FROM setting AS own
      JOIN setting AS other ON other.key = own.key AND other.value = own.value
      WHERE own.object = $1 AND own.key = 'instance_uuid' AND other.object <> own.object ORDER BY 1
      """, vm.id.rawValue
    ) { ObjectID(rawValue: $0.int(0)) }
    return try ids.map { try summary(of: $0, at: moment) }.filter { $0.source != vm.source }
  }
}
