/// The reasons that checks find.
struct Findings {
  private(set) var errors: [Reason] = []
  private(set) var warnings: [Reason] = []
  /// What is not known and was therefore not checked.
  var unknown: Unknowns = []

  mutating func error(
    _ code: ReasonCode, features: [String] = [], _ sentence: @autoclosure @escaping @Sendable () -> String
  ) { add(code, .error, features: features, sentence) }

  mutating func warn(
    _ code: ReasonCode, features: [String] = [], _ sentence: @autoclosure @escaping @Sendable () -> String
  ) { add(code, .warning, features: features, sentence) }

  mutating func add(
    _ code: ReasonCode, _ severity: Reason.Severity, features: [String] = [], _ sentence: @escaping @Sendable () -> String
  ) {
    let reason = Reason(code, severity, features: features, sentence: sentence)
    if severity == .error { errors.append(reason) } else { warnings.append(reason) }
  }

  /// Errors, then warnings, then what is not known.
  var all: [Reason] {
    let known = warnings.isEmpty ? errors : errors + warnings
    guard !unknown.isEmpty else { return known }
    let unknown = unknown
    return known + [
      Reason(.notKnown, .warning, unknown: unknown) {
        "Not checked, since the inventory does not say it: \(unknown.text)."
      }
    ]
  }
}
