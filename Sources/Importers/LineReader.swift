internal import Foundation
internal import Inventory

/// Reads a text file line by line.
final class LineReader {
  private let file: ChunkedFile
  private var buffer: [UInt8] = []
  private var start = 0
  private var number = 0
  private var isAtEnd = false

  /// What of a longer line stands behind this is left out.
  private static let lineLimit = 1 << 20

  init(path: InputPath) throws { file = try ChunkedFile(path: path) }

  /// The next line without its end, and its number; nil at the end of the file. Bytes that are no UTF-8 become U+FFFD.
  func next() throws -> (line: String, number: Int)? {
    var kept: ArraySlice<UInt8>?
    while true {
      if let end = buffer[start...].firstIndex(of: 0x0a) {
        defer { start = end + 1 }
        return line(kept ?? buffer[start..<end])
      }
      if buffer.count - start > Self.lineLimit {
        if kept == nil { kept = buffer[start..<(start + Self.lineLimit)] }
        start = buffer.count
      }
      if isAtEnd {
        defer { start = buffer.count }
        return kept == nil && start == buffer.count ? nil : line(kept ?? buffer[start...])
      }
      buffer.removeFirst(start)
      start = 0
      if let data = try file.next() { buffer.append(contentsOf: data) } else { isAtEnd = true }
    }
  }

  private func line(_ bytes: ArraySlice<UInt8>) -> (String, Int) {
    number += 1
    return (String(decoding: bytes.last == 0x0d ? bytes.dropLast() : bytes, as: UTF8.self), number)
  }
}
