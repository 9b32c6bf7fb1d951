package import Inventory

/// A workbook as Excel and LibreOffice read it: sheets of texts and numbers.
package struct Workbook: Sendable {
  /// What stands in a cell.
  package enum Cell: Sendable, Equatable {
    case text(String)
    case number(Double)
    /// `True` or `False`, as RVTools writes it.
    case flag(Bool)
    /// A time of a clock on some wall, in days since 30 December 1899.
    case date(Double)
    /// What is not known.
    case empty
  }

  /// A sheet whose first row is its headings.
  package struct Sheet: Sendable {
    package let name: String
    package let headings: [String]
    package var rows: [[Cell]]

    package init(name: String, headings: [String], rows: [[Cell]]) {
      (self.name, self.headings, self.rows) = (name, headings, rows)
    }
  }

  /// When it was made, as its properties say.
  package let created: Instant
  package let sheets: [Sheet]

  package init(created: Instant, sheets: [Sheet]) { (self.created, self.sheets) = (created, sheets) }

  /// The file, the same for the same content.
  /// - Throws: `refused` for more rows than a sheet can have, or more bytes than such an archive.
  package func bytes() throws -> [UInt8] {
    for sheet in sheets where sheet.rows.count >= Self.rowLimit {
      throw YadokariError(
        .refused,
        "sheet \(sheet.name) has \(sheet.rows.count) rows, no sheet may have \(Self.rowLimit); narrow what is asked for")
    }
    var archive = ZipWriter()
    let parts = WorkbookParts(self)
    for (name, text) in parts.fixed { try archive.add(name, Array(text.utf8)) }
    for (index, sheet) in sheets.enumerated() {
      try archive.add("xl/worksheets/sheet\(index + 1).xml", SheetWriter(sheet).bytes)
    }
    return archive.finished()
  }

  /// With the row of the headings.
  private static let rowLimit = 1_048_576
}
