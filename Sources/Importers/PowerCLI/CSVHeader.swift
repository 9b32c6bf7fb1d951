internal import Inventory

/// The columns of a list, by what they are: whatever their order, their case and what a script called them.
struct CSVHeader {
  let separator: UInt8
  /// Names in the order of the file, in lower case.
  let names: [String]
  private let canonical: [String: Int]
  private let columns: [ListColumn: Int]

  /// The separators that lists have.
  static let separators = [",", ";", "\t", "|"].compactMap { Character($0).asciiValue }
  /// `#TYPE …` and `sep=;` may stand before the names.
  private static let linesBefore = 2

  /// Finds the line with the names among the first of a file.
  /// - Parameter choice: what a person says of the columns.
  /// - Returns: nil where no line names what a list of events or of moves needs.
  /// - Throws: `usage` where a person names a column that is not there.
  static func find(path: InputPath, _ choice: ColumnChoice?) throws -> CSVHeader? {
    for separator in separators {
      let reader = try CSVRowReader(path: path, separator: separator)
      for _ in 0...linesBefore {
        guard case .piece(let row, _)? = try reader.next() else { break }
        let header = CSVHeader(row, separator, choice)
        if header.isMoves || header.isEvents { return header }
      }
    }
    guard let choice else { return nil }
    let names = try Self.columns(of: path) ?? []
    let known = Set(names.map(ListColumn.canonical))
    let missing = ListColumn.allCases.compactMap(choice.name).filter { !known.contains(ListColumn.canonical($0)) }
    let said =
      missing.isEmpty
      ? "--columns has to name time, and message or vm with source_host or target_host"
      : "it has no column " + missing.map { "\"\($0)\"" }.joined(separator: ", ")
    throw YadokariError(.usage, "\(path): \(said); its columns are \(Self.listed(names))")
  }

  /// The names of the columns of a file that looks like a list: its first line has several, and the next has as many.
  static func columns(of path: InputPath) throws -> [String]? {
    for separator in separators {
      let reader = try CSVRowReader(path: path, separator: separator)
      var rows: [[String]] = []
      while rows.count < 2, case .piece(let row, _)? = try reader.next() {
        if rows.isEmpty, row.count == 1, row[0].hasPrefix("#TYPE") || row[0].hasPrefix("sep=") { continue }
        rows.append(row)
      }
      guard let first = rows.first, first.count > 1, rows.count == 1 || rows[1].count == first.count else { continue }
      if first.allSatisfy({ !$0.trimmed.isEmpty && $0.utf8.count < 256 }) { return first.map { String($0.trimmed) } }
    }
    return nil
  }

  /// Names of columns for a message.
  static func listed(_ names: [String]) -> String {
    names.prefix(40).map { "\"\($0)\"" }.joined(separator: ", ") + (names.count > 40 ? ", …" : "")
  }

  private init(_ row: [String], _ separator: UInt8, _ choice: ColumnChoice?) {
    self.separator = separator
    names = row.map { $0.trimmed.lowercased() }
    canonical = Dictionary(
      names.enumerated().map { (ListColumn.canonical($1), $0) }, uniquingKeysWith: { first, _ in first })
    var columns: [ListColumn: Int] = [:]
    for column in ListColumn.allCases {
      let chosen = choice?.name(of: column).map { [ListColumn.canonical($0)] }
      columns[column] = (chosen ?? column.names).lazy.compactMap { [canonical] in canonical[$0] }.first
    }
    // Scripts that write of moves alone call the VM by its name.
    let hasHosts = columns[.sourceHost] != nil || columns[.targetHost] != nil
    if columns[.vm] == nil, hasHosts, choice?.name(of: .vm) == nil { columns[.vm] = canonical["name"] }
    // Without the end the beginning is what is known.
    if columns[.time] == nil, let start = columns[.start] {
      columns[.time] = start
      if columns[.duration] == nil { columns[.start] = nil }
    }
    self.columns = columns
  }

  /// Whether it is that of a list of moves, as "motion history" scripts write it.
  var isMoves: Bool {
    guard has(.time), has(.vm), has(.sourceHost) || has(.targetHost) else { return false }
    return !has(.message) || canonical["srcvmhost"] != nil || canonical["tgtvmhost"] != nil
  }

  /// Whether it is that of events.
  var isEvents: Bool { has(.time) && has(.message) && !isMoves }

  func has(_ column: ListColumn) -> Bool { columns[column] != nil }

  /// What the file calls a column.
  func name(of column: ListColumn) -> String { columns[column].map { names[$0] } ?? column.rawValue }

  func index(of column: ListColumn) -> Int? { columns[column] }

  /// The column of a name.
  func index(of name: String) -> Int? { canonical[name] }

  /// The columns that a person chose, or that have one of the names, of several kinds.
  func indices(of kinds: [ListColumn]) -> Set<Int> {
    Set(kinds.flatMap { kind in kind.names.compactMap { canonical[$0] } + [columns[kind]].compactMap(\.self) })
  }

  /// Whether a row is this line itself.
  func isHeader(_ row: [String]) -> Bool { row.map { $0.trimmed.lowercased() } == names }

  /// What keeps a row from fitting under this line; nil where it fits. Some programs leave empty fields at its end out.
  func misfit(_ row: [String], hasLineEnd: Bool) -> String? {
    Self.misfit(row, under: names.count, hasLineEnd: hasLineEnd)
  }

  /// The same under a number of names.
  static func misfit(_ row: [String], under count: Int, hasLineEnd: Bool) -> String? {
    if row.dropFirst(count).contains(where: { !$0.trimmed.isEmpty }) {
      return "\(row.count) fields under \(count) names: a separator stands in a text without quotes"
    }
    return row.count < count && !hasLineEnd ? "the file ends inside this row" : nil
  }

  /// The text in a column; nil where it is not set, or there is no such column. Of several columns that may be it, the first
  /// that is set counts.
  func text(_ row: [String], _ column: ListColumn) -> String? {
    if let index = columns[column], let text = Self.text(row, at: index) { return text }
    return column.names.lazy.compactMap { canonical[$0] }.compactMap { Self.text(row, at: $0) }.first
  }

  /// The text in the column of a name.
  func text(_ row: [String], named name: String) -> String? { canonical[name].flatMap { Self.text(row, at: $0) } }

  static func text(_ row: [String], at index: Int) -> String? {
    guard index < row.count else { return nil }
    let text = String(row[index].trimmed)
    // What Export-Csv writes for an object is its class: the value is lost.
    return text.isEmpty || text.hasPrefix("VMware.Vim.") || text == "System.Object[]" ? nil : text
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
