package import Hypervisor
package import Inventory

/// What a step of an engine comes to: first the events are made durable, in one transaction, then the orders are sent.
package struct MigrationStep: Sendable {
  /// The checkpoint; empty where nothing has to be kept.
  package var events: [Event] = []
  package var orders: [Order] = []
  /// The changes of state, for people who watch.
  package var changes: [StateChange] = []

  package init() {}

  mutating func add(_ other: MigrationStep) {
    events += other.events
    orders += other.orders
    changes += other.changes
  }
}
