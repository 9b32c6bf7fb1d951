internal import Foundation
internal import Inventory

/// Cuts a stream of JSON values into single ones, without reading what they say.
///
/// Lists of whole objects such as `{"virtualMachines":[…]}` are cut into their elements: they are as long as inventories.
final class JSONValueSplitter {
  private enum Position { case stream, list, array, afterList }

  /// The name, in lower case, of the list that the last piece stood in, or that was entered and was empty; nil for a value
  /// that stands in none.
  private(set) var list: String?
  private let file: ChunkedFile
  private let path: InputPath
  private var buffer: [UInt8] = []
  private var start = 0
  private var place = 0
  private var depth = 0
  private var position = Position.stream
  private var isInString = false
  private var isEscaped = false
  /// Whether a string of the value ran into the end of its line, which no string may.
  private var isDamaged = false
  private var line = 1
  private var isAtEnd = false

  /// One object, or one array of properties; larger ones belong to other formats.
  private static let sizeLimit = 16 << 20
  /// The lists that `govc` prints, older ones with a capital letter.
  static let lists: Set<String> = ["virtualmachines", "hostsystems", "datastores", "elements"]

  private let cutsArrays: Bool
  private let listNames: Set<String>

  /// - Parameters:
  ///   - cuttingArrays: whether an array at the top level is cut into its elements, too.
  ///   - lists: the names of lists that are cut, in lower case.
  init(path: InputPath, cuttingArrays: Bool = false, lists: Set<String> = JSONValueSplitter.lists) throws {
    self.path = path
    (cutsArrays, listNames) = (cuttingArrays, lists)
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
        } else if byte == 0x0a {
          (isInString, isDamaged) = (false, true)
        }
        continue
      }
      if isDamaged, byte == UInt8(ascii: "{"), let broken = damagedPiece() { return broken }
      switch byte {
      case UInt8(ascii: "\""): isInString = true
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        if depth == 0, let broken = textBefore(place - 1) { return broken }
        if depth == 0, position == .stream { list = nil }
        if depth == 0, position == .stream, cutsArrays, byte == UInt8(ascii: "[") {
          position = .array
          _ = advance(to: place)
        } else if depth == 1, position == .stream, byte == UInt8(ascii: "["), let name = listName(before: place - 1) {
          (list, position, depth) = (name, .list, 0)
          _ = advance(to: place)
        } else {
          depth += 1
        }
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if let item = close(byte) { return item }
      default: break
      }
    }
    return nil
  }

  /// What stands before a bracket at the beginning of a line, where a value with an open quote may well have ended: it
  /// costs no other.
  private func damagedPiece() -> ReadItem<Data>? {
    guard position == .stream, depth > 0, place - 1 > start, buffer[place - 2] == 0x0a else { return nil }
    place -= 1
    (depth, isDamaged) = (0, false)
    return .broken(reason: "a quote that is not closed", line: advance(to: place))
  }

  /// Goes one level out; gives the piece that ends there.
  private func close(_ bracket: UInt8) -> ReadItem<Data>? {
    if depth > 0 {
      depth -= 1
      guard depth == 0 else { return nil }
      isDamaged = false
      if position == .afterList {
        position = .stream
        _ = advance(to: place)
        return nil
      }
      let value = Data(buffer[start..<place])
      return .piece(value, line: advance(to: place))
    }
    if let broken = textBefore(place - 1) { return broken }
    if position == .array, bracket == UInt8(ascii: "]") {
      position = .stream
      _ = advance(to: place)
      return nil
    }
    guard position == .list, bracket == UInt8(ascii: "]") else {
      return .broken(reason: "a closing bracket without an opening one", line: advance(to: place))
    }
    (position, depth) = (.afterList, 1)
    _ = advance(to: place)
    return nil
  }

  /// The name of the list that begins at `open`: the key before it, if it is one of ours.
  private func listName(before open: Int) -> String? {
    func skippingBlanks(_ end: Int) -> Int { buffer[start..<end].lastIndex { $0 > 0x20 } ?? start }
    let colon = skippingBlanks(open)
    guard buffer[colon] == UInt8(ascii: ":") else { return nil }
    let end = skippingBlanks(colon)
    guard buffer[end] == UInt8(ascii: "\""),
      let begin = buffer[max(start, end - 20)..<end].lastIndex(of: UInt8(ascii: "\""))
    else { return nil }
    let name = String(decoding: buffer[(begin + 1)..<end], as: UTF8.self).lowercased()
    return listNames.contains(name) ? name : nil
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
    let isInList = position != .stream
    guard isInList || buffer[start...].contains(where: { $0 > 0x20 }) else { return nil }
    let isInValue = depth > 0 && position != .afterList
    let reason =
      isInValue
      ? "the file ends inside this value" : isInList ? "the file ends inside its list" : "text outside of any value"
    (depth, isInString, position) = (0, false, .stream)
    // After the comma that an element ends with the next one is missing.
    _ = buffer[start...].firstIndex { $0 > 0x20 && $0 != 0x2c }.map { advance(to: $0) }
    return .broken(reason: reason, line: advance(to: buffer.count))
  }

  private func advance(to end: Int) -> Int {
    let begun = line
    line += buffer[start..<end].reduce(0) { $0 + ($1 == 0x0a ? 1 : 0) }
    start = end
    return begun
  }
}
