/// A row of a tab: of a sheet or of a list.
struct SheetRow {
  /// What stands in a cell.
  enum Cell {
    case empty
    case text(String)
    /// One of the workbook's shared texts.
    case shared(ArraySlice<UInt8>)

    /// How long its text is, in bytes.
    var size: Int {
      switch self {
      case .empty: 0
      case .text(let text): text.utf8.count
      case .shared(let bytes): bytes.count
      }
    }

    /// Its text without the blanks around it; nil where nothing else is in it.
    var text: String? {
      let text =
        switch self {
        case .empty: ""
        case .text(let text): text
        case .shared(let bytes): String(decoding: bytes, as: UTF8.self)
        }
      let trimmed = text.trimmed
      return trimmed.isEmpty ? nil : trimmed.count == text.count ? text : String(trimmed)
    }
  }

  /// As the sheet numbers it; in a list its line.
  let number: Int
  var cells: [Cell]

  subscript(column: Int) -> Cell { column < cells.count ? cells[column] : .empty }

  /// A column as Excel names it: 0 is A.
  static func name(ofColumn column: Int) -> String {
    var (name, rest) = ("", column + 1)
    while rest > 0 {
      name = "\(Unicode.Scalar(UInt8(65 + (rest - 1) % 26)))" + name
      rest = (rest - 1) / 26
    }
    return name
  }
}
