/// Which of the moves that wait goes first; among equals the oldest.
package enum MovePriority: String, Sendable, CaseIterable, Comparable {
  case low, normal, high

  package static func < (left: MovePriority, right: MovePriority) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .low: 0
    case .normal: 1
    case .high: 2
    }
  }
}
