package import Inventory

/// Which moves to play again.
package struct ReplayScope: Sendable {
  package var vm: ObjectID?
  /// Moves from or to these hosts; nil for all. Several where hosts bore one name one after the other.
  package var hosts: [ObjectID]?
  /// Moves within, into or out of this cluster.
  package var cluster: ObjectID?
  /// Name of the source; nil for all.
  package var source: String?
  package var since = Instant.distantPast
  package var until = Instant.distantFuture

  package init() {}
}
