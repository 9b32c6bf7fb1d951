internal import Inventory
internal import Ledger
internal import Reports

/// The rows of a list of events, with the names of objects of which an event's own record gave only the id.
struct EventNames {
  private struct Key: Hashable {
    let source: String
    let kind: ObjectKind
    let id: String
  }

  /// The objects met so far; nil for one that no record names.
  private var objects: [Key: ObjectID?] = [:]

  private static let columns = Dictionary(
    uniqueKeysWithValues: EventLists.events.columns.enumerated().map { ($1.key, $0) })

  /// The row of an event, with the names that its objects had when it happened, where any record gives them.
  mutating func cells(_ recorded: RecordedEvent, _ reader: borrowing LedgerReader) throws -> [Cell] {
    var cells = EventLists.cells(recorded)
    let event = recorded.event
    let objects = [
      "cluster": event.cluster, "vm": event.vm, "host": event.host, "other_host": event.otherHost,
      "datastore": event.datastore,
    ]
    for (key, object) in objects {
      guard let object, object.name.isEmpty, let column = Self.columns[key] else { continue }
      if let name = try name(object, of: recorded, reader) { cells[column] = .text(name) }
    }
    return cells
  }

  private mutating func name(
    _ object: ObjectReference, of recorded: RecordedEvent, _ reader: borrowing LedgerReader
  ) throws -> String? {
    let (source, at) = (recorded.source, recorded.event.occurredAt)
    let key = Key(source: source, kind: object.kind, id: object.foreignID)
    if let known = objects[key] { return try known.map { try reader.summary(of: $0, at: at).name } }
    let found = try reader.objects(named: object.foreignID, kind: object.kind, source: source, at: at)
      .first { $0.foreignID == object.foreignID }
    objects[key] = .some(found?.id)
    return found?.name
  }
}
