internal import Foundation
internal import Inventory

/// Reads rows of separated values, after RFC 4180: fields in quotes may hold the separator, line breaks and doubled quotes.
final class CSVRowReader {
  private let file: ChunkedFile
  private let separator: UInt8
  private var buffer: [UInt8] = []
  private var start = 0
  private var line = 1
  private var isAtEnd = false

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
      guard let (end, next) = try endOfRow() else {
        guard start < buffer.count else { return nil }
        skipLine()
        return .broken(reason: "a quote that is not closed", line: begun)
      }
      let row = start..<end
      line += buffer[start..<next].reduce(0) { $0 + ($1 == 0x0a ? 1 : 0) }
      start = next
      if buffer[row].allSatisfy({ $0 == 0x20 || $0 == 0x0d }) {
        if start >= buffer.count, isAtEnd { return nil }
        continue
      }
      guard let fields = fields(row) else { return .broken(reason: "not UTF-8", line: begun) }
      return .piece(fields, line: begun)
    }
  }

  /// Where the row ends and the next begins; nil where a quote stays open.
  private func endOfRow() throws -> (end: Int, next: Int)? {
    var at = start
    // A quote counts where a field begins, and within one that began so: 5" is an inch.
    var (isQuoted, isPlain) = (false, false)
    while true {
      while at < buffer.count {
        let byte = buffer[at]
        if byte == UInt8(ascii: "\""), !isPlain {
          isQuoted.toggle()
        } else if byte == 0x0a, !isQuoted {
          return (at, at + 1)
        } else if !isQuoted {
          isPlain = byte != separator
        }
        at += 1
      }
      if isAtEnd { return isQuoted ? nil : (buffer.count, buffer.count) }
      guard buffer.count - start < Self.rowLimit else { return nil }
      let consumed = start
      buffer.removeFirst(consumed)
      start = 0
      at -= consumed
      if let data = try file.next() { buffer.append(contentsOf: data) } else { isAtEnd = true }
    }
  }

  /// Goes on behind the line in which the open quote stands.
  private func skipLine() {
    let end = buffer[start...].firstIndex(of: 0x0a) ?? buffer.count
    start = min(end + 1, buffer.count)
    line += 1
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
      } else if byte == 0x0d, at == row.upperBound - 1 {
        // The line ends in CRLF.
      } else {
        isPlain = !isQuoted
        field.append(byte)
      }
      at += 1
    }
    return flush() ? fields : nil
  }
}
