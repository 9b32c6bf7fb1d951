package import Inventory
package import Ledger

/// The lists of events, and one event in full.
package struct EventLists {
  package static let events = ListKind(
    schema: "yadokari.event-list/1", key: "events", title: "Events",
    columns: [
      TableColumn("seq", "Seq", isNumber: true), TableColumn("at", "At"), TableColumn("type", "Type"),
      TableColumn("foreign_type", "Source's type", isDataOnly: true), TableColumn("source", "Source", isDataOnly: true),
      TableColumn("foreign_key", "Key", isDataOnly: true), TableColumn("cluster", "Cluster", isDataOnly: true),
      TableColumn("cluster_id", "Cluster id", isDataOnly: true),
      TableColumn("vm", "VM"), TableColumn("vm_id", "VM id", isDataOnly: true), TableColumn("host", "Host"),
      TableColumn("host_id", "Host id", isDataOnly: true), TableColumn("other_host", "Other host"),
      TableColumn("other_host_id", "Other host id", isDataOnly: true),
      TableColumn("datastore", "Datastore", isDataOnly: true), TableColumn("severity", "Severity", isDataOnly: true),
      TableColumn("actor", "Actor"), TableColumn("reason", "Reason", isDataOnly: true), TableColumn("message", "Message"),
      TableColumn("excluded_by", "Excluded by", isDataOnly: true),
    ], emptyText: "No matching events.")

  package static func cells(_ recorded: RecordedEvent) -> [Cell] {
    let event = recorded.event
    return [
      .int(recorded.seq), .time(event.occurredAt), .text(event.type.rawValue), .text(event.foreignType),
      .text(recorded.source), .text(event.foreignKey), .text(event.cluster?.label),
      .text(event.cluster?.foreignID), .text(event.vm?.label),
      .text(event.vm?.foreignID), .text(event.host?.label), .text(event.host?.foreignID), .text(event.otherHost?.label),
      .text(event.otherHost?.foreignID),
      .text(event.datastore?.label), .text(event.severity), .text(event.actor), .text(event.reason), .text(event.message),
      .value(recorded.excludedBy.map { .int($0) } ?? .null),
    ]
  }

  package static let types = ListKind(
    schema: "yadokari.event-types/1", key: "types", title: "Types of events",
    columns: [
      TableColumn("type", "Type"), TableColumn("foreign_type", "Source's type"),
      TableColumn("count", "Count", isNumber: true),
    ], emptyText: "There are no events.")

  /// Everything that is kept of one event.
  package static func report(_ recorded: RecordedEvent) -> Report {
    let event = recorded.event
    var report = Report(schema: "yadokari.event/1", at: event.occurredAt, itemsKey: "events")
    let fields = members(recorded)
    report.items = [.object(fields)]
    report.flatColumns = [TableColumn("field", "Field"), TableColumn("value", "Value")]
    report.flatRows = fields.map { [.text($0.key), .value($0.value)] }
    report.answer = ["Event \(recorded.seq): \(event.type.rawValue)"]
    var section = Report.Section(heading: event.message ?? event.type.rawValue)
    section.columns = report.flatColumns
    section.rows = report.flatRows.filter { $0[1] != .value(.null) }
    report.sections = [section]
    return report
  }

  /// Everything that is kept of an event, as the members of its JSON object.
  static func members(_ recorded: RecordedEvent) -> [JSONValue.Member] {
    let event = recorded.event
    let fields: [(String, JSONValue)] = [
      ("seq", .int(recorded.seq)), ("at", JSONValue(event.occurredAt)), ("recorded_at", JSONValue(recorded.recordedAt)),
      ("type", .string(event.type.rawValue)), ("foreign_type", JSONValue(event.foreignType)),
      ("source", .string(recorded.source)), ("foreign_key", JSONValue(event.foreignKey)), ("chain", JSONValue(event.chain)),
      ("datacenter", json(event.datacenter)), ("cluster", json(event.cluster)), ("host", json(event.host)),
      ("vm", json(event.vm)), ("datastore", json(event.datastore)), ("other_host", json(event.otherHost)),
      ("other_datastore", json(event.otherDatastore)), ("migration", event.migration.map { .int($0) } ?? .null),
      ("severity", JSONValue(event.severity)), ("actor", JSONValue(event.actor)), ("reason", JSONValue(event.reason)),
      ("message", JSONValue(event.message)), ("detail", event.detail ?? .null),
      ("hash", .string(recorded.hash.bytes.hexadecimal)),
      ("excluded_by", recorded.excludedBy.map { .int($0) } ?? .null),
    ]
    return fields.map { .init($0.0, $0.1) }
  }

  private static func json(_ reference: ObjectReference?) -> JSONValue {
    guard let reference else { return .null }
    return ["name": .string(reference.name), "id": .string(reference.foreignID)]
  }
}

extension ObjectReference {
  /// The name, or the id where the record gave no name.
  package var label: String { name.isEmpty ? foreignID : name }
}
