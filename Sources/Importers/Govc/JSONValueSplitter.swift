internal import Foundation
internal import Inventory

/// Cuts a stream of JSON values into single ones, without reading what they say.
final class JSONValueSplitter {
  private let file: ChunkedFile
  private let path: InputPath
  private var buffer: [UInt8] = []
  private var start = 0
  private var place = 0
  private var depth = 0
  private var isInString = false
  private var isEscaped = false
  private var line = 1
  private var isAtEnd = false

  /// One object, or one array of properties; larger ones belong to other formats.
  private static let sizeLimit = 16 << 20

  init(path: InputPath) throws {
    self.path = path
    file = try ChunkedFile(path: path)
  }

  /// The next object or array; nil at the end of the file.
  /// - Throws: `failed` for a value that is too large.
  func next() throws -> ReadItem<Data>? {
    while true {
      if let item = scan() { return item }
      if isAtEnd { return finish() }
      if start > 0 {
        buffer.removeFirst(start)
        place -= start
        start = 0
      }
      guard buffer.count < Self.sizeLimit else {
        throw YadokariError(
          .failed, "\(path), line \(line): a value of more than \(Self.sizeLimit >> 20) MiB; export fewer properties")
      }
      if let data = try file.next() { buffer.append(contentsOf: data) } else { isAtEnd = true }
    }
  }

  private func scan() -> ReadItem<Data>? {
    while place < buffer.count {
      let byte = buffer[place]
      place += 1
      if isInString {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isInString = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isInString = true
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        if depth == 0, let broken = textBefore(place - 1) { return broken }
        depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if depth < 0 {
          depth = 0
          return .broken(reason: "a closing bracket without an opening one", line: advance(to: place))
        }
        if depth == 0 {
          let value = Data(buffer[start..<place])
          return .piece(value, line: advance(to: place))
        }
      default: break
      }
    }
    return nil
  }

  /// Steps over what stands before a value; anything but blanks, commas and a byte order mark is a broken piece.
  private func textBefore(_ end: Int) -> ReadItem<Data>? {
    let ink = buffer[start..<end].firstIndex { $0 > 0x20 && $0 != 0x2c && $0 != 0xef && $0 != 0xbb && $0 != 0xbf }
    if let ink { _ = advance(to: ink) }
    let begun = advance(to: end)
    guard ink != nil else { return nil }
    place = end
    return .broken(reason: "text outside of any value", line: begun)
  }

  private func finish() -> ReadItem<Data>? {
    guard buffer[start...].contains(where: { $0 > 0x20 }) else { return nil }
    let reason = depth > 0 ? "the file ends inside this value" : "text outside of any value"
    (depth, isInString) = (0, false)
    return .broken(reason: reason, line: advance(to: buffer.count))
  }

  private func advance(to end: Int) -> Int {
    let begun = line
    line += buffer[start..<end].reduce(0) { $0 + ($1 == 0x0a ? 1 : 0) }
    start = end
    return begun
  }
}
