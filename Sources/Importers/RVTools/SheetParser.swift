internal import Inventory

/// Gives the rows of a sheet one by one, their cells at the places that their references name.
final class SheetParser: XMLPartHandler {
  private let strings: SharedStrings
  /// What the sheet is called in messages.
  private let place: String
  private let take: (SheetRow) throws -> Bool

  private(set) var isDone = false
  private var row = SheetRow(number: 0, cells: [])
  private var rows = 0
  private var column = -1
  private var kind = ""
  private var bytes: [UInt8] = []
  private var isInCell = false
  private var isInText = false
  private var isPhonetic = false

  /// Excel's own limits.
  private static let rowLimit = 1_048_576
  private static let columnLimit = 16_384
  /// Longer than any text that Excel keeps in a cell, in bytes.
  private static let textLimit = 1 << 17

  /// - Parameter take: takes a row in which something stands; false where it has seen enough.
  init(strings: SharedStrings, place: String, take: @escaping (SheetRow) throws -> Bool) {
    (self.strings, self.place, self.take) = (strings, place, take)
  }

  func start(_ name: XMLName, _ attributes: XMLAttributes) throws {
    switch name {
    case "row":
      row = SheetRow(number: attributes["r"].flatMap { Int($0) } ?? row.number + 1, cells: [])
      column = -1
      rows += 1
      guard rows <= Self.rowLimit else { throw problem("more than \(Self.rowLimit) rows; no sheet of Excel has so many") }
    case "c":
      try moveOn(to: attributes["r"])
      kind = attributes["t"] ?? "n"
      bytes.removeAll(keepingCapacity: true)
      isInCell = true
    case "v", "t": isInText = isInCell && !isPhonetic
    case "rPh": isPhonetic = true
    default: break
    }
  }

  func end(_ name: XMLName) throws {
    switch name {
    case "v", "t": isInText = false
    case "rPh": isPhonetic = false
    case "c":
      isInCell = false
      let cell = try cell()
      if case .empty = cell { break }
      while row.cells.count <= column { row.cells.append(.empty) }
      row.cells[column] = cell
    case "row":
      if !row.cells.isEmpty { isDone = try !take(row) }
    default: break
    }
  }

  func text(_ text: UnsafeBufferPointer<UInt8>) throws {
    guard isInText else { return }
    bytes.append(contentsOf: text)
    guard bytes.count <= Self.textLimit else { throw problem("a text of more than \(Self.textLimit >> 10) KiB") }
  }

  /// The column that a reference such as `AB12` names; without one it is the next.
  private func moveOn(to reference: String?) throws {
    column += 1
    if let reference {
      var number = 0
      for byte in reference.utf8 {
        guard (65...90).contains(byte & 0xdf), number < Self.columnLimit else { break }
        number = number * 26 + Int(byte & 0xdf) - 64
      }
      if number > 0 { column = number - 1 }
    }
    guard column < Self.columnLimit else {
      throw YadokariError(
        .failed, "\(place), row \(row.number): a cell beyond column XFD, the last of Excel; save the workbook again")
    }
  }

  private func cell() throws -> SheetRow.Cell {
    guard !bytes.isEmpty else { return .empty }
    switch kind {
    case "s":
      guard let number = Int(String(decoding: bytes, as: UTF8.self)), let text = strings[number] else {
        throw problem("it names a shared text that the workbook does not have")
      }
      return text.isEmpty ? .empty : .shared(text)
    case "b": return .text(bytes.elementsEqual("0".utf8) ? "False" : "True")
    // An error such as #N/A says that nobody knows.
    case "e": return .empty
    default: return .text(String(decoding: bytes, as: UTF8.self))
    }
  }

  private func problem(_ words: String) -> YadokariError {
    YadokariError(
      .failed,
      "\(place), cell \(SheetRow.name(ofColumn: max(0, column)))\(row.number): \(words); open the workbook in Excel and "
        + "save it again")
  }
}
