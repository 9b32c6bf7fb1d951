internal import Inventory

/// A record of a format that keeps only some fields of vCenter's events. What the format does not have is nil.
struct SparseRecord {
  var at: Instant
  /// Whether the time is known to the second only; then what stands behind it keeps the order within the second.
  var hasWholeSeconds = false
  var key: Int64?
  var chain: String?
  var foreignType: String?
  /// Whether it is of a list that has nothing but moves, whatever it calls them.
  var isMove = false
  var severity: String?
  var actor: String?
  var message: String?
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
