internal import Inventory

/// The state of a host's agent of high availability, as an argument of a record or in the words of its text.
struct HostState {
  /// What the state says of the host; nil where it says nothing: states of setting up, of a partition, of an agent that
  /// does not answer.
  let availability: HostAvailability?

  /// - Returns: nil for a state that is not known.
  init?(_ text: String) {
    let key = text.lowercased().filter { $0 != " " && $0 != "-" && $0 != "." }
    availability = Self.telling[key]
    if availability == nil, !Self.silent.contains(key) { return nil }
  }

  /// Whether a state is known, or there is none.
  static func isRead(_ text: String?) -> Bool { text.map { HostState($0) != nil } ?? true }

  private static let telling: [String: HostAvailability] = [
    "dead": .failed, "hostdown": .failed, "hostfailed": .failed, "failed": .failed, "down": .failed, "hostdead": .failed,
    "networkisolated": .isolated, "isolated": .isolated, "hostisolated": .isolated,
    "master": .connected, "connectedtomaster": .connected, "live": .connected, "running(master)": .connected,
    "connected(slave)": .connected, "connected(secondary)": .connected, "running(primary)": .connected, "slave": .connected,
  ]

  private static let silent: Set<String> = [
    "election", "init", "initialized", "uninitialized", "unreachable", "agentunreachable", "fdmunreachable",
    "networkpartitioned", "partitioned", "networkpartitionedfrommaster", "fdmerror", "agenterror", "error",
    "initializationerror", "uninitializationerror", "disabled", "invalid", "disconnected", "unknown",
  ]
}
