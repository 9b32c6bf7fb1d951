extension JSONParser {
  /// The text between two quotes; `place` stands on the first.
  mutating func string() throws(JSONError) -> String {
    place += 1
    let start = place
    skipPlain()
    if place < bytes.count, bytes[place] == UInt8(ascii: "\"") {
      place += 1
      return try text(bytes[start..<(place - 1)], at: start)
    }
    return try escapedString(from: start)
  }

  /// Steps over what stands for itself in a text.
  private mutating func skipPlain() {
    while place < bytes.count, bytes[place] >= 0x20, bytes[place] != UInt8(ascii: "\""), bytes[place] != UInt8(ascii: "\\") {
      place += 1
    }
  }

  /// The rest of a text in which something is escaped.
  private mutating func escapedString(from start: Int) throws(JSONError) -> String {
    var unescaped = Array(bytes[start..<place])
    while place < bytes.count {
      switch bytes[place] {
      case UInt8(ascii: "\""):
        place += 1
        return try unescaped.withUnsafeBufferPointer { buffer throws(JSONError) in try text(buffer[...], at: start) }
      case UInt8(ascii: "\\"):
        try readEscape(into: &unescaped)
      default:
        throw JSONError(reason: "a control character in a text", offset: place)
      }
      let plain = place
      skipPlain()
      unescaped.append(contentsOf: bytes[plain..<place])
    }
    throw JSONError(reason: "the text ends inside a string", offset: place)
  }

  private mutating func readEscape(into unescaped: inout [UInt8]) throws(JSONError) {
    let start = place
    guard place + 1 < bytes.count else { throw JSONError(reason: "the text ends inside a string", offset: bytes.count) }
    let letter = bytes[place + 1]
    place += 2
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): unescaped.append(letter)
    case UInt8(ascii: "b"): unescaped.append(0x08)
    case UInt8(ascii: "f"): unescaped.append(0x0c)
    case UInt8(ascii: "n"): unescaped.append(0x0a)
    case UInt8(ascii: "r"): unescaped.append(0x0d)
    case UInt8(ascii: "t"): unescaped.append(0x09)
    case UInt8(ascii: "u"):
      guard let scalar = try scalar() else { throw JSONError(reason: "half a surrogate pair", offset: start) }
      unescaped.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    default: throw JSONError(reason: "an unknown escape", offset: start)
    }
  }

  /// The character that one `\u` or two stand for; nil for a surrogate alone.
  private mutating func scalar() throws(JSONError) -> Unicode.Scalar? {
    let first = try hexadecimal()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xdc00, place + 1 < bytes.count, bytes[place] == UInt8(ascii: "\\"), bytes[place + 1] == UInt8(ascii: "u")
    else { return nil }
    place += 2
    let second = try hexadecimal()
    guard 0xdc00...0xdfff ~= second else { return nil }
    return Unicode.Scalar(0x1_0000 + (first - 0xd800) << 10 + (second - 0xdc00))
  }

  private mutating func hexadecimal() throws(JSONError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard place < bytes.count, let digit = Character(Unicode.Scalar(bytes[place])).hexDigitValue else {
        throw unexpected("a hexadecimal digit")
      }
      value = value << 4 + UInt32(digit)
      place += 1
    }
    return value
  }

  private func text(_ slice: Slice<UnsafeBufferPointer<UInt8>>, at start: Int) throws(JSONError) -> String {
    let bytes = UnsafeBufferPointer(rebasing: slice)
    // Nearly all is ASCII, which needs no checking: the check takes longer than the rest of reading the text.
    if bytes.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes, as: UTF8.self) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw JSONError(reason: "a text that is not UTF-8", offset: start)
    }
    return text
  }
}
