package import Inventory

/// A time during which a copy of a VM really ran on a host.
package struct Stint: Sendable, Equatable {
  package let vm: String
  package let host: String
  package let since: Instant
  /// Nil while it runs.
  package internal(set) var until: Instant?
}
