internal import Inventory
internal import SQLite

/// A record that renames a VM of which it knows no id.
struct Renaming: Hashable {
  let seq: Int64
  /// The row of `object` with the name that the record has for the VM.
  let name: Int64
  let oldName: String
  let newName: String

  init(seq: Int64, name: Int64, oldName: String, newName: String) {
    self.seq = seq
    self.name = name
    self.oldName = oldName
    self.newName = newName
  }

  /// Nil for an event that renames no VM by its name alone.
  init?(_ event: Event, seq: Int64, vm: Int64) {
    guard event.vm?.foreignID.isEmpty == true, event.type == .vmChanged, let detail = event.detail,
      let old = detail["old_name"]?.stringValue, let new = detail["new_name"]?.stringValue
    else { return nil }
    (self.seq, name, oldName, newName) = (seq, vm, old, new)
  }

  /// The same from a stored detail.
  init?(seq: Int64, name: Int64, storedDetail: String) {
    guard storedDetail.contains("\"old_name\""), let detail = try? JSONValue(parsing: Array(storedDetail.utf8)),
      let old = detail["old_name"]?.stringValue, let new = detail["new_name"]?.stringValue
    else { return nil }
    (self.seq, self.name, oldName, newName) = (seq, name, old, new)
  }
}

extension Connection {
  func keep(_ renaming: Renaming) throws {
    try run(
      "INSERT INTO renaming (seq, name, old_name, new_name) VALUES ($1, $2, $3, $4)", renaming.seq, renaming.name,
      renaming.oldName, renaming.newName)
  }

  func renamings() throws -> [Renaming] {
    try all("SELECT seq, name, old_name, new_name FROM renaming ORDER BY seq") { row in
      Renaming(seq: row.int(0), name: row.int(1), oldName: row.text(2), newName: row.text(3))
    }
  }
}
