/// How well the evidence supports a statement.
package enum Grade: String, Sendable {
  /// Records at both ends of the span agree, or one says it of this very moment.
  case proven
  /// Taken from the text of a message, where no field holds it.
  case text
  /// Carried forward from the last record, or back from the next.
  case inferred
  /// The evidence does not show it.
  case unknown
}
