internal import SQLite

/// An object row whose identity is to be another.
struct IdentityChange: Equatable {
  let id: Int64
  let from: Int64
  let to: Int64
}

extension Connection {
  /// Works out the identities of the rows that share an id or a name, and stores those that changed.
  ///
  /// Rows with one foreign id are one object, whose identity is the first of them. A row with a name alone is the object
  /// that ever bore that name, if it was only one; otherwise it stands for itself. So the order of arrival does not matter.
  func resolveIdentities(source: Int64, kind: String, foreignID: String, name: String) throws -> [IdentityChange] {
    var changes: [IdentityChange] = []
    if !foreignID.isEmpty {
      // The newest row has the highest number, so it can only join the others.
      let ends = try first(
        """
        SELECT min(id), max(id) FROM object WHERE source = $1 AND kind = $2 AND foreign_id = $3
        """, source, kind, foreignID
      ) { ($0.int(0), $0.int(1)) }
      if let (oldest, newest) = ends { changes.append(IdentityChange(id: newest, from: newest, to: oldest)) }
    }
    let nameOnly = try first(
      "SELECT id, identity FROM object WHERE source = $1 AND kind = $2 AND foreign_id = '' AND name = $3",
      source, kind, name
    ) { ($0.int(0), $0.int(1)) }
    if let (id, identity) = nameOnly, !name.isEmpty {
      let bearers = try all(
        """
        SELECT DISTINCT min(same.id) FROM object AS named
        JOIN object AS same ON same.source = named.source AND same.kind = named.kind AND same.foreign_id = named.foreign_id
        WHERE named.kind = $1 AND named.name = $2 AND named.source = $3 AND named.foreign_id <> ''
        GROUP BY named.foreign_id
        """, kind, name, source
      ) { $0.int(0) }
      changes.append(IdentityChange(id: id, from: identity, to: bearers.count == 1 ? bearers[0] : id))
    }
    changes = changes.filter { $0.from != $0.to }
    for change in changes {
      try run("UPDATE object SET identity = $1 WHERE id = $2", change.to, change.id)
    }
    return changes
  }
}
