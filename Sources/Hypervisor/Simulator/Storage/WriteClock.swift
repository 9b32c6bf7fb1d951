internal import Inventory

/// How long a guest has written, in seconds at its full speed.
struct WriteClock: Sendable {
  /// The part of its speed at which it writes; 0 while it does not run.
  private(set) var speed = 0.0
  private var sum = 0.0
  private var since = Instant(microseconds: 0)

  func seconds(at now: Instant) -> Double { speed == 0 ? sum : sum + speed * now.seconds(since: since) }

  mutating func set(speed: Double, at now: Instant) {
    sum = seconds(at: now)
    (self.speed, since) = (speed, now)
  }
}
