internal import Inventory

/// Reads an export of RVTools: a workbook, or the lists of its tabs.
struct RVToolsReader {
  /// Whether a workbook has a tab of RVTools.
  static func recognises(workbook path: InputPath) throws -> Bool {
    let workbook = try Workbook(path: path)
    return try workbook.sheets.contains { try TabSource($0, of: workbook).tab != nil }
  }

  /// Reads a workbook.
  /// - Returns: an inventory for each vCenter whose rows it holds.
  static func inventories(of path: InputPath, _ report: FileReport) throws -> [ListedPart] {
    let workbook = try Workbook(path: path)
    return try read(try workbook.sheets.map { try TabSource($0, of: workbook) }, report, created: workbook.created)
  }

  /// Reads the lists of one export.
  static func inventories(ofLists paths: [InputPath], _ report: FileReport) throws -> [ListedPart] {
    try read(try paths.compactMap { try TabSource(list: $0) }, report, created: nil)
  }

  /// - Throws: `failed` where no tab says anything.
  private static func read(
    _ sources: [TabSource], _ report: FileReport, created: String?
  ) throws -> [ListedPart] {
    var collectors = RVToolsCollectors(report, created: created)
    var seen: [RVToolsTab: String] = [:]
    for tab in RVToolsTab.allCases {
      for source in sources where source.tab == tab {
        if let other = seen.updateValue(source.place, forKey: tab) {
          throw YadokariError(
            .failed,
            "\(report.path): \(other) and \(source.place) are both a \(tab.rawValue); put each export into a folder, or a "
              + "workbook, of its own")
        }
        try read(source, tab, into: &collectors)
      }
    }
    let parts = try collectors.finish(otherTabs: sources.filter { $0.tab == nil }.map(\.name))
    if parts.allSatisfy({ $0.inventory.isEmpty && $0.report.skippedCount == 0 }) {
      let tabs = sources.map(\.name).joined(separator: ", ")
      throw YadokariError(
        .failed, "\(report.path) lists no cluster, host, datastore or VM: that is no data (it has \(tabs)); export again")
    }
    return parts
  }

  private static func read(_ source: TabSource, _ tab: RVToolsTab, into collectors: inout RVToolsCollectors) throws {
    var header: TabHeader?
    try source.forEachRow { item in
      switch item {
      case .broken(let reason, let line): collectors.setAside(source.place, row: line, reason)
      case .piece(let row, _):
        if let header {
          try collectors.take(TabRow(header: header, row: row, isList: source.isList), at: source.place)
          return true
        }
        let found = TabHeader(row, tab)
        header = found
        guard found.keyColumn != nil else {
          // Old versions tell there what nobody needs.
          if tab == .vMetaData { return false }
          let wanted = tab.keys.map { "\"\($0)\"" }.joined(separator: " or ")
          collectors.setAside(
            source.place, row: row.number,
            "\(found.firstCell), and no heading \(wanted): all of it was set aside; put the heading back, or export again")
          return false
        }
        collectors.begin(tab)
      }
      return true
    }
  }
}
