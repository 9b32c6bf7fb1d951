/// Something that happened, as it is written down once and never changed.
package struct Event: Sendable, Equatable {
  /// When it happened.
  package var occurredAt: Instant
  package var type: EventType
  /// The source's own name for the type, such as `VmMigratedEvent`; nil for our own events.
  package var foreignType: String?
  /// The source's key of the record; with the source and the time it is the record's identity.
  package var foreignKey: String?
  /// The operation that the record belongs to, as the source numbers it.
  package var chain: String?
  package var datacenter: ObjectReference?
  package var cluster: ObjectReference?
  /// The host it happened on; for a completed move the destination, for a started or failed one the source.
  package var host: ObjectReference?
  package var vm: ObjectReference?
  package var datastore: ObjectReference?
  /// The other end of a move: the source of a completed one, the destination of a started or failed one.
  package var otherHost: ObjectReference?
  package var otherDatastore: ObjectReference?
  /// Sequence number of the event that began the migration it belongs to.
  package var migration: Int64?
  package var severity: String?
  /// Who did it; nil where the record names nobody.
  package var actor: String?
  package var reason: String?
  package var message: String?
  /// What no column holds. What the records says of the rest stands under `foreign`.
  package var detail: JSONValue?

  package init(occurredAt: Instant, type: EventType) {
    self.occurredAt = occurredAt
    self.type = type
  }
}
