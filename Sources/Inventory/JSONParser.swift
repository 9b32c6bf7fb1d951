/// Reads JSON as RFC 8259 has it: nothing is guessed, nothing repaired.
struct JSONParser {
  let bytes: UnsafeBufferPointer<UInt8>
  var place = 0

  /// Deeper nesting is no data of anybody's, and would cost stack.
  private static let depthLimit = 200

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// The byte at `place`; zero at the end, which no value begins with either.
  private var byte: UInt8 { place < bytes.count ? bytes[place] : 0 }

  /// The one value of the text.
  mutating func document() throws(JSONError) -> JSONValue {
    skipBlanks()
    let value = try value(depth: 0)
    try end()
    return value
  }

  /// The members of the one object of the text, one by one; none where it is another value.
  mutating func documentMembers(_ body: (String, JSONValue) -> Void) throws(JSONError) {
    skipBlanks()
    if byte == UInt8(ascii: "{") { try forEachMember(depth: 1, body) } else { _ = try value(depth: 0) }
    try end()
  }

  private mutating func end() throws(JSONError) {
    skipBlanks()
    guard place == bytes.count else { throw JSONError(reason: "something stands after the value", offset: place) }
  }

  private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
    switch byte {
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "{"): return .object(try members(depth: depth + 1))
    case UInt8(ascii: "["): return .array(try elements(depth: depth + 1))
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: throw unexpected("a value")
    }
  }

  private mutating func members(depth: Int) throws(JSONError) -> [JSONValue.Member] {
    var members: [JSONValue.Member] = []
    try forEachMember(depth: depth) { members.append(JSONValue.Member($0, $1)) }
    return members
  }

  /// Reads an object; `place` stands on its opening bracket.
  private mutating func forEachMember(depth: Int, _ body: (String, JSONValue) -> Void) throws(JSONError) {
    guard try open(UInt8(ascii: "}"), depth: depth) else { return }
    repeat {
      guard byte == UInt8(ascii: "\"") else { throw unexpected("a key") }
      let key = try string()
      skipBlanks()
      guard take(UInt8(ascii: ":")) else { throw unexpected("a colon") }
      skipBlanks()
      body(key, try value(depth: depth))
    } while try goesOn(UInt8(ascii: "}"))
  }

  private mutating func elements(depth: Int) throws(JSONError) -> [JSONValue] {
    guard try open(UInt8(ascii: "]"), depth: depth) else { return [] }
    var elements: [JSONValue] = []
    repeat { elements.append(try value(depth: depth)) } while try goesOn(UInt8(ascii: "]"))
    return elements
  }

  /// Steps over an opening bracket; says whether anything stands before the closing one.
  private mutating func open(_ closing: UInt8, depth: Int) throws(JSONError) -> Bool {
    guard depth <= Self.depthLimit else {
      throw JSONError(reason: "values nested deeper than \(Self.depthLimit)", offset: place)
    }
    place += 1
    skipBlanks()
    return !take(closing)
  }

  /// Steps over a comma or the closing bracket; says whether it was a comma.
  private mutating func goesOn(_ closing: UInt8) throws(JSONError) -> Bool {
    skipBlanks()
    if take(UInt8(ascii: ",")) {
      skipBlanks()
      return true
    }
    guard take(closing) else { throw unexpected("a comma or a closing bracket") }
    return false
  }

  private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
    let isThere = word.withUTF8Buffer { bytes[place...].starts(with: $0) }
    guard isThere else { throw unexpected("a value") }
    place += word.utf8CodeUnitCount
    return value
  }

  private mutating func take(_ expected: UInt8) -> Bool {
    guard byte == expected else { return false }
    place += 1
    return true
  }

  private mutating func skipBlanks() {
    while place < bytes.count {
      switch bytes[place] {
      case 0x20, 0x0a, 0x0d, 0x09: place += 1
      default: return
      }
    }
  }

  func unexpected(_ expected: String) -> JSONError {
    let reason = place < bytes.count ? "no \(expected.dropFirst(2))" : "the text ends before \(expected)"
    return JSONError(reason: reason, offset: place)
  }

  // MARK: Numbers

  /// An `Int64` where the number is written as a whole one that fits, else a `Double`.
  private mutating func number() throws(JSONError) -> JSONValue {
    let start = place
    let isNegative = take(UInt8(ascii: "-"))
    let firstDigit = place
    var whole: Int64? = 0
    while byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
      let digit = Int64(byte & 0x0f)
      // Counted downwards, where there is room for one more.
      if let sofar = whole {
        let (tens, isTooLarge) = sofar.multipliedReportingOverflow(by: 10)
        let (sum, isTooSmall) = tens.subtractingReportingOverflow(digit)
        whole = isTooLarge || isTooSmall ? nil : sum
      }
      place += 1
    }
    guard place > firstDigit else { throw unexpected("a digit") }
    guard place == firstDigit + 1 || bytes[firstDigit] != UInt8(ascii: "0") else {
      throw JSONError(reason: "a number begins with 0", offset: firstDigit)
    }
    if byte != UInt8(ascii: "."), byte | 0x20 != UInt8(ascii: "e"), let whole {
      if isNegative { return .int(whole) }
      if whole != .min { return .int(-whole) }
    }
    try skipFraction()
    let text = String(decoding: bytes[start..<place], as: UTF8.self)
    guard let value = Double(text), value.isFinite else { throw JSONError(reason: "a number out of range", offset: start) }
    return .double(value)
  }

  private mutating func skipFraction() throws(JSONError) {
    if take(UInt8(ascii: ".")) { try skipDigits() }
    guard byte | 0x20 == UInt8(ascii: "e") else { return }
    place += 1
    if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { place += 1 }
    try skipDigits()
  }

  private mutating func skipDigits() throws(JSONError) {
    let first = place
    while byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { place += 1 }
    guard place > first else { throw unexpected("a digit") }
  }
}
