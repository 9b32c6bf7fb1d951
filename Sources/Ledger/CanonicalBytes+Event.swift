internal import Inventory

extension CanonicalBytes {
  /// Begins anew with an event.
  mutating func encode(
    _ event: Event, seq: Int64, recordedAt: Instant, source: String, objects: EventObjects, detail: DetailText
  ) {
    removeAll()
    append(seq)
    append(event.occurredAt.microseconds)
    append(recordedAt.microseconds)
    append(event.type.rawValue)
    append(event.foreignType)
    append(source)
    append(event.foreignKey)
    append(event.chain)
    append(encodedObject: objects.datacenter?.encoded)
    append(encodedObject: objects.cluster?.encoded)
    append(encodedObject: objects.host?.encoded)
    append(encodedObject: objects.vm?.encoded)
    append(encodedObject: objects.datastore?.encoded)
    append(encodedObject: objects.otherHost?.encoded)
    append(encodedObject: objects.otherDatastore?.encoded)
    append(event.migration)
    append(event.severity)
    append(event.actor)
    append(event.reason)
    append(event.message)
    append(detail)
  }
}
