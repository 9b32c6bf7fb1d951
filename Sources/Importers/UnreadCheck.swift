internal import Inventory

/// Tells which records may hide a failure: they speak of one, and what they say was not understood.
struct UnreadCheck {
  enum Verdict {
    /// Understood, or known to tell of nothing that an answer needs.
    case read
    /// A text in none of the known forms.
    case unknown
    /// It speaks of a failure, of high availability, of isolation or of a restart besides.
    case speaking
  }

  private enum TypeVerdict { case understood, harmless, speaking, silent }

  /// What was found before: a file has many records and few types.
  private var types: [String: TypeVerdict] = [:]
  private static let limit = 4096

  /// What becomes of an event that a record was turned into.
  mutating func verdict(on event: Event) -> Verdict {
    guard let type = event.foreignType else {
      guard event.type == .foreignOther, let message = event.message else { return .read }
      let text = MessageText(Array(message.utf8))
      if HarmlessTexts.holds(text) { return .read }
      return TroubleWords.areIn(text) ? .speaking : .unknown
    }
    switch verdict(onType: type) {
    case .understood: return Self.isWhole(event) ? .read : .speaking
    case .harmless: return .read
    case .speaking: return .speaking
    case .silent:
      guard let message = event.message else { return .read }
      let text = MessageText(Array(message.utf8))
      return TroubleWords.areIn(text) && !HarmlessTexts.holds(text) ? .speaking : .read
    }
  }

  private mutating func verdict(onType type: String) -> TypeVerdict {
    if let known = types[type] { return known }
    let key = VCenterTypes.key(type)
    let verdict: TypeVerdict =
      if VCenterTypes.type(of: type) != .foreignOther || Self.states.contains(key) {
        .understood
      } else if HarmlessTypes.holds(type, key) {
        .harmless
      } else {
        TroubleWords.areInType(key) || Self.isOfHighAvailability(type) ? .speaking : .silent
      }
    if types.count < Self.limit { types[type] = verdict }
    return verdict
  }

  private static func isOfHighAvailability(_ type: String) -> Bool { type.lowercased().hasPrefix("com.vmware.vc.ha.") }

  private static let states: Set<String> = ["hoststatechangedevent", "dashostcompletenetworkfailureevent"]

  /// Whether an event of a failure names what failed.
  private static func isWhole(_ event: Event) -> Bool {
    switch event.type {
    case .hostFailed, .hostIsolated, .hostStorageLost, .hostConnectionLost: event.host != nil
    case .vmRestarted, .vmRestartFailed, .vmNotProtected: event.vm != nil
    case .foreignOther: event.host != nil && hasState(event)
    default: true
    }
  }

  /// Whether the state of a host's agent is known, be it one that says nothing of the host.
  private static func hasState(_ event: Event) -> Bool {
    if event.detail?["availability"] != nil { return true }
    let arguments = event.detail?["foreign"]?["arguments"]
    for argument in arguments?.arrayValue ?? arguments.map({ [$0] }) ?? [] {
      if argument["key"] == "newState" { return HostState.isRead(argument["value"]?.stringValue) }
    }
    guard let message = event.message else { return false }
    return MessageReading(message, foreignType: event.foreignType) { _, _ in true } != nil
  }
}
