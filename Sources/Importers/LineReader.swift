internal import Foundation
internal import Inventory

/// Reads a text file line by line. A line ends in LF, CRLF or CR.
final class LineReader {
  /// One line, without its end.
  struct Line {
    /// Bytes that are no UTF-8 stand in it as U+FFFD.
    let text: String
    let number: Int
    let isUTF8: Bool
    /// Whether the file goes on behind it; the last line of a file that was cut has no end.
    let hasEnd: Bool
  }

  private let file: ChunkedFile
  private var buffer: [UInt8] = []
  private var start = 0
  private var number = 0
  private var isAtEnd = false
  private var isBehindReturn = false

  /// What of a longer line stands behind this is left out.
  private static let lineLimit = 1 << 20

  init(path: InputPath) throws { file = try ChunkedFile(path: path) }

  /// The next line; nil at the end of the file.
  func next() throws -> Line? {
    var kept: ArraySlice<UInt8>?
    while true {
      if isBehindReturn, start < buffer.count {
        if buffer[start] == 0x0a { start += 1 }
        isBehindReturn = false
      }
      if let end = buffer[start...].firstIndex(where: { $0 == 0x0a || $0 == 0x0d }) {
        isBehindReturn = buffer[end] == 0x0d
        defer { start = end + 1 }
        return line(kept ?? buffer[start..<end], hasEnd: true)
      }
      if buffer.count - start > Self.lineLimit {
        if kept == nil { kept = buffer[start..<(start + Self.lineLimit)] }
        start = buffer.count
      }
      if isAtEnd {
        defer { start = buffer.count }
        return kept == nil && start == buffer.count ? nil : line(kept ?? buffer[start...], hasEnd: false)
      }
      buffer.removeFirst(start)
      start = 0
      if let data = try file.next() { buffer.append(contentsOf: data) } else { isAtEnd = true }
    }
  }

  private func line(_ bytes: ArraySlice<UInt8>, hasEnd: Bool) -> Line {
    number += 1
    let text = String(validating: bytes, as: UTF8.self)
    return Line(
      text: text ?? String(decoding: bytes, as: UTF8.self), number: number, isUTF8: text != nil, hasEnd: hasEnd)
  }
}
