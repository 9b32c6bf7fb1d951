/// The part of a workbook that holds one sheet. Its texts stand in their cells.
struct SheetWriter {
  static let space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

  private(set) var bytes: [UInt8] = []

  init(_ sheet: Workbook.Sheet) {
    write(#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"# + "\n")
    write(#"<worksheet xmlns="\#(Self.space)"><sheetData>"#)
    let columns = sheet.headings.indices.map(Self.name(ofColumn:))
    row(1, sheet.headings.map { .text($0) }, columns)
    for (index, cells) in sheet.rows.enumerated() { row(index + 2, cells, columns) }
    write("</sheetData></worksheet>")
  }

  private mutating func write(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func row(_ number: Int, _ cells: [Workbook.Cell], _ columns: [String]) {
    write(#"<row r="\#(number)">"#)
    for (column, cell) in zip(columns, cells) {
      switch cell {
      case .empty: break
      case .text(let text): self.text(text, "\(column)\(number)")
      case .flag(let flag): text(flag ? "True" : "False", "\(column)\(number)")
      case .date(let days): write(#"<c r="\#(column)\#(number)" s="\#(WorkbookParts.dateStyle)"><v>\#(days)</v></c>"#)
      case .number(let value):
        let whole = Int64(exactly: value)
        write(#"<c r="\#(column)\#(number)"><v>\#(whole.map { "\($0)" } ?? "\(value)")</v></c>"#)
      }
    }
    write("</row>")
  }

  private mutating func text(_ text: String, _ place: String) {
    let text = SheetText.cell(text)
    guard !text.isEmpty else { return }
    write(#"<c r="\#(place)" t="inlineStr"><is><t xml:space="preserve">\#(SheetText.escaped(text))</t></is></c>"#)
  }

  /// `A`, `Z`, `AA`
  private static func name(ofColumn index: Int) -> String {
    var (rest, name) = (index + 1, "")
    while rest > 0 {
      rest -= 1
      name = String(Character(Unicode.Scalar(UInt8(65 + rest % 26)))) + name
      rest /= 26
    }
    return name
  }
}
