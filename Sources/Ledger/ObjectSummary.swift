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

  /// The same object under another of its names.
  fileprivate func named(_ name: String) -> ObjectSummary {
    ObjectSummary(id: id, kind: kind, name: name, foreignID: foreignID, source: source)
  }
}

extension LedgerReader {
  /// The object at a moment: the name it had then, else the last one known.
  package func summary(of id: ObjectID, at moment: Instant) throws -> ObjectSummary {
    let row = try connection.first(
      """
      SELECT o.kind, s.name, d.name,
        (SELECT n.name FROM naming AS w JOIN object AS n ON n.id = w.name
         WHERE w.object = o.id AND w.from_at <= $1 ORDER BY w.from_at DESC LIMIT 1),
        (SELECT n.name FROM object AS n WHERE n.identity = o.id AND n.name <> '' ORDER BY n.id DESC LIMIT 1),
        (SELECT n.foreign_id FROM object AS n WHERE n.identity = o.id AND n.foreign_id <> '' ORDER BY n.id LIMIT 1)
      FROM subject AS o JOIN source AS s ON s.id = o.source JOIN object AS d ON d.id = o.name WHERE o.id = $2
      """, moment.microseconds, id.rawValue
    ) { row in
      let foreignID = row.optionalText(5)
      return ObjectSummary(
        id: id, kind: ObjectKind(rawValue: row.text(0)) ?? .vm,
        name: row.optionalText(3) ?? row.optionalText(4) ?? foreignID ?? row.text(2), foreignID: foreignID,
        source: row.text(1))
    }
    if let row, let earlier = try nameBeforeRenaming(of: id, at: moment) { return row.named(earlier) }
    guard let row else { throw YadokariError(.failed, "the ledger has no object \(id.rawValue); run \"yadokari db check\"") }
    return row
  }

  /// The name of an object before the first record that names it, where that record renames it; nil where it does not, or
  /// another record named it by then.
  private func nameBeforeRenaming(of id: ObjectID, at moment: Instant) throws -> String? {
    let first = try connection.first(
      "SELECT from_at, began FROM naming WHERE object = $1 ORDER BY from_at LIMIT 1", id.rawValue,
      row: { (from: $0.int(0), began: $0.optionalInt(1)) })
    guard let first, first.from > moment.microseconds, let began = first.began else { return nil }
    let detail = try connection.first("SELECT detail FROM event WHERE seq = $1", began, row: { $0.optionalText(0) }) ?? nil
    guard let detail, detail.contains("\"old_name\"") else { return nil }
    return (try? JSONValue(parsing: Array(detail.utf8)))?["old_name"]?.stringValue
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
    try connection.forEach(
      """
      SELECT n.id, s.name, d.name FROM namesake AS n JOIN source AS s ON s.id = n.source JOIN object AS d ON d.id = n.name
      WHERE n.kind = $1 ORDER BY n.id
      """, kind.rawValue
    ) { row in
      objects.append((row.int(0), row.text(1)))
      last[row.int(0)] = row.text(2)
    }
    return try objects.map { id, source in
      let name =
        try connection.first(
          """
          SELECT name FROM naming WHERE object = $1 AND from_at <= $2 AND name IS NOT NULL ORDER BY from_at DESC LIMIT 1
          """, id, moment.microseconds
        ) { texts[$0.int(0)] } ?? nil
      let earlier = name == nil ? try nameBeforeRenaming(of: ObjectID(rawValue: id), at: moment) : nil
      return ObjectSummary(
        id: ObjectID(rawValue: id), kind: kind, name: name ?? earlier ?? last[id] ?? foreignIDs[id] ?? "",
        foreignID: foreignIDs[id], source: source)
    }
  }

  /// The objects of a kind that ever bore this name, or have it as their foreign id.
  package func objects(named name: String, kind: ObjectKind, source: String?, at moment: Instant) throws -> [ObjectSummary] {
    let ids = try connection.all(
      """
      SELECT w.object FROM object AS o JOIN naming AS w ON w.name = o.id JOIN source AS s ON s.id = o.source
      WHERE o.kind = $1 AND o.name = $2 AND ($3 IS NULL OR s.name = $3)
      UNION SELECT o.identity FROM object AS o JOIN source AS s ON s.id = o.source
      WHERE o.kind = $1 AND o.name = $2 AND ($3 IS NULL OR s.name = $3)
      UNION SELECT o.identity FROM object AS o JOIN source AS s ON s.id = o.source
      WHERE o.kind = $1 AND o.foreign_id = $2 AND ($3 IS NULL OR s.name = $3)
      UNION SELECT n.id FROM object AS o JOIN namesake AS n ON n.name = o.id JOIN source AS s ON s.id = n.source
      WHERE o.kind = $1 AND o.name = $2 AND ($3 IS NULL OR s.name = $3)
      ORDER BY 1
      """, kind.rawValue, name, source
    ) { ObjectID(rawValue: $0.int(0)) }
    let live = try sourceNames()
    return try ids.map { try summary(of: $0, at: moment) }.filter { live.contains($0.source) }
  }

  /// The one object of this name at a moment: the one that bore it then; else the one that ever bore it.
  /// - Throws: `notFound` where there is none, `conflict` where there are several, with their ids.
  package func object(named name: String, kind: ObjectKind, source: String?, at moment: Instant) throws -> ObjectSummary {
    let candidates = try bearers(of: name, kind: kind, source: source, at: moment)
    // What bears the name now counts before what bore it once, and what is there before what is gone.
    let current = candidates.count > 1 ? candidates.filter { $0.name == name || $0.foreignID == name } : candidates
    let named = current.isEmpty ? candidates : current
    let present = named.count > 1 ? try named.filter { try exists($0, at: moment) } : named
    let found = present.isEmpty ? named : present
    guard found.count == 1 else { throw ambiguous(name, found) }
    return found[0]
  }

