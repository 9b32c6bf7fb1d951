internal import Inventory

/// A form of messages, and vCenter's type of the records that have such texts.
///
/// A blank stands for one or more, since vCenter prints two in places. A name may hold blanks, and the words of the form.
struct MessagePattern: Sendable {
  /// vCenter's type of the records with this text.
  let foreignType: String
  private let form: MessageForm

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
    self.form = MessageForm(form)
  }

  /// Every way to read a text in this form: the fields by name. Empty where it has another form.
  /// - Parameter steps: the tries that are left; at none, some readings may be missing.
  func readings(of text: [UInt8], steps: inout Int) -> [[String: String]] {
    readings(of: MessageText(text), steps: &steps)
  }

  /// The same of a text that is looked at in many forms.
  func readings(of text: MessageText, steps: inout Int) -> [[String: String]] {
    guard text.bytes.count <= Self.lengthLimit, mayMatch(text) else { return [] }
    var search = Search(text: text, form: form, steps: steps)
    search.match(form.start, at: 0, [:])
    steps = search.steps
    return search.found
  }

  /// Whether a text can be in this form, by its first words or by the mark.
  private func mayMatch(_ text: MessageText) -> Bool {
    if case .words(let words, _) = form.steps[form.start] { return text.end(of: words, at: 0) != nil }
    return text.holds(form.mark)
  }

  private struct Search {
    let text: MessageText
    let form: MessageForm
    var steps: Int
    var found: [[String: String]] = []

    mutating func match(_ step: Int, at: Int, _ fields: [String: String]) {
      steps -= 1
      guard steps > 0 else { return }
      switch form.steps[step] {
      case .words(let words, let next): if let end = text.end(of: words, at: at) { match(next, at: end, fields) }
      case .field(let name, let next): matchField(step, name, next, at: at, fields)
      case .either(let all): for next in all { match(next, at: at, fields) }
      case .end:
        guard text.isEnd(at) else { return }
        if MessageName.agree(fields), !found.contains(fields) { found.append(fields) }
        if found.count > MessagePattern.readingLimit { steps = 0 }
      }
    }

    private mutating func matchField(_ step: Int, _ name: String, _ next: Int, at: Int, _ fields: [String: String]) {
      guard let follow = form.follows[step] else { return }
      var end = at + 1
      while end < text.bytes.count, steps > 0, !follow.words.isEmpty {
        steps -= 1
        if follow.words.contains(where: { text.end(of: $0, at: end) != nil }) { take(name, at..<end, next, fields) }
        end += 1
      }
      // A full stop at the end is in some versions and not in others.
      if follow.mayEnd { take(name, at..<(name == "rest" || name == "why" ? text.bytes.count : text.lastEnd), next, fields) }
    }

    private mutating func take(_ name: String, _ range: Range<Int>, _ next: Int, _ fields: [String: String]) {
      guard !range.isEmpty, name == "_" || fields[name] == nil else { return }
      steps -= MessagePattern.nameCost
      guard let value = MessageName.value(name, text.bytes[range]) else { return }
      var fields = fields
      fields[name, default: ""] += value
      match(next, at: range.upperBound, fields)
    }
  }
}
