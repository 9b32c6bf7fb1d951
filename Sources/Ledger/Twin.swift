internal import Inventory

/// A record that the ledger holds, as far as it takes to know the same happening again in another format.
struct Twin {
  let seq: Int64
  let occurredAt: Int64
  let type: String
  /// Whether the source's type is known, from a field or a text.
  let hasForeignType: Bool
  let key: String?
  let vm: String
  let host: String
  let otherHost: String
  let actor: String?
  let words: TwinWords?
  let mark: TextMark
  /// How many of VM, host and other host it names.
  let objects: Int

  /// How much it tells; see `TextMark`.
  var richness: Int {
    mark.richness(hasMessage: words != nil, objects: objects, hasType: hasForeignType, key: key, actor: actor)
  }

  /// Whether a record tells of the same happening.
  func isSame(as event: Event, _ other: TwinWords?, _ otherMark: TextMark) -> Bool {
    if let ours = key.flatMap({ Int64($0) }), let theirs = event.foreignKey.flatMap({ Int64($0) }) { return ours == theirs }
    if let actor, let other = event.actor, actor.inASCII != other.inASCII { return false }
    if !mark.hasWholeSeconds, !otherMark.hasWholeSeconds, occurredAt != event.occurredAt.microseconds { return false }
    if let words, let other { return words == other }
    // One of them has no text, as a list of moves: then who went where has to say it.
    guard type == EventType.migrationCompleted.rawValue, event.type == .migrationCompleted else { return false }
    return vm.inASCII == event.vm?.name.inASCII && Self.isSameHost(host, event.host)
      && Self.isSameHost(otherHost, event.otherHost)
  }

  /// Some lists have host names without their domain.
  private static func isSameHost(_ name: String, _ host: ObjectReference?) -> Bool {
    let (name, other) = (name.inASCII, host?.name.inASCII ?? "")
    if name.isEmpty || other.isEmpty { return true }
    return name == other || name.hasPrefix(other + ".") || other.hasPrefix(name + ".")
  }
}
