package import Inventory

/// A drawing of where things were over time: a row each, a bar for each stay, a sign for each happening.
///
/// Pages draw it; other formats leave it out, since it holds nothing that the tables do not.
package struct MoveLine: Sendable {
  /// A stay in one place.
  package struct Bar: Sendable {
    /// Nil where nothing shows the place.
    package let place: String?
    package let from: Instant
    package let to: Instant
  }

  /// What happened at one moment.
  package struct Mark: Sendable {
    /// Which sign it gets.
    package enum Sign: String, Sendable, CaseIterable {
      case moved
      case restarted
      case failed
    }

    package let sign: Sign
    package let at: Instant
    /// In words.
    package let text: String
  }

  /// One thing.
  package struct Row: Sendable {
    package let name: String
    package var bars: [Bar] = []
    package var marks: [Mark] = []
  }

  /// What the drawing shows, in a sentence.
  package let title: String
  package let from: Instant
  package let to: Instant
  package let rows: [Row]
  /// How many further rows there would be.
  package let more: Int

  /// The places, by name.
  var places: [String] { Set(rows.flatMap { $0.bars.compactMap(\.place) }).sorted() }

  /// Every moment that the drawing must show.
  var instants: [Instant] {
    [from, to] + rows.flatMap { row in row.marks.map(\.at) + row.bars.flatMap { [$0.from, $0.to] } }
  }
}
