package import Inventory

/// Which events to list.
package struct EventFilter: Sendable, Equatable {
  package var since = Instant.distantPast
  package var until = Instant.distantFuture
  /// Our type or the source's own, whatever the case.
  package var type: String?
  package var vm: ObjectID?
  /// Nil for all; several where hosts bore one name one after the other.
  package var hosts: [ObjectID]?
  package var cluster: ObjectID?
  /// Name of the source.
  package var source: String?
  /// How many are listed at most: the newest; nil for all.
  package var limit: Int?
  /// Whether the newest come first.
  package var isNewestFirst = false
  /// Whether events that no longer count are there, too.
  package var includesExcluded = false

  package init() {}
}
