package import Inventory

/// A drawing of what became of several things over time: a row each, and moments that concern all of them.
///
/// Pages draw it; other formats leave it out, since it holds nothing that the tables do not.
package struct TimeLine: Sendable {
  /// How a thing was for a while.
  package enum State: String, Sendable, CaseIterable {
    case before
    case down
    case unknown
    case after

    var words: String {
      switch self {
      case .before: "ran where it had been"
      case .down: "down"
      case .unknown: "nothing shows how it was"
      case .after: "runs again"
      }
    }
  }

  /// A stretch of one state.
  package struct Bar: Sendable {
    package let state: State
    /// Nil: since before the drawing begins.
    package let from: Instant?
    /// Nil: beyond its end.
    package let to: Instant?
    /// Such as the host's name.
    package let label: String?

    package init(_ state: State, from: Instant?, to: Instant?, label: String?) {
      (self.state, self.from, self.to, self.label) = (state, from, to, label)
    }
  }

  /// One thing.
  package struct Row: Sendable {
    package let name: String
    /// What became of it, in two or three words.
    package let outcome: String
    package let tone: Tone
    package var bars: [Bar] = []
    /// Tries that came to nothing.
    package var failures: [Instant] = []

    package init(name: String, outcome: String, tone: Tone) {
      (self.name, self.outcome, self.tone) = (name, outcome, tone)
    }
  }

  /// What the drawing shows, in a sentence.
  package let title: String
  /// The moment that the time is counted from.
  package let origin: Instant
  /// Moments that concern every row, such as "declared".
  package let moments: [(name: String, at: Instant)]
  package let rows: [Row]

  package init(title: String, origin: Instant, moments: [(name: String, at: Instant)], rows: [Row]) {
    (self.title, self.origin, self.moments, self.rows) = (title, origin, moments, rows)
  }

  /// Every moment that the drawing must show.
  var instants: [Instant] {
    var all = moments.map(\.at) + [origin]
    for row in rows { all += row.failures + row.bars.flatMap { [$0.from, $0.to].compactMap { $0 } } }
    return all
  }
}
