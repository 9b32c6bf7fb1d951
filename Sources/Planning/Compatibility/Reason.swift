/// Why a move is not possible, or what somebody should know before it is made.
package struct Reason: Sendable {
  /// What follows from it.
  package enum Severity: String, Sendable, CaseIterable {
    /// The move is refused.
    case error
    /// The move is made, at once or when its turn comes.
    case warning
  }

  package let code: ReasonCode
  package let severity: Severity
  /// The CPU features that are missing, in lower case; else none.
  package let features: [String]
  /// What is not known, where that is the reason; else nothing.
  package let unknown: Unknowns
  private let sentence: @Sendable () -> String

  /// - Parameter sentence: asked only when somebody wants to read it: most reasons are only counted.
  init(
    _ code: ReasonCode, _ severity: Severity, features: [String] = [], unknown: Unknowns = [],
    sentence: @escaping @Sendable () -> String
  ) {
    self.code = code
    self.severity = severity
    self.features = features
    self.unknown = unknown
    self.sentence = sentence
  }

  /// One sentence that names the objects.
  package var text: String { sentence() }
  /// What to do about it.
  package var cure: String { code.cure }
}
