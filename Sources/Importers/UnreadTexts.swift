internal import Inventory
internal import Ledger

/// The records of a file that were not understood, and the gap that they are.
struct UnreadTexts {
  private var check = UnreadCheck()
  private var speaking = Sample()
  private var unknown = Sample()

  /// Some of the texts, and how many there are.
  private struct Sample {
    var count = 0
    var examples: [String] = []

    mutating func take(_ text: String) {
      count += 1
      let text = UnreadTexts.cut(text)
      if examples.count < UnreadTexts.exampleLimit, !examples.contains(text) { examples.append(text) }
    }
  }

  fileprivate static let exampleLimit = 5
  /// Characters that an example may have.
  private static let lengthLimit = 160

  /// Looks at the event that a record was turned into.
  mutating func take(_ event: Event) {
    let verdict = check.verdict(on: event)
    guard verdict != .read else { return }
    let text = event.message ?? event.foreignType ?? ""
    if verdict == .speaking { speaking.take(text) }
    // Where a field tells the type, a text in another language hides nothing.
    if event.foreignType == nil { unknown.take(text) }
  }

  /// What is not understood; nil where nothing that counts is. One text that speaks of a failure counts, else it takes more
  /// than half of all.
  func gap(ofRecords records: Int) -> ImportGap? {
    if unknown.count * 2 > records {
      let examples = speaking.examples + unknown.examples.filter { !speaking.examples.contains($0) }
      return Self.gap(
        "\(unknown.count) of \(records) texts have no form that is known (English ones are): what they tell is not seen",
        max(unknown.count, speaking.count), Array(examples.prefix(Self.exampleLimit)))
    }
    guard speaking.count > 0 else { return nil }
    let subject = speaking.count == 1 ? "1 record speaks" : "\(speaking.count) records speak"
    return Self.gap(
      "\(subject) of a failure, of high availability, of isolation or of a restart, in words that are not understood: what "
        + "happened is not seen", speaking.count, speaking.examples)
  }

  private static func gap(_ text: String, _ count: Int, _ examples: [String]) -> ImportGap {
    let quotes = examples.map { "\"\($0)\"" }.joined(separator: "; ")
    return ImportGap(code: "texts-unread", text: "\(text): \(quotes)", count: count, examples: examples)
  }

  /// A text as an example: one line, not too long.
  private static func cut(_ text: String) -> String {
    let scalars = text.unicodeScalars.lazy.map { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: " " as Unicode.Scalar
      default: scalar
      }
    }
    var line = String.UnicodeScalarView()
    line.append(contentsOf: scalars.prefix(lengthLimit))
    return String(String(line).prefix(lengthLimit))
  }
}
