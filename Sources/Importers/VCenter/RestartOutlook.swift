internal import Inventory

/// What a record of high availability says of its next steps for a VM, beside its type, under our own keys.
struct RestartOutlook {
  /// - Parameters:
  ///   - type: our type of the record.
  ///   - foreignType: vCenter's.
  ///   - texts: the words of the record and of its fault.
  static func members(_ type: EventType, _ foreignType: String?, texts: [String?]) -> [JSONValue.Member] {
    let key = foreignType.map(VCenterTypes.key)
    if key == "vmishadisabledisolationevent" { return [.init("left_alone", true)] }
    guard type == .vmRestartFailed else { return [] }
    let words = texts.compactMap { $0?.lowercased() }
    if key == "vmmaxrestartcountreached" || words.contains(where: { $0.contains("stopped trying to restart") }) {
      return [.init("gives_up", true)]
    }
    return words.contains(where: promises) ? [.init("will_retry", true)] : []
  }

  private static func promises(_ words: String) -> Bool {
    guard !refusals.contains(where: { words.contains($0) }) else { return false }
    return promises.contains { words.contains($0) }
  }

  private static let promises = [
    "will retry", "will be retried", "will try again", "will attempt to restart", "retry when resources become available",
    "retry the fail over when", "retry the failover when", "will continue to retry", "retrying",
  ]
  private static let refusals = [
    "will not retry", "won't retry", "will not be retried", "not be retried", "no longer retry", "will not try again",
    "will not attempt", "not retrying", "without retrying", "never retry", "cannot retry",
  ]
}
