internal import Inventory

/// Facts that a record's fields hold and no column takes, under our own keys: what `History` reads.
struct VCenterFacts {
  /// - Parameter typeKey: the record's type as `VCenterTypes` spells it.
  static func members(of record: ForeignRecord, typeKey: String) -> [JSONValue.Member] {
    var members: [JSONValue.Member] = []
    switch typeKey {
    case "vmbeinghotmigratedevent", "vm.vmhotmigratingwithencryptionevent": members.append(.init("power", "on"))
    case "hoststatechangedevent":
      if let state = argument("newState", of: record), let availability = HostState(state)?.availability {
        members.append(.init("availability", .string(availability.rawValue)))
      }
    case "dashostcompletenetworkfailureevent": members.append(.init("availability", "connection_lost"))
    case "clusterfailoveractioninitiatedevent":
      if let count = argument("pendingVms", of: record).flatMap({ Int64($0) }), count >= 0 {
        members.append(.init("pending_vms", .int(count)))
      }
    case "eventburstcompressedevent":
      members.append(.init("code", "burst-compressed"))
      if let from = argument("burstStartTime", of: record).flatMap({ Instant(rfc3339: $0) }) {
        members.append(.init("from", JSONValue(from)))
      }
    default: break
    }
    if let old = record[.oldName]?.text, let new = record[.newName]?.text {
      members += [.init("old_name", .string(old)), .init("new_name", .string(new))]
    }
    members += RestartOutlook.members(
      VCenterTypes.type(of: typeKey), typeKey,
      texts: [
        record[.fullFormattedMessage]?.text, record[.reason]?[.localizedMessage]?.text,
        record[.fault]?[.localizedMessage]?.text,
      ])
    if let spec = record[.configSpec] {
      if let count = number(spec[.numCPUs]) { members.append(.init("vcpus", .int(count))) }
      if let size = number(spec[.memoryMB]) { members.append(.init("memory_mib", .int(size))) }
    }
    if let uuid = record[.instanceUuid]?.text {
      members.append(.init("settings", ["instance_uuid": .string(uuid)]))
    }
    return members
  }

  /// A count of the record; absurd ones say nothing.
  private static func number(_ value: ForeignValue?) -> Int64? {
    value?.text.flatMap { Int64($0) }.flatMap { (1...1_000_000_000).contains($0) ? $0 : nil }
  }

  /// The value of a named argument of an EventEx, or of the data of an ExtendedEvent.
  private static func argument(_ name: String, of record: ForeignRecord) -> String? {
    for field in record.fields where field.name.known == .arguments || field.name.known == .data {
      guard case .object(let fields, _) = field.value else { continue }
      if let key = fields[.key]?.text, key.lowercased() == name.lowercased() { return fields[.value]?.text }
      if let text = fields.first(where: { $0.name.text == name })?.value.text { return text }
    }
    return nil
  }
}
