import Foundation
import Inventory
import TestSupport
import Testing

@testable import Importers
@testable import Reports

/// Workbooks, read back by the reader of workbooks.
@Suite struct WorkbookTests {
  private let made = Instant(microseconds: 1_790_000_000_654_321)

  private func sheet(_ name: String, _ headings: [String], _ rows: [[Reports.Workbook.Cell]]) -> Reports.Workbook.Sheet {
    Reports.Workbook.Sheet(name: name, headings: headings, rows: rows)
  }

  private func read(
    _ sheets: [Reports.Workbook.Sheet]
  ) throws -> (names: [String], created: String?, cells: [[[String?]]]) {
    let folder = try ScratchFolder()
    let path = folder.path("made.xlsx")
    try Data(Reports.Workbook(created: made, sheets: sheets).bytes()).write(to: URL(fileURLWithPath: path))
    let workbook = try Importers.Workbook(path: InputPath(path))
    let cells = try workbook.sheets.map { sheet in
      var rows: [[String?]] = []
      try workbook.forEachRow(of: sheet) { row in
        rows.append(row.cells.map(\.text))
        return true
      }
      return rows
    }
    return (workbook.sheets.map(\.name), workbook.created, cells)
  }

  @Test func whatIsWrittenIsReadBack() throws {
    let headings = (0..<30).map { "column \($0)" }
    let wide = headings.indices.map { Reports.Workbook.Cell.number(Double($0) / 4) }
    let found = try read([
      sheet("vInfo", headings, [wide]),
      sheet("a & b", ["VM", "Free % "], [[.text("<&>\"' ünï 日本 😀"), .flag(true)], [.text("x"), .empty], [.flag(false)]]),
    ])
    #expect(found.names == ["vInfo", "a & b"] && found.created == "2026-09-21T14:13:20Z")
    #expect(found.cells[0][0] == headings)
    #expect(found.cells[0][1].compactMap { $0.flatMap(Double.init) } == headings.indices.map { Double($0) / 4 })
    #expect(found.cells[0][1][8] == "2" && found.cells[0][1][27] == "6.75")
    #expect(found.cells[1][1...].map { $0.compactMap(\.self) } == [["<&>\"' ünï 日本 😀", "True"], ["x"], ["False"]])
  }

  @Test func whatNoWorkbookCanHoldIsLeftOut() throws {
    let long = String(repeating: "👩‍👩‍👧", count: 10_000)
    let found = try read([
      sheet(
        "a/b[c]:*?\\ and much more than fits", ["\u{1}A\u{7f}\u{fffe}"], [[.text("a\u{0}b\u{1b}c\nd\re")], [.text(long)]])
    ])
    #expect(found.names == ["abc and much more than fits"])
    #expect(found.cells[0][0] == ["A"] && found.cells[0][1] == ["abc\nde"])
    let cut = try #require(found.cells[0][2][0])
    #expect(cut.utf16.count <= 32_767 && cut.utf16.count > 32_750 && long.hasPrefix(cut))
    #expect(SheetText.name(String(repeating: "x", count: 40)).count == 31)
  }

  @Test func noSheetIsLongerThanExcelReads() throws {
    let rows = Array(repeating: [Reports.Workbook.Cell.empty], count: 1_048_576)
    #expect { try Reports.Workbook(created: made, sheets: [sheet("vInfo", ["VM"], rows)]).bytes() } throws: {
      ($0 as? YadokariError)?.code == .refused
    }
  }

  /// The check value of CRC-32, and that of nothing.
  @Test func checksumsAreThoseOfZip() {
    #expect(ZipWriter.checksum(Array("123456789".utf8)) == 0xcbf4_3926 && ZipWriter.checksum([]) == 0)
  }
}
