internal import Foundation
internal import Inventory

/// Reads rows of separated values, after RFC 4180: fields in quotes may hold the separator, line breaks and doubled quotes.
/// A row ends in LF, CRLF or CR.
final class CSVRowReader {
  private let file: ChunkedFile
  private let separator: UInt8
  private var buffer: [UInt8] = []
  private var start = 0
  private var line = 1
  private var isAtEnd = false
  /// Whether the last row had a line end: where a file was cut, it has none.
  private(set) var hasLineEnd = true

  private enum RowEnd {
    case row(end: Int, next: Int)
    case broken(String)
  }

  /// The reason for a row that is no text, in a file of which nothing says that its encoding is another.
  static let notUTF8 = "not UTF-8"

  /// No event is as long: a quote that is never closed would take the rest of the file.
  private static let rowLimit = 1 << 20

  init(path: InputPath, separator: UInt8) throws {
    file = try ChunkedFile(path: path)
    self.separator = separator
  }

  /// The next row that is not blank; nil at the end.
  func next() throws -> ReadItem<[String]>? {
    while true {
      let begun = line
      let row: Range<Int>
      switch try endOfRow() {
      case .broken(let reason):
        skipLine()
        return .broken(reason: reason, line: begun)
      case .row(let end, let next):
        row = start..<end
        line += lines(in: start..<next)
        (start, hasLineEnd) = (next, next > end)
      }
      if buffer[row].allSatisfy({ $0 == 0x20 }) {
        if start >= buffer.count, isAtEnd { return nil }
        continue
      }
      guard let fields = fields(row) else {
        return .broken(reason: file.isTranscoded ? "no text in the encoding of the file" : Self.notUTF8, line: begun)
      }
      return .piece(fields, line: begun)
    }
  }

  /// Where the row ends and the next begins.
  private func endOfRow() throws -> RowEnd {
    var at = start
    // A quote counts where a field begins, and within one that began so: 5" is an inch.
    var (isQuoted, isPlain, isClosed) = (false, false, false)
    while true {
      scan: while at < buffer.count {
        let byte = buffer[at]
        if byte == UInt8(ascii: "\""), !isPlain {
          isQuoted.toggle()
          isClosed = !isQuoted
        } else if !isQuoted {
          if byte == 0x0a { return .row(end: at, next: at + 1) }
          if byte == 0x0d {
            if at + 1 == buffer.count, !isAtEnd { break scan }
            return .row(end: at, next: at + (at + 1 < buffer.count && buffer[at + 1] == 0x0a ? 2 : 1))
          }
          // The quote before it ended no field: one that opened earlier was never closed.
          if isClosed, byte != separator { return .broken("a quote that is not closed") }
          (isPlain, isClosed) = (byte != separator, false)
        }
        at += 1
      }
      if isAtEnd {
        return isQuoted ? .broken("a quote that is not closed") : .row(end: buffer.count, next: buffer.count)
      }
      guard buffer.count - start < Self.rowLimit else { return .broken("a row of more than a megabyte") }
      let consumed = start
      buffer.removeFirst(consumed)
      start = 0
      at -= consumed
      if let data = try file.next() { buffer.append(contentsOf: data) } else { isAtEnd = true }
    }
  }

  /// Goes on behind the line in which the broken row begins.
  private func skipLine() {
    let end = buffer[start...].firstIndex { $0 == 0x0a || $0 == 0x0d } ?? buffer.count
    let isPair = end + 1 < buffer.count && buffer[end] == 0x0d && buffer[end + 1] == 0x0a
    start = min(end + (isPair ? 2 : 1), buffer.count)
    line += 1
  }

  private func lines(in range: Range<Int>) -> Int {
    var count = 0
    for at in range where buffer[at] == 0x0a || (buffer[at] == 0x0d && (at + 1 == buffer.count || buffer[at + 1] != 0x0a)) {
      count += 1
    }
    return count
  }

  private func fields(_ row: Range<Int>) -> [String]? {
    var fields: [String] = []
    var field: [UInt8] = []
    var (isQuoted, isPlain) = (false, false)
    var at = row.lowerBound
    func flush() -> Bool {
      isPlain = false
      guard let text = String(validating: field, as: UTF8.self) else { return false }
      fields.append(text)
      field.removeAll(keepingCapacity: true)
      return true
    }
    while at < row.upperBound {
      let byte = buffer[at]
      if byte == UInt8(ascii: "\""), !isPlain {
        let isDoubled = isQuoted && at + 1 < row.upperBound && buffer[at + 1] == byte
        if isDoubled {
          field.append(byte)
          at += 1
        } else {
          isQuoted.toggle()
        }
      } else if byte == separator, !isQuoted {
        guard flush() else { return nil }
      } else {
        isPlain = !isQuoted
        field.append(byte)
      }
      at += 1
    }
    return flush() ? fields : nil
  }
}
