/// A line of a syslog that holds an event of vCenter, or a part of one: `Event [key] [part-parts] payload`, behind whatever
/// header the senders and relays put there.
struct SyslogLine {
  let key: Int64
  /// The number of the part, from 1 on, and of how many.
  let part: Int
  let parts: Int
  /// What stands behind, with its brackets.
  let payload: Substring

  private static let mark = Array("Event [".utf8)
  /// A long text is cut after a thousand characters: no event has as many parts.
  private static let partLimit = 1000

  /// Nil for any other line.
  init?(_ line: String) {
    let bytes = line.utf8
    var from = bytes.startIndex
    while let open = Self.find(Self.mark, in: bytes[from...]) {
      from = bytes.index(open, offsetBy: Self.mark.count)
      var rest = line[from...]
      guard let key = Self.number(&rest), key >= 0, Self.skip("] [", &rest), let part = Self.number(&rest),
        Self.skip("-", &rest), let parts = Self.number(&rest), Self.skip("]", &rest), part >= 1, part <= parts,
        parts <= Self.partLimit
      else { continue }
      (self.key, self.part, self.parts) = (key, Int(part), Int(parts))
      payload = rest
      return
    }
    return nil
  }

  /// Whether a line begins as lines of a syslog do: with a priority, a length, a time, or with an event.
  static func hasHeader(_ line: String) -> Bool {
    if line.hasPrefix("Event [") { return true }
    var rest = line[...]
    if let first = rest.utf8.first, (0x30...0x39).contains(first), number(&rest) != nil, skip(" <", &rest) { return true }
    rest = line[...]
    if skip("<", &rest), let priority = number(&rest), priority < 192, skip(">", &rest) { return true }
    rest = line[...]
    if let year = number(&rest), (1970...9999).contains(year), skip("-", &rest), number(&rest) != nil, skip("-", &rest),
      number(&rest) != nil, skip("T", &rest) || skip(" ", &rest), number(&rest) != nil, skip(":", &rest)
    {
      return true
    }
    let words = line.prefix(16).split(separator: " ", maxSplits: 2)
    return words.count == 3 && months.contains(words[0]) && Int(words[1]) != nil && words[2].contains(":")
  }

  private static let months: Set<Substring> = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// Where bytes begin; nil where they do not stand there.
  static func find(_ wanted: [UInt8], in text: Substring.UTF8View) -> String.Index? {
    var at = text.startIndex
    while let first = text[at...].firstIndex(of: wanted[0]) {
      if text[first...].starts(with: wanted) { return first }
      at = text.index(after: first)
    }
    return nil
  }

  /// Takes a number off the beginning of a text; nil where there is none, or one that is too large.
  private static func number(_ text: inout Substring) -> Int64? {
    let digits = text.utf8.prefix { (0x30...0x39).contains($0) }
    guard !digits.isEmpty, let number = Int64(Substring(digits)) else { return nil }
    text = text[digits.endIndex...]
    return number
  }

  private static func skip(_ words: String, _ text: inout Substring) -> Bool {
    guard text.utf8.starts(with: words.utf8) else { return false }
    text = text[text.utf8.index(text.startIndex, offsetBy: words.utf8.count)...]
    return true
  }
}
