internal import Inventory

/// A tab to read, whether it is a sheet or a list of its own.
struct TabSource {
  /// What it is called in messages, such as `sheet vInfo`.
  let place: String
  /// Nil for one that is not read.
  let tab: RVToolsTab?
  /// Its name, for those that are not read.
  let name: String
  let isList: Bool
  /// Gives the rows until `body` has seen enough and says false.
  let forEachRow: (_ body: (ReadItem<SheetRow>) throws -> Bool) throws -> Void
}

extension TabSource {
  /// A sheet of a workbook: its name tells the tab, or its headings do.
  init(_ sheet: Workbook.Sheet, of workbook: Workbook) throws {
    var tab = RVToolsTab(name: sheet.name)
    if tab == nil {
      try workbook.forEachRow(of: sheet) { row in
        tab = RVToolsTab(headings: row)
        return false
      }
    }
    self.init(place: "sheet \(sheet.name)", tab: tab, name: sheet.name, isList: false) { body in
      try workbook.forEachRow(of: sheet) { try body(.piece($0, line: $0.number)) }
    }
  }

  /// A list: nil where it is none of RVTools.
  init?(list path: InputPath) throws {
    let name = path.name.split(separator: "/").last.map(String.init) ?? path.name
    let heads = try CSVHeader.separators.compactMap { separator in
      try Self.firstRow(of: path, separator).map { (separator, $0) }
    }
    // Under a wrong separator a row is one field.
    guard let (separator, head) = heads.max(by: { $0.1.cells.count < $1.1.cells.count }) else { return nil }
    let isNamed = RVToolsTab.isList(named: name)
    let tab = (isNamed ? RVToolsTab(name: name) : nil) ?? RVToolsTab(headings: head)
    guard isNamed || tab != nil else { return nil }
    self.init(place: name, tab: tab, name: name, isList: true) { body in
      let reader = try CSVRowReader(path: path, separator: separator)
      while let item = try reader.next() {
        let isWanted =
          switch item {
          case .broken(let reason, let line): try body(.broken(reason: reason, line: line))
          case .piece(let fields, let line): try body(Self.row(fields, line, hasLineEnd: reader.hasLineEnd, of: head))
          }
        if !isWanted { return }
      }
    }
  }

  private static func firstRow(of path: InputPath, _ separator: UInt8) throws -> SheetRow? {
    guard case .piece(let fields, let line)? = try CSVRowReader(path: path, separator: separator).next() else { return nil }
    return SheetRow(number: line, cells: fields.map { .text($0) })
  }

  /// A row of a list, unless it cannot be one under these headings.
  private static func row(_ fields: [String], _ line: Int, hasLineEnd: Bool, of head: SheetRow) -> ReadItem<SheetRow> {
    if fields.dropFirst(head.cells.count).contains(where: { !$0.trimmed.isEmpty }) {
      return .broken(
        reason: "\(fields.count) fields under \(head.cells.count) headings: a separator stands in a text without quotes",
        line: line)
    }
    if fields.count < head.cells.count, !hasLineEnd { return .broken(reason: "the file ends inside this row", line: line) }
    return .piece(SheetRow(number: line, cells: fields.map { .text($0) }), line: line)
  }
}
