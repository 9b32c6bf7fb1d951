internal import Inventory

/// The form of a message's text, such as `{vm} on {host} in {datacenter} is powered on`.
///
/// A blank stands for one or more, since vCenter prints two in places. A name may hold blanks, and the words of the form.
struct MessagePattern: Sendable {
  private enum Part: Sendable {
    case words([UInt8])
    case field(String)
  }

  /// vCenter's type of the records with this text.
  let foreignType: String
  private let parts: [Part]
  /// The longest of its words: a text without it has another form.
  private let mark: [UInt8]

  /// Tries that one text is worth, in all forms together: a hostile one could have any number of readings.
  static let stepLimit = 100_000
  /// To take a name costs as much as looking at so many bytes.
  private static let nameCost = 50
  /// Nobody could choose between more readings than these.
  private static let readingLimit = 64
  /// Texts of events are short; what is longer has a list behind it, of which no fact is read.
  private static let lengthLimit = 4096

  init(_ foreignType: String, _ form: String) {
    self.foreignType = foreignType
    var parts: [Part] = []
    for (index, piece) in form.split(separator: "{", omittingEmptySubsequences: false).enumerated() {
      if index == 0 {
        if !piece.isEmpty { parts.append(.words(piece.utf8.map(Self.lower))) }
        continue
      }
      let halves = piece.split(separator: "}", maxSplits: 1, omittingEmptySubsequences: false)
      parts.append(.field(String(halves[0])))
      if halves.count > 1, !halves[1].isEmpty { parts.append(.words(halves[1].utf8.map(Self.lower))) }
    }
    self.parts = parts
    mark =
      parts.flatMap { part -> [[UInt8]] in
        if case .words(let words) = part { words.split(separator: 0x20).map(Array.init) } else { [] }
      }.max { $0.count < $1.count } ?? []
  }

  /// Every way to read a text in this form: the fields by name. Empty where it has another form.
  /// - Parameter steps: the tries that are left; at none, some readings may be missing.
  func readings(of text: [UInt8], steps: inout Int) -> [[String: String]] {
    guard text.count <= Self.lengthLimit, Self.index(of: mark, in: text, from: 0) != nil else { return [] }
    var search = Search(text: text, parts: parts, steps: steps)
    search.match(part: 0, at: 0, [:])
    steps = search.steps
    return search.found
  }

  /// Versions differ in capital letters, too.
  fileprivate static func lower(_ byte: UInt8) -> UInt8 { (0x41...0x5a).contains(byte) ? byte | 0x20 : byte }

  private static func index(of words: [UInt8], in text: [UInt8], from start: Int) -> Int? {
    guard let first = words.first else { return start }
    var at = start
    while at + words.count <= text.count {
      if lower(text[at]) == first, text[at..<(at + words.count)].lazy.map(lower).elementsEqual(words) { return at }
      at += 1
    }
    return nil
  }

  private struct Search {
    let text: [UInt8]
    let parts: [Part]
    var steps: Int
    var found: [[String: String]] = []

    mutating func match(part: Int, at: Int, _ fields: [String: String]) {
      steps -= 1
      guard steps > 0 else { return }
      guard part < parts.count else {
        // A full stop at the end is in some versions and not in others.
        if at == text.count || (at == text.count - 1 && text[at] == UInt8(ascii: ".")) { found.append(fields) }
        if found.count > MessagePattern.readingLimit { steps = 0 }
        return
      }
      switch parts[part] {
      case .words(let words): if let end = end(of: words, at: at) { match(part: part + 1, at: end, fields) }
      case .field(let name): matchField(name, part: part, at: at, fields)
      }
    }

    private mutating func matchField(_ name: String, part: Int, at: Int, _ fields: [String: String]) {
      guard part + 1 < parts.count else {
        let isStopped = text.last == UInt8(ascii: ".") && name != "rest"
        take(name, at..<(isStopped ? text.count - 1 : text.count), part: part, fields)
        return
      }
      var end = at + 1
      while end < text.count, steps > 0 {
        steps -= 1
        if case .words(let words) = parts[part + 1], self.end(of: words, at: end) != nil {
          take(name, at..<end, part: part, fields)
        }
        end += 1
      }
    }

    private mutating func take(_ name: String, _ range: Range<Int>, part: Int, _ fields: [String: String]) {
      guard !range.isEmpty, text[range.lowerBound] != 0x20, text[range.upperBound - 1] != 0x20 else { return }
      // No host has a blank in its name: then words of another form stand there.
      if name == "host" || name == "other_host", text[range].contains(0x20) { return }
      steps -= MessagePattern.nameCost
      var fields = fields
      fields[name] = String(decoding: text[range], as: UTF8.self)
      match(part: part + 1, at: range.upperBound, fields)
    }

    /// Where words that begin at a place end; nil where others stand there.
    private func end(of words: [UInt8], at start: Int) -> Int? {
      var at = start
      for byte in words {
        guard at < text.count, MessagePattern.lower(text[at]) == byte else { return nil }
        at += 1
        if byte == 0x20 { while at < text.count, text[at] == 0x20 { at += 1 } }
      }
      return at
    }
  }
}
