/// Bars of one measure, one below the other, each of several parts: what there is of something, and what it is used for.
package struct BarChart: Sendable, Equatable {
  /// What a part of a bar stands for. Each has a pattern of its own, so that it is told without colour.
  package enum Part: String, Sendable, CaseIterable {
    /// Solid.
    case used
    /// Outlined.
    case free
    /// Striped: more than there is.
    case excess

    var words: String {
      switch self {
      case .used: "used"
      case .free: "free"
      case .excess: "more than there is"
      }
    }
  }

  /// One bar with its name and what stands behind it.
  package struct Bar: Sendable, Equatable {
    package var name: String
    package var parts: [(part: Part, value: Double)]
    /// A mark across the bar, from its left end.
    package var mark: Double?
    /// Behind the bar.
    package var label: String

    package static func == (left: Bar, right: Bar) -> Bool {
      left.name == right.name && left.mark == right.mark && left.label == right.label
        && left.parts.elementsEqual(right.parts, by: ==)
    }
  }

  package var title: String
  package var unit: String
  package var bars: [Bar]
  /// What the marks mean.
  package var markWords: String?
}
