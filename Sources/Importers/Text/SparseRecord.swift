internal import Inventory

/// A record of a format that keeps only some fields of vCenter's events. What the format does not have is nil.
struct SparseRecord {
  enum MoveEnd { case began, ended }

  var at: Instant
  /// Whether the time is known to the second only; then what stands behind it keeps the order within the second.
  var hasWholeSeconds = false
  var key: Int64?
  var chain: String?
  var foreignType: String?
  /// Of a list that has nothing but moves, whatever it calls them: which end of one it tells.
  var move: MoveEnd?
  var severity: String?
  var actor: String?
  var message: String?
  var datacenter: ObjectReference?
  var cluster: ObjectReference?
  var host: ObjectReference?
  var vm: ObjectReference?
  var datastore: ObjectReference?
  var otherHost: ObjectReference?
  var otherDatastore: ObjectReference?
  /// Fields that no column takes.
  var rest: [JSONValue.Member] = []

  init(at: Instant) { self.at = at }
}

extension SparseRecord {
  /// A whole event of which something is missing, with what its fields say.
  init(_ record: ForeignRecord, _ event: Event) {
    self.init(at: event.occurredAt)
    key = event.foreignKey.flatMap { Int64($0) }
    (chain, severity, actor, message) = (event.chain, event.severity, event.actor, event.message)
    foreignType = record[.eventTypeId]?.text ?? (record.className.isEmpty ? nil : record.className)
    (datacenter, cluster, host, vm, datastore) = (event.datacenter, event.cluster, event.host, event.vm, event.datastore)
    (otherHost, otherDatastore) = (event.otherHost, event.otherDatastore)
  }
}
