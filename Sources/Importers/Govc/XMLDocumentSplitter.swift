internal import Foundation
internal import Inventory

/// Cuts a row of XML documents without a root, as `govc events -xml` prints them, into single documents.
///
/// It follows tags only as far as it must to find where a document ends. One that breaks off is given up where the next
/// begins: at the left margin with a capital letter, as every event class does and no field inside one.
struct XMLDocumentSplitter {
  private let file: ChunkedFile
  private let path: InputPath
  private var buffer: [UInt8] = []
  /// Where the document begins, and up to where its tags were followed.
  private var start = 0
  private var place = 0
  /// Up to where the end of the comment or section at `place` was looked for in vain.
  private var searched = 0
  private var depth = 0
  private var line = 1
  private var isAtEnd = false

  /// A record larger than this is no event.
  private static let sizeLimit = 16 << 20
  /// A field that repeats becomes an array inside an object: JSON of twice this depth, which is to be read again.
  private static let depthLimit = 90
  private static let tagLimit = 1 << 16

  init(path: InputPath) throws {
    self.path = path
    file = try ChunkedFile(path: path)
  }

  /// The next document's bytes; nil at the end of the file.
  /// - Throws: `failed` for a document type declaration, or a record without end.
  mutating func next() throws -> ReadItem<ArraySlice<UInt8>>? {
    while true {
      if let item = try scan() { return item }
      if isAtEnd { return finish() }
      try readMore()
    }
  }

  private mutating func readMore() throws {
    if start > 0 {
      buffer.removeFirst(start)
      place -= start
      searched = max(0, searched - start)
      start = 0
    }
    guard buffer.count < Self.sizeLimit else {
      throw YadokariError(
        .failed,
        "\(path), line \(line): a record of more than \(Self.sizeLimit >> 20) MiB; is this the output of govc events -xml?"
      )
    }
    if let data = try file.next() { buffer.append(contentsOf: data) } else { isAtEnd = true }
  }

  /// Follows tags until a document is complete; nil where the buffer ends first.
  private mutating func scan() throws -> ReadItem<ArraySlice<UInt8>>? {
    while let open = index(of: UInt8(ascii: "<"), from: place) {
      if depth == 0 {
        if skipBlanks(to: open) { return .broken(reason: "text outside of any record", line: advance(to: open)) }
        _ = advance(to: open)
      }
      guard let (end, kind) = try tag(at: open) else {
        place = open
        return nil
      }
      searched = 0
      if kind == .opening || kind == .single, depth > 0, startsRecord(at: open) {
        depth = 0
        place = open
        return .broken(reason: "the record breaks off before the next one begins", line: advance(to: open))
      }
      place = end
      switch kind {
      case .other:
        if depth == 0 { _ = advance(to: end) }
        continue
      case .opening:
        depth += 1
        if depth > Self.depthLimit {
          throw YadokariError(
            .failed, "\(path), line \(line): tags nested deeper than \(Self.depthLimit); this is no event export")
        }
        continue
      case .single: break
      case .closing:
        depth -= 1
        if depth < 0 {
          depth = 0
          return .broken(reason: "an end tag without a beginning", line: advance(to: end))
        }
      }
      if depth == 0 {
        let document = buffer[start..<end]
        return .piece(document, line: advance(to: end))
      }
    }
    place = buffer.count
    return nil
  }

  private mutating func finish() -> ReadItem<ArraySlice<UInt8>>? {
    guard skipBlanks(to: buffer.count) else { return nil }
    let reason =
      depth > 0 || buffer[start...].contains(UInt8(ascii: "<"))
      ? "the file ends inside this record" : "text outside of any record"
    depth = 0
    return .broken(reason: reason, line: advance(to: buffer.count))
  }

  private enum Tag { case opening, closing, single, other }

  /// The end of the tag that begins at `open`, and what it is; nil where the buffer ends first.
  private mutating func tag(at open: Int) throws -> (end: Int, kind: Tag)? {
    guard open + 1 < buffer.count else { return nil }
    switch buffer[open + 1] {
    case UInt8(ascii: "?"): return end(of: "?>", from: open + 2).map { ($0, .other) }
    case UInt8(ascii: "!"):
      guard open + 9 <= buffer.count || isAtEnd else { return nil }
      if buffer[(open + 2)...].starts(with: "--".utf8) { return end(of: "-->", from: open + 4).map { ($0, .other) } }
      if buffer[(open + 2)...].starts(with: "[CDATA[".utf8) { return end(of: "]]>", from: open + 9).map { ($0, .other) } }
      throw YadokariError(
        .failed, "\(path), line \(line): a document type declaration, which no event export has; remove it and try again")
    case UInt8(ascii: "/"):
      return index(of: UInt8(ascii: ">"), from: open + 2).map { ($0 + 1, .closing) }
    default:
      let end = endOfOpeningTag(from: open + 1)
      // Nobody's tag is that long, and a parser would look through its attributes for hours.
      guard (end ?? buffer.count) - open <= Self.tagLimit else {
        throw YadokariError(
          .failed, "\(path), line \(line): a tag of more than \(Self.tagLimit >> 10) KiB; this is no event export")
      }
      return end.map { ($0, buffer[$0 - 2] == UInt8(ascii: "/") ? .single : .opening) }
    }
  }

  /// The end of a tag whose attribute values may hold any character.
  private func endOfOpeningTag(from: Int) -> Int? {
    buffer.withUnsafeBufferPointer { bytes -> Int? in
      var quote: UInt8 = 0
      var at = from
      while at < bytes.count {
        let byte = bytes[at]
        if quote != 0 {
          if byte == quote { quote = 0 }
        } else if byte == UInt8(ascii: ">") {
          return at + 1
        } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
          quote = byte
        }
        at += 1
      }
      return nil
    }
  }

  private mutating func end(of mark: String, from: Int) -> Int? {
    let mark = Array(mark.utf8)
    var at = max(from, searched)
    while let hit = index(of: mark[0], from: at) {
      guard hit + mark.count <= buffer.count else { break }
      if buffer[hit..<(hit + mark.count)].elementsEqual(mark) { return hit + mark.count }
      at = hit + 1
    }
    searched = max(from, buffer.count - mark.count)
    return nil
  }

  private func index(of byte: UInt8, from: Int) -> Int? {
    buffer.withUnsafeBufferPointer { bytes -> Int? in
      guard from < bytes.count, let base = bytes.baseAddress,
        let hit = memchr(base + from, Int32(byte), bytes.count - from)
      else { return nil }
      return UnsafePointer(hit.assumingMemoryBound(to: UInt8.self)) - base
    }
  }

  private func startsRecord(at open: Int) -> Bool {
    let isAtMargin = open > 0 && buffer[open - 1] == 0x0a
    return isAtMargin && (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(buffer[open + 1])
  }

  /// Steps over blanks and byte order marks; says whether anything else comes before `end`.
  private mutating func skipBlanks(to end: Int) -> Bool {
    let ink = buffer[start..<end].firstIndex { $0 > 0x20 && $0 != 0xef && $0 != 0xbb && $0 != 0xbf }
    if let ink { _ = advance(to: ink) }
    return ink != nil
  }

  /// Moves the beginning of the next document; gives the line of the old one.
  private mutating func advance(to end: Int) -> Int {
    let begun = line
    while let lineBreak = index(of: 0x0a, from: start), lineBreak < end {
      line += 1
      start = lineBreak + 1
    }
    start = end
    place = max(place, end)
    return begun
  }
}
