internal import Inventory

/// A tab as RVTools has it: its columns by their headings, and what stands in them.
struct RVToolsTab<Row> {
  typealias Column = (heading: String, value: (Row) -> Workbook.Cell)

  let name: String
  let columns: [Column]

  /// - Returns: nil for a tab without rows.
  func sheet(_ rows: [Row]) -> Workbook.Sheet? {
    guard !rows.isEmpty else { return nil }
    return Workbook.Sheet(
      name: name, headings: columns.map(\.heading), rows: rows.map { row in columns.map { $0.value(row) } })
  }
}

extension Workbook.Cell {
  init(_ text: String?) { self = text.map { .text($0) } ?? .empty }
  init(_ flag: Bool?) { self = flag.map { .flag($0) } ?? .empty }
  init(_ number: Double?) { self = number.flatMap { $0.isFinite ? .number($0) : nil } ?? .empty }
  init(_ number: Int64?) { self.init(number.map { Double($0) }) }

  /// In percent, without the digits that only arithmetic brings.
  init(ratio: Double?) { self.init(ratio.map { ($0 * 100_000_000).rounded() / 1_000_000 }) }
}
