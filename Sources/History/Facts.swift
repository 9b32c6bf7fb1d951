package import Inventory

/// What a record says beyond its columns, read from the keys of its detail that are ours.
package struct Facts: Sendable, Equatable {
  /// `power`: on, off or suspended at that moment.
  package var power: PowerState?
  /// `availability` of a host at that moment.
  package var availability: HostAvailability?
  /// `mode` of a host at that moment.
  package var mode: HostMode?
  /// `vcpus`
  package var vcpus: Int64?
  /// `memory_mib`
  package var memoryMiB: Int64?
  /// `settings`: named values of the object at that moment.
  package var settings: [String: String] = [:]
  /// `sets`: named values of the object from that moment on, until the next.
  package var sets: [String: String] = [:]
  /// `pending_vms`: how many VMs a failover set out to restart.
  package var pendingVMs: Int64?
  /// `phase`: how far a migration of ours has come.
  package var phase: String?
  /// `kind`: it is of a migration of ours.
  package var isOwnMove = false
  /// `grade` is `text`: the record's objects were read from its message.
  package var isText = false

  /// `sparse`: the record is of a format that keeps only some of the fields.
  package var isSparse = false
  /// `found`: the record's own moment is not when it happened, only when it was seen.
  package var isFound = false
  /// `gives_up`: HA says that it does not try any more.
  package var givesUp = false
  /// `will_retry`: HA says that it will try again.
  package var willRetry = false
  /// `left_alone`: HA says that it did nothing to the VM of an isolated host.
  package var isLeftAlone = false
  /// `old_name`: the name before a rename.
  package var oldName: String?
  /// `new_name`: the name after a rename.
  package var newName: String?

  package init() {}

  /// Reads the keys of an event's detail; keys that are missing or of another form say nothing.
  package init(_ detail: JSONValue) {
    guard case .object(let members) = detail else { return }
    for member in members {
      switch member.key {
      case "power": power = member.value.stringValue.flatMap(PowerState.init)
      case "availability": availability = member.value.stringValue.flatMap(HostAvailability.init)
      case "mode": mode = member.value.stringValue.flatMap(HostMode.init)
      case "vcpus": vcpus = member.value.intValue
      case "memory_mib": memoryMiB = member.value.intValue
      case "phase": phase = member.value.stringValue
      case "kind": isOwnMove = true
      case "grade": isText = member.value == "text"
      case "sparse": isSparse = member.value == true
      case "found": isFound = member.value == true
      case "gives_up": givesUp = member.value == true
      case "will_retry": willRetry = member.value == true
      case "left_alone": isLeftAlone = member.value == true
      case "old_name": oldName = member.value.stringValue
      case "new_name": newName = member.value.stringValue
      case "pending_vms": pendingVMs = member.value.intValue
      case "settings": settings = Self.settings(member.value)
      case "sets": sets = Self.settings(member.value)
      default: break
      }
    }
  }

  private static func settings(_ value: JSONValue) -> [String: String] {
    guard case .object(let members) = value else { return [:] }
    var settings: [String: String] = [:]
    for member in members {
      if let text = member.value.stringValue { settings[member.key] = text }
    }
    return settings
  }
}
