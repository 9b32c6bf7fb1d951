internal import Foundation
internal import Inventory
internal import Reports

/// A report's tables on their way into a folder: all of them are written, or none.
struct TableFiles {
  private let tables: [Report.Table]
  private let csv: CSV

  init(_ tables: [Report.Table], _ csv: CSV) {
    self.tables = tables
    self.csv = csv
  }

  /// Makes the folder where it is missing.
  /// - Throws: `conflict` where a file of the name of one of the tables is there; `notFound` where there is no place for the
  ///   folder.
  func write(to folder: String) throws {
    guard FileManager.default.fileExists(atPath: folder) else {
      let name = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
      try NewFile(name).write { part in
        try FileManager.default.createDirectory(atPath: part, withIntermediateDirectories: false)
        for table in tables { try NewFile.fill(path(table, in: part)) { try write(table, to: $0) } }
      }
      return
    }
    let files = try tables.map { try NewFile(path($0, in: folder)) }
    var written: [String] = []
    do {
      for (table, file) in zip(tables, files) {
        try file.write { part in try NewFile.fill(part) { try write(table, to: $0) } }
        written.append(path(table, in: folder))
      }
    } catch {
      for path in written { try? FileManager.default.removeItem(atPath: path) }
      throw error
    }
  }

  private func path(_ table: Report.Table, in folder: String) -> String {
    (folder as NSString).appendingPathComponent("\(table.name).csv")
  }

  private func write(_ table: Report.Table, to output: Output) throws {
    try Renderer.render(table, as: csv) { try output.write($0) }
  }
}
