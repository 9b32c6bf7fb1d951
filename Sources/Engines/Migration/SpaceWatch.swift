internal import Hypervisor
internal import Inventory

/// Watches the datastores on which logs grow.
struct SpaceWatch: Sendable {
  /// When to look again.
  var next: Instant
  /// What is being committed at the time, MiB, and since when.
  var committing: (mib: Double, since: Instant)?
  /// What no log may touch, MiB by datastore.
  private var reserves: [String: Double] = [:]
  /// When the copy under the logs began.
  let began: Instant

  /// The part of a datastore that no log may touch.
  private static let part = 0.05
  /// How often it is looked at, seconds.
  static let interval = 10.0

  init(next: Instant, began: Instant) { (self.next, self.began) = (next, began) }

  /// What no log may touch on a datastore: a part of it, but where somebody began the move all the same no more than half of
  /// what the forecast leaves.
  /// - Parameter peak: the most that the logs will hold there, MiB.
  mutating func reserve(on name: String, of space: DatastoreSpace, for peak: Double) -> Double {
    if let known = reserves[name] { return known }
    let reserve = min(space.capacityMiB * Self.part, max(0, space.freeMiB - peak) / 2)
    reserves[name] = reserve
    return reserve
  }
}
