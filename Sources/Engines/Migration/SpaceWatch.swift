internal import Inventory

/// Watches the datastores on which logs grow.
struct SpaceWatch: Sendable, Equatable {
  /// When to look again.
  var next: Instant
  /// What was used when the logs began, and when it was looked at last, MiB by datastore.
  var first: [String: Double] = [:]
  var last: [String: Double] = [:]
  var lookedAt: Instant?
  /// When the copy under the logs began.
  let began: Instant

  /// The part of a datastore that no log may touch.
  static let reserve = 0.05
  /// How often it is looked at, seconds.
  static let interval = 10.0
}
