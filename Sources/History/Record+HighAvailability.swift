internal import Inventory

/// What HA's records say beyond their types.
extension Record {
  /// Whether HA says that it does not try any more: the older records do so by their type alone.
  var givesUp: Bool {
    facts.givesUp || foreignType?.lowercased().hasSuffix("vmmaxrestartcountreached") == true
  }

  /// Whether HA says that it will try again: older imports have it in the words alone.
  var willRetry: Bool {
    guard !givesUp else { return false }
    return facts.willRetry || [message, reason].contains { $0?.contains("vSphere HA will retry") == true }
  }

  /// Whether a move begins of a VM that does not run.
  var isColdStart: Bool {
    type == .migrationStarted && foreignType?.lowercased().hasSuffix("vmbeingmigratedevent") == true && facts.power != .on
  }

  /// The person who did it; nil where the record names none, or vCenter itself.
  var user: String? {
    guard let actor, !actor.isEmpty, !["vpxd", "vpxuser", "system"].contains(actor.lowercased()) else { return nil }
    return actor
  }
}
