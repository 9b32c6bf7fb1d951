/// A form of messages as it is written down: words, `{field}`, `[what may be missing]`, `<one|or the other>`; `|` parts in
/// both.
///
/// `{rest}` is a text of which nothing is read, `{_}` are words of no meaning to us.
struct MessageForm: Sendable {
  /// What a text has to hold at one place; each step names those that may follow.
  enum Step: Sendable {
    case words([UInt8], next: Int)
    case field(String, next: Int)
    case either([Int])
    case end
  }

  /// What may stand behind a field: one of these words, or the end of the text.
  struct Follow: Sendable {
    var words: [[UInt8]] = []
    var mayEnd = false
  }

  private(set) var steps: [Step] = [.end]
  private(set) var start = 0
  /// For each step that is a field.
  private(set) var follows: [Int: Follow] = [:]
  /// The longest of the words that no text in this form lacks.
  private(set) var mark: [UInt8] = []

  init(_ text: String) {
    var bytes = Array(text.utf8)[...]
    let nodes = Self.sequence(&bytes)
    start = compile(nodes, next: 0)
    for (index, step) in steps.enumerated() {
      guard case .field(_, let next) = step else { continue }
      var follow = Follow()
      collect(next, into: &follow)
      follows[index] = follow
    }
    for case .words(let words) in nodes {
      for word in words.split(separator: Self.blank) where word.count > mark.count { mark = Array(word) }
    }
  }

  // MARK: Reading a form

  private indirect enum Node {
    case words([UInt8])
    case field(String)
    case choice([[Node]])
  }

  static let blank = UInt8(ascii: " ")

  /// Versions differ in capital letters; line ends and tabulators are blanks like others.
  static func fold(_ byte: UInt8) -> UInt8 {
    if (0x41...0x5a).contains(byte) { return byte | 0x20 }
    return (0x09...0x0d).contains(byte) ? blank : byte
  }

  private static func sequence(_ rest: inout ArraySlice<UInt8>) -> [Node] {
    var nodes: [Node] = []
    var words: [UInt8] = []
    func close() {
      if !words.isEmpty { nodes.append(.words(words)) }
      words = []
    }
    while let byte = rest.first {
      if [UInt8(ascii: "]"), UInt8(ascii: ">"), UInt8(ascii: "|")].contains(byte) { break }
      rest.removeFirst()
      switch byte {
      case UInt8(ascii: "{"):
        close()
        let name = rest.prefix { $0 != UInt8(ascii: "}") }
        rest = rest.dropFirst(name.count + 1)
        nodes.append(.field(String(decoding: name, as: UTF8.self)))
      case UInt8(ascii: "["):
        close()
        nodes.append(.choice([[]] + alternatives(&rest)))
        rest = rest.dropFirst()
      case UInt8(ascii: "<"):
        close()
        nodes.append(.choice(alternatives(&rest)))
        rest = rest.dropFirst()
      default: words.append(fold(byte))
      }
    }
    close()
    return nodes
  }

  private static func alternatives(_ rest: inout ArraySlice<UInt8>) -> [[Node]] {
    var all = [sequence(&rest)]
    while rest.first == UInt8(ascii: "|") {
      rest.removeFirst()
      all.append(sequence(&rest))
    }
    return all
  }

  private mutating func compile(_ nodes: [Node], next: Int) -> Int {
    nodes.reversed().reduce(next) { next, node in
      switch node {
      case .words(let words): steps.append(.words(words, next: next))
      case .field(let name): steps.append(.field(name, next: next))
      case .choice(let all): steps.append(.either(all.map { compile($0, next: next) }))
      }
      return steps.count - 1
    }
  }

  private func collect(_ step: Int, into follow: inout Follow) {
    switch steps[step] {
    case .words(let words, _): follow.words.append(words)
    case .either(let all): for next in all { collect(next, into: &follow) }
    // A form has words between its fields; where what stands between may be missing, the text has to say more.
    case .field: break
    case .end: follow.mayEnd = true
    }
  }
}