  /// The objects that bore a name one after the other in a stretch of time.
  /// - Throws: `notFound` where there is none, `conflict` where two bore it at one time, with their ids.
  package func objects(
    named name: String, kind: ObjectKind, source: String?, from: Instant, to: Instant
  ) throws -> [ObjectSummary] {
    let candidates = try bearers(of: name, kind: kind, source: source, at: to)
    guard candidates.count > 1 else { return candidates }
    let times = try candidates.map { try bearingTimes(of: $0, name: name) }
    let within = zip(candidates, times).filter { _, spans in spans.contains { $0.from <= to && from < $0.to } }
    let found = within.isEmpty ? Array(zip(candidates, times)) : Array(within)
    for (index, one) in found.enumerated() {
      for other in found[(index + 1)...] {
        let overlaps = one.1.contains { span in other.1.contains { span.from < $0.to && $0.from < span.to } }
        if overlaps { throw ambiguous(name, found.map(\.0)) }
      }
    }
    return found.map(\.0)
  }

  /// The objects that a name may mean, those of which no record counts any more left out where others do. A name that none
  /// has is one in other letters, such as `DB1`, where only one is.
  private func bearers(of name: String, kind: ObjectKind, source: String?, at moment: Instant) throws -> [ObjectSummary] {
    if let source { try checkSource(source) }
    var found = try objects(named: name, kind: kind, source: source, at: moment)
    if found.count > 1 {
      let counting = try found.filter { try isNamed($0.id) }
      if !counting.isEmpty { found = counting }
    }
    guard found.isEmpty else { return found }
    let names = try names(of: kind, source: source)
    let inOtherLetters = names.filter { $0 != name && $0.lowercased() == name.lowercased() }
    if inOtherLetters.count == 1, let only = inOtherLetters.first {
      return try bearers(of: only, kind: kind, source: source, at: moment)
    }
    let question = NearNames.question(name, among: names)
    throw YadokariError(
      .notFound, "no \(kind.rawValue) is named \"\(name)\"\(question); see \"yadokari \(kind.rawValue) list\"")
  }

  private func ambiguous(_ name: String, _ candidates: [ObjectSummary]) -> YadokariError {
    let shown = candidates.prefix(10).map { "\($0.name) (source \($0.source), id \($0.foreignID ?? "none"))" }
    let list = shown.joined(separator: "; ") + (candidates.count > 10 ? " and \(candidates.count - 10) more" : "")
    let cure =
      Set(candidates.map(\.source)).count > 1
      ? "choose with --source, or give the id for the name" : "give the id for the name, or ask for another time with --at"
    return YadokariError(.conflict, "\"\(name)\" fits several: \(list); \(cure)")
  }

  /// When an object bore a name and was there.
  private func bearingTimes(of object: ObjectSummary, name: String) throws -> [(from: Instant, to: Instant)] {
    let named = try connection.all(
      """
      SELECT w.from_at, w.to_at FROM naming AS w JOIN object AS o ON o.id = w.name
      WHERE w.object = $1 AND (o.name = $2 OR o.foreign_id = $2) ORDER BY w.from_at
      """, object.id.rawValue, name
    ) { (from: Instant(microseconds: $0.int(0)), to: Instant(microseconds: $0.int(1))) }
    let absent = try connection.all(
      """
      SELECT from_at, to_at FROM host_state WHERE host = $1 AND aspect = 'presence' AND state = 'removed' ORDER BY from_at
      """, object.id.rawValue
    ) { (from: Instant(microseconds: $0.int(0)), to: Instant(microseconds: $0.int(1))) }
    var times = named
    for gap in absent {
      times = times.flatMap { span in
        [(span.from, min(span.to, gap.from)), (max(span.from, gap.to), span.to)].filter { $0.0 < $0.1 }
      }
    }
    guard object.kind == .vm,
      let end = try connection.first(
        "SELECT max(to_at) FROM residency WHERE vm = $1", object.id.rawValue, row: { $0.optionalInt(0) }) ?? nil
    else { return times }
    return times.map { ($0.from, min($0.to, Instant(microseconds: end))) }.filter { $0.0 < $0.1 }
  }

  /// Whether an object was there at a moment, as far as records tell.
  private func exists(_ object: ObjectSummary, at moment: Instant) throws -> Bool {
    switch object.kind {
    case .vm: return try placement(of: object.id, at: moment) != nil
    case .host:
      let isRemoved = try connection.first(
        """
        SELECT 1 FROM host_state WHERE host = $1 AND aspect = 'presence' AND state = 'removed' AND from_at <= $2
          AND to_at > $2
        """, object.id.rawValue, moment.microseconds, row: { _ in true })
      let isKnown = try firstKnown(host: object.id).map { $0 <= moment } ?? false
      return isRemoved == nil && isKnown
    default: return true
    }
  }

  private func isNamed(_ id: ObjectID) throws -> Bool {
    try connection.first("SELECT 1 FROM naming WHERE object = $1 LIMIT 1", id.rawValue, row: { _ in true }) ?? false
  }

  /// - Throws: `notFound` for a source that the ledger does not have.
  package func checkSource(_ name: String) throws {
    let known = try sourceNames()
    guard known.contains(name) else {
      let question = NearNames.question(name, among: known)
      throw YadokariError(
        .notFound, "there is no source \"\(name)\"\(question); there are: \(known.joined(separator: ", "))")
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
