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
  /// `pending_vms`: how many VMs a failover set out to restart.
  package var pendingVMs: Int64?
  /// `grade` is `text`: the record's objects were read from its message.
  package var isText = false

  package init() {}

  /// Reads the keys of an event's detail; keys that are missing or of another form say nothing.
  package init(_ detail: JSONValue) {
    power = detail["power"]?.stringValue.flatMap(PowerState.init)
    availability = detail["availability"]?.stringValue.flatMap(HostAvailability.init)
    mode = detail["mode"]?.stringValue.flatMap(HostMode.init)
    vcpus = detail["vcpus"]?.intValue
    memoryMiB = detail["memory_mib"]?.intValue
    isText = detail["grade"] == "text"
    pendingVMs = detail["pending_vms"]?.intValue
    if case .object(let members)? = detail["settings"] {
      for member in members {
        if let text = member.value.stringValue { settings[member.key] = text }
      }
    }
  }
}
