internal import Crypto
internal import Inventory
internal import Ledger

/// Turns a record of a format with few fields into our event. What no field holds is read from the message, and the event
/// says so: `"grade":"text"`.
struct SparseEventMapper {
  /// Names that the ledger knows of the source.
  let names: KnownNames

  /// - Throws: `RecordProblem` for a record that says nothing.
  func event(from record: SparseRecord) throws -> Event {
    guard record.message != nil || record.vm != nil || record.foreignType != nil else {
      throw RecordProblem(reason: "a record without a message")
    }
    let (message, id) = Self.splitID(record.message)
    let given = record.foreignType
    var record = record
    if let given, record.move == nil, !VCenterTypes.isType(given) { record.foreignType = nil }
    let reading = try message.flatMap {
      try MessageReading($0, foreignType: record.foreignType, isKnown: names.isKnown)
    }
    var event = Event(occurredAt: record.at, type: .foreignOther)
    event.foreignType = record.foreignType ?? reading?.foreignType ?? given
    if let given, reading != nil, given != event.foreignType { record.rest.append(.init("type", .string(given))) }
    if let type = event.foreignType { event.type = VCenterTypes.type(of: type) }
    switch record.move {
    case .began: event.type = .migrationStarted
    case .ended: event.type = .migrationCompleted
    case nil: break
    }
    event.chain = record.chain
    event.severity = record.severity
    event.actor = record.actor
    event.message = message
    let isText = try setObjects(of: &event, record, reading, id: id)
    event.foreignKey = record.key.map(String.init) ?? Self.key(of: record, message)
    event.detail = Self.detail(record, reading, event, isText: isText)
    return event
  }

  /// Sets the objects: those of the fields, then those of the text.
  /// - Returns: whether the text gave any.
  private func setObjects(
    of event: inout Event, _ record: SparseRecord, _ reading: MessageReading?, id: String?
  ) throws -> Bool {
    var fromText = reading != nil && record.foreignType == nil
    func object(_ field: ObjectReference?, _ name: String, _ kind: ObjectKind) throws -> ObjectReference? {
      if let field { return try names.resolved(field) }
      guard let object = reading?.object(name, kind) else { return nil }
      fromText = true
      return try names.resolved(object)
    }
    event.datacenter = try object(record.datacenter, "datacenter", .datacenter)
    event.cluster = try object(record.cluster, "cluster", .cluster)
    event.host = try object(record.host, "host", .host)
    event.vm = try object(record.vm, "vm", .vm)
    event.datastore = try object(record.datastore, "datastore", .datastore)
    event.otherHost = try object(record.otherHost, "other_host", .host)
    event.otherDatastore = try object(record.otherDatastore, "other_datastore", .datastore)
    if let id { fromText = Self.setID(id, of: &event) || fromText }
    return fromText
  }

  /// `govc events -l` prints the id of an event's object behind its text: `… has failed (host-44)`.
  private static func splitID(_ message: String?) -> (message: String?, id: String?) {
    guard let message else { return (nil, nil) }
    let whole = message.trimmed
    guard whole.hasSuffix(")"), let open = whole.lastIndex(of: "("), whole[..<open].hasSuffix(" ") else {
      return (message, nil)
    }
    let id = whole[whole.index(after: open)...].dropLast()
    guard kind(ofID: id) != nil else { return (message, nil) }
    return (String(whole[..<open].dropLast()), String(id))
  }

  /// The kind of object that has ids of this form.
  private static func kind(ofID id: Substring) -> ObjectKind? {
    let kinds: [(String, ObjectKind)] = [
      ("vm-", .vm), ("host-", .host), ("domain-c", .cluster), ("datastore-", .datastore), ("datacenter-", .datacenter),
    ]
    return kinds.first { prefix, _ in
      let number = id.dropFirst(prefix.count)
      return id.hasPrefix(prefix) && !number.isEmpty && number.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }?.1
  }

  private static func setID(_ id: String, of event: inout Event) -> Bool {
    func identified(_ object: ObjectReference?, _ kind: ObjectKind) -> ObjectReference {
      ObjectReference(kind: kind, foreignID: id, name: object?.name ?? "")
    }
    switch kind(ofID: id[...]) {
    case .vm?: event.vm = identified(event.vm, .vm)
    case .host? where event.vm == nil: event.host = identified(event.host, .host)
    case .cluster? where event.vm == nil && event.host == nil: event.cluster = identified(event.cluster, .cluster)
    default: return false
    }
    return true
  }

  /// The key of a record that has none: its text, user and objects, at its second. The place of the record within the second
  /// is in its time.
  private static func key(of record: SparseRecord, _ message: String?) -> String {
    var words = [
      String(record.at.wholeSeconds), record.actor, message, record.foreignType, record.vm?.name, record.host?.name,
      record.otherHost?.name, record.datastore?.name, record.otherDatastore?.name,
    ]
    // Both ends of a move may lie in one second.
    if record.move == .began { words.append("began") }
    let digest = SHA256.hash(data: Array(words.map { $0 ?? "" }.joined(separator: "\n").utf8))
    return "text:\(digest.prefix(8).hexadecimal)"
  }

  private static func detail(
    _ record: SparseRecord, _ reading: MessageReading?, _ event: Event, isText: Bool
  ) -> JSONValue {
    var members: [JSONValue.Member] = [.init("sparse", true)]
    if isText { members.append(.init("grade", "text")) }
    if record.hasWholeSeconds { members.append(.init("precision", "second")) }
    if reading != nil, record.foreignType == nil { members.append(.init("type_from_text", true)) }
    if let type = event.foreignType, Self.hotMoves.contains(VCenterTypes.key(type)) { members.append(.init("power", "on")) }
    if let availability = reading?.availability { members.append(.init("availability", .string(availability.rawValue))) }
    if let count = reading?.fields["count"].flatMap({ Int64($0) }), count >= 0 {
      members.append(.init("pending_vms", .int(count)))
    }
    if let old = reading?.fields["old_name"], let new = reading?.fields["new_name"] {
      members += [.init("old_name", .string(old)), .init("new_name", .string(new))]
    }
    members += RestartOutlook.members(event.type, event.foreignType, texts: [event.message])
    if let uuid = reading?.fields["instance_uuid"] {
      members.append(.init("settings", ["instance_uuid": .string(uuid)]))
    }
    if !record.rest.isEmpty { members.append(.init("foreign", .object(record.rest))) }
    return .object(members)
  }

  private static let hotMoves: Set<String> = ["vmbeinghotmigratedevent", "vm.vmhotmigratingwithencryptionevent"]
}
