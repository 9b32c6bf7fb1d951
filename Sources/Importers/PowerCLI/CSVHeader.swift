internal import Inventory

/// The columns of a list, by name: whatever their order and case.
struct CSVHeader {
  let separator: UInt8
  private let columns: [String: Int]
  /// Names in the order of the file.
  let names: [String]

  /// Finds the line with the names among the first of a file: `#TYPE …` and `sep=;` may stand before it.
  /// - Returns: nil where no line names a time of creation.
  static func find(path: InputPath) throws -> CSVHeader? {
    for separator in [",", ";", "\t", "|"].compactMap({ Character($0).asciiValue }) {
      let reader = try CSVRowReader(path: path, separator: separator)
      for _ in 0..<3 {
        guard case .piece(let row, _)? = try reader.next() else { break }
        let header = CSVHeader(row, separator)
        if header["createdtime"] != nil { return header }
      }
    }
    return nil
  }

  private init(_ row: [String], _ separator: UInt8) {
    self.separator = separator
    names = row.map { $0.trimmed.lowercased() }
    columns = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The number of a column.
  subscript(name: String) -> Int? { columns[name] }

  /// Whether a row is this line itself.
  func isHeader(_ row: [String]) -> Bool { row.map { $0.trimmed.lowercased() } == names }

  /// What keeps a row from fitting under this line; nil where it fits. Some programs leave empty fields at its end out.
  func misfit(_ row: [String], hasLineEnd: Bool) -> String? {
    if row.dropFirst(names.count).contains(where: { !$0.trimmed.isEmpty }) {
      return "\(row.count) fields under \(names.count) names: a separator stands in a text without quotes"
    }
    return row.count < names.count && !hasLineEnd ? "the file ends inside this row" : nil
  }

  /// The text of the first of these columns that is there and set.
  func text(_ row: [String], _ names: String...) -> String? {
    for name in names {
      guard let column = columns[name], column < row.count else { continue }
      let text = String(row[column].trimmed)
      // What Export-Csv writes for an object is its class: the value is lost.
      if !text.isEmpty, !text.hasPrefix("VMware.Vim."), text != "System.Object[]" { return text }
    }
    return nil
  }
}

extension StringProtocol {
  /// Without the blanks around it.
  var trimmed: SubSequence {
    guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else {
      return self[startIndex..<startIndex]
    }
    return self[first...last]
  }
}
