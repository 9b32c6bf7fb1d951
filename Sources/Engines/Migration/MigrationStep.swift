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

/// A change of state: subject, old → new, because.
package struct StateChange: Sendable, Equatable {
  package let at: Instant
  package let subject: String
  package let old: String
  package let new: String
  package let because: String

  package init(at: Instant, subject: String, old: String, new: String, because: String) {
    (self.at, self.subject, self.old, self.new, self.because) = (at, subject, old, new, because)
  }
}
