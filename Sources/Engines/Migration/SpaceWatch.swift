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
  /// The part of the disks that is copied, as far as is known, and as of when.
  private(set) var copied = 0.0
  private var seen: Instant

  /// The part of a datastore that no log may touch.
  private static let part = 0.05
  /// How often it is looked at, seconds.
  static let interval = 10.0

  init(next: Instant, began: Instant) { (self.next, self.began, seen) = (next, began, began) }

  /// Counts what was copied since it was looked at last.
  /// - Parameter seconds: what copying all of it takes.
  mutating func copy(until now: Instant, of seconds: Double) {
    // As long as nobody has said that it is done, something is left.
    copied = min(0.99, copied + now.seconds(since: seen) / max(0.001, seconds))
    seen = now
  }

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
