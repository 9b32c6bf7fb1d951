/// Whether a state is good news: pages show it by a sign and a colour.
package enum Tone: String, Sendable, CaseIterable {
  case good
  case bad
  case unsure
  case neutral

  /// A sign that says the same without a colour.
  var sign: String {
    switch self {
    case .good: "\u{2713}"
    case .bad: "\u{2715}"
    case .unsure: "?"
    case .neutral: "\u{2013}"
    }
  }
}
