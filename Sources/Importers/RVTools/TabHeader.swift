internal import Inventory

/// The columns of a tab by their headings, whatever their order, case and unit: `MB` of old versions is what `MiB` is now.
struct TabHeader {
  let tab: RVToolsTab
  private let columns: [String: Int]
  /// How many columns have a heading or one behind them.
  let count: Int
  /// The column that names what a row is about; nil where its heading is missing.
  let keyColumn: Int?
  /// What stands where it should be, such as `cell A1: "NEXT Data Center"`.
  let firstCell: String

  /// No heading is longer, in bytes.
  private static let headingLimit = 256

  /// Where the columns of a VM's place stand behind those that a person defined, which may have the same names.
  private static let lastOfTheirName: Set<String> = ["datacenter", "cluster", "host", "vmid", "vmuuid"]

  init(_ row: SheetRow, _ tab: RVToolsTab) {
    self.tab = tab
    count = row.cells.count
    var columns: [String: Int] = [:]
    for (column, cell) in row.cells.enumerated() where cell.size <= Self.headingLimit {
      guard let text = cell.text else { continue }
      let name = Self.canonical(text, in: tab)
      if columns[name] == nil || (tab.isAboutVMs || tab == .vInfo) && Self.lastOfTheirName.contains(name) {
        columns[name] = column
      }
    }
    self.columns = columns
    keyColumn = tab.keys.lazy.compactMap { columns[Self.canonical($0, in: tab)] }.first
    let first = row.cells.firstIndex { $0.size > 0 } ?? 0
    let text = row[first].size <= Self.headingLimit ? row[first].text ?? "" : "…"
    firstCell = "cell \(SheetRow.name(ofColumn: first))\(row.number): \"\(text)\""
  }

  func has(_ heading: String) -> Bool { columns[Self.canonical(heading, in: tab)] != nil }

  subscript(heading: String) -> Int? { columns[Self.canonical(heading, in: tab)] }

  /// A heading without what differs between versions: blanks, signs but # and %, case, unit, the tab's name before it.
  static func canonical(_ heading: String, in tab: RVToolsTab) -> String {
    var name = heading.lowercased().filter { $0.isLetter || $0.isNumber || $0 == "#" || $0 == "%" }
    let prefix = tab.rawValue.lowercased()
    let isSecondNaming = name.hasPrefix(prefix) && name.count > prefix.count
    if isSecondNaming { name.removeFirst(prefix.count) }
    for unit in ["mib", "mb"] where name.hasSuffix(unit) && name.count > unit.count {
      name.removeLast(unit.count)
      break
    }
    return isSecondNaming ? tab.secondNames[name] ?? name : name
  }
}
