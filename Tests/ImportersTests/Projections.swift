import Inventory
import SQLite

@testable import Ledger

extension LedgerReader {
  /// Every projected span as text, with foreign ids and keys in place of our own numbers: what two ledgers of one history share.
  func projectionsByForeignKey() throws -> [String] {
    let objects = Dictionary(
      uniqueKeysWithValues: try connection.all(
        """
        SELECT o.id, s.name, o.kind, i.foreign_id, o.name FROM object AS o JOIN object AS i ON i.id = o.identity
        JOIN source AS s ON s.id = o.source
        """
      ) { ($0.int(0), (id: "\($0.text(1))/\($0.text(2))/\($0.text(3))", name: $0.text(4))) })
    let keys = Dictionary(
      uniqueKeysWithValues: try connection.all("SELECT seq, foreign_key FROM event") { ($0.int(0), $0.text(1)) })
    func object(_ value: SQLiteValue) -> String {
      if case .integer(let id) = value { objects[id]?.id ?? "?" } else { "-" }
    }
    func key(_ value: SQLiteValue) -> String {
      if case .integer(let seq) = value { keys[seq] ?? "?" } else { "-" }
    }
    var spans: [String] = []
    for table in ProjectionTable.allCases {
      let row = try connection.prepare("SELECT * FROM \(table.rawValue) ORDER BY 1, 2, 3")
      while try row.step() {
        var cells = (0..<table.columnCount).map { row.value($0) }
        let ends = [key(cells[cells.count - 2]), key(cells[cells.count - 1])]
        var texts = [table.rawValue, object(cells[0])]
        cells = Array(cells[1..<(cells.count - 2)])
        let isReference = [.residency, .membership, .diskPlacement].contains(table)
        for (index, cell) in cells.enumerated() {
          if isReference, index == cells.count - 2 {
            texts.append(object(cell))
          } else if table == .naming, index == cells.count - 2, case .integer(let id) = cell {
            texts.append(objects[id]?.name ?? "?")
          } else {
            texts.append("\(cell)")
          }
        }
        spans.append((texts + ends).joined(separator: " "))
      }
    }
    return spans.sorted()
  }
}
