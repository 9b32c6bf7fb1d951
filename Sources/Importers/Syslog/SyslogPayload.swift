/// What a line with an event says of it: `[time] [class] [severity] [user] [datacenter] [chain] [text]`.
struct SyslogPayload {
  let time: Substring
  let type: Substring
  let severity: Substring
  let user: Substring
  let datacenter: Substring
  let chain: Substring
  /// The text, without the bracket that closes it.
  private(set) var text: String
  /// Whether a bracket closes the text: without one it was cut.
  private(set) var isClosed: Bool

  /// Bytes that a text may have; the rest of a longer one is left out.
  private static let textLimit = 1 << 16
  private static let between = Array("] [".utf8)

  /// Nil where the brackets are not these.
  init?(_ payload: Substring) {
    var rest = Substring(payload.utf8.drop { $0 == 0x20 })
    guard rest.utf8.first == UInt8(ascii: "[") else { return nil }
    rest = rest.dropFirst()
    guard let time = Self.field(&rest), let type = Self.field(&rest), let severity = Self.field(&rest),
      let user = Self.field(&rest), let (datacenter, chain) = Self.chain(&rest)
    else { return nil }
    (self.time, self.type, self.severity, self.user) = (time, type, severity, user)
    (self.datacenter, self.chain) = (datacenter, chain)
    (text, isClosed) = Self.closed(rest)
  }

  /// Goes on with the line below.
  mutating func goOn(_ line: String) { join("\n" + line) }

  /// Goes on with the payload of the next part: with its text where it repeats the fields, else with all that it is.
  mutating func goOn(part: Substring) {
    if let next = Self(part), next.time == time, next.type == type {
      join(next.text + (next.isClosed ? "]" : ""))
    } else if isClosed, let piece = Self.unwrapped(part) {
      join(piece)
    } else {
      // A part that stands without brackets goes on where the one before was cut, be it behind a blank.
      join(String(part.utf8.first == 0x20 ? part.dropFirst() : part))
    }
  }

  private mutating func join(_ piece: String) {
    guard text.utf8.count + piece.utf8.count < Self.textLimit else { return }
    (text, isClosed) = Self.closed(Substring(text + piece))
  }

  /// A piece of text in brackets of its own, but for the opening one.
  private static func unwrapped(_ part: Substring) -> String? {
    let piece = part.utf8.drop { $0 == 0x20 }
    return piece.first == UInt8(ascii: "[") ? String(Substring(piece.dropFirst())) : nil
  }

  /// A text without the bracket that closes it, and whether there is one.
  private static func closed(_ text: Substring) -> (text: String, isClosed: Bool) {
    guard let last = text.utf8.lastIndex(where: { $0 > 0x20 }), text.utf8[last] == UInt8(ascii: "]") else {
      return (String(text), false)
    }
    return (String(text[..<last]), true)
  }

  /// Takes a field and the brackets behind it off the beginning.
  private static func field(_ rest: inout Substring) -> Substring? {
    guard let end = SyslogLine.find(between, in: rest.utf8) else { return nil }
    defer { rest = rest[rest.utf8.index(end, offsetBy: between.count)...] }
    return rest[..<end]
  }

  /// Takes the datacenter and the chain: the first field of nothing but digits, since a datacenter's name may hold brackets.
  private static func chain(_ rest: inout Substring) -> (datacenter: Substring, chain: Substring)? {
    var from = rest.startIndex
    while let end = SyslogLine.find(between, in: rest[from...].utf8) {
      from = rest.utf8.index(end, offsetBy: between.count)
      let digits = rest[from...].utf8.prefix { (0x30...0x39).contains($0) }
      guard !digits.isEmpty, rest[digits.endIndex...].utf8.starts(with: between) else { continue }
      let datacenter = rest[..<end]
      rest = rest[rest.utf8.index(digits.endIndex, offsetBy: between.count)...]
      return (datacenter, Substring(digits))
    }
    return nil
  }
}
