internal import Inventory

/// Turns a vCenter record into our event. No fact is taken from the message.
struct VCenterEventMapper {
  private var types = VCenterTypes()

  /// - Throws: `RecordProblem` for a record without key or time.
  mutating func event(from record: ForeignRecord) throws -> Event {
    let foreignType = record[.eventTypeId]?.text ?? record.className
    guard let key = record[.key]?.text.flatMap({ Int64($0) }).map(String.init) else {
      throw RecordProblem(reason: "the record has no key")
    }
    guard let time = record[.createdTime]?.text else { throw RecordProblem(reason: "record \(key) has no createdTime") }
    guard let occurredAt = Instant(rfc3339: time) else {
      throw RecordProblem(reason: "record \(key): createdTime \"\(time)\" is no RFC 3339 time with a zone")
    }
    let meaning = types.meaning(of: foreignType)
    var event = Event(occurredAt: occurredAt, type: meaning.type)
    event.foreignType = foreignType
    event.foreignKey = key
    event.chain = record[.chainId]?.text
    event.severity = record[.severity]?.text
    event.actor = record[.userName]?.text
    event.reason = Self.reason(record[.reason])
    event.message = record[.fullFormattedMessage]?.text
    Self.setObjects(of: &event, from: record)
    // Which of its names a renamed VM is called by differs; from then on it bears the new one.
    if meaning.type == .vmChanged, let name = record[.newName]?.text, let vm = event.vm {
      event.vm = ObjectReference(kind: .vm, foreignID: vm.foreignID, name: name)
    }
    let facts = VCenterFacts.members(of: record, typeKey: meaning.key)
    let rest = ForeignValue.members(record.fields) { !Self.isInColumn($0, event) }
    if !facts.isEmpty || !rest.isEmpty {
      event.detail = .object(facts + (rest.isEmpty ? [] : [.init("foreign", .object(rest))]))
    }
    return event
  }

  /// A fault's own words, or the plain text.
  private static func reason(_ value: ForeignValue?) -> String? {
    guard let value else { return nil }
    if let text = value.text ?? value[.localizedMessage]?.text { return text }
    if case .object(_, let type?)? = value[.fault] { return type }
    return nil
  }

  private static func setObjects(of event: inout Event, from record: ForeignRecord) {
    event.datacenter = reference(record[.datacenter], .datacenter)
    event.cluster = cluster(record[.computeResource])
    // The older HA events leave the usual field empty and name the host in one of their own.
    event.host =
      reference(record[.failedHost], .host) ?? reference(record[.isolatedHost], .host) ?? reference(record[.host], .host)
    event.vm = reference(record[.vm], .vm)
    event.datastore = reference(record[.ds], .datastore)
    event.otherHost = reference(record[.sourceHost], .host) ?? reference(record[.destHost], .host)
    event.otherDatastore =
      reference(record[.sourceDatastore], .datastore) ?? reference(record[.destDatastore], .datastore)
    guard let subject = subject(of: record) else { return }
    switch subject.kind {
    case .vm where event.vm == nil: event.vm = subject
    case .host where event.host == nil && event.vm == nil: event.host = subject
    case .cluster where event.cluster == nil: event.cluster = subject
    default: break
    }
  }

  /// The object that an EventEx or an ExtendedEvent says it is about.
  private static func subject(of record: ForeignRecord) -> ObjectReference? {
    if case .reference(let type, let id)? = record[.managedObject], let kind = ObjectKind(vCenterType: type) {
      return ObjectReference(kind: kind, foreignID: id, name: "")
    }
    guard let kind = record[.objectType]?.text.flatMap({ ObjectKind(vCenterType: $0) }) else { return nil }
    let (id, name) = (record[.objectId]?.text ?? "", record[.objectName]?.text ?? "")
    return id.isEmpty && name.isEmpty ? nil : ObjectReference(kind: kind, foreignID: id, name: name)
  }

  /// An event argument: a name, and a reference under whatever field name.
  private static func reference(_ value: ForeignValue?, _ kind: ObjectKind) -> ObjectReference? {
    guard case .object(let fields, _)? = value else {
      if case .reference(_, let id)? = value, !id.isEmpty { return ObjectReference(kind: kind, foreignID: id, name: "") }
      return nil
    }
    let name = fields[.name]?.text ?? ""
    var id = ""
    for field in fields {
      guard case .reference(_, let found) = field.value else { continue }
      id = found
      break
    }
    return id.isEmpty && name.isEmpty ? nil : ObjectReference(kind: kind, foreignID: id, name: name)
  }

  /// A host that is in no cluster has a compute resource of its own, which is none.
  private static func cluster(_ value: ForeignValue?) -> ObjectReference? {
    if case .object(let fields, _)? = value {
      for field in fields {
        if case .reference(let type, _) = field.value, type != "ClusterComputeResource" { return nil }
      }
    }
    return reference(value, .cluster)
  }

  /// Whether a field is told whole by a column, so that the detail need not repeat it.
  private static func isInColumn(_ field: ForeignField, _ event: Event) -> Bool {
    switch field.name.known {
    case .key, .chainId, .createdTime, .userName, .fullFormattedMessage, .eventTypeId, .severity: true
    case .datacenter, .ds, .failedHost, .isolatedHost: true
    case .vm: event.vm == reference(field.value, .vm)
    // Of two fields that compete for a column, the one that lost stays in the detail.
    case .host: event.host == reference(field.value, .host)
    case .sourceHost, .destHost: event.otherHost == reference(field.value, .host)
    case .sourceDatastore, .destDatastore: event.otherDatastore == reference(field.value, .datastore)
    case .computeResource: event.cluster != nil
    case .reason: field.value.text != nil
    default: false
    }
  }
}
