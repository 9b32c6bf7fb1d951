/// What the checks say of one move.
package struct Verdict: Sendable {
  package let vm: String
  package let kind: MoveKind
  /// The target; of a storage move the host on which the VM stays.
  package let host: String
  /// The target; nil where no files move.
  package let datastore: String?
  /// Errors first, then warnings.
  package let reasons: [Reason]

  /// Whether nothing forbids the move; it may still have to wait.
  package var isAllowed: Bool { reasons.first?.severity != .error }
  /// Whether it is made only when others have ended.
  package var mustWait: Bool { reasons.contains { $0.code.isLimit } }
}
