internal import Inventory

/// Copies under way at once: the speed of each link is divided equally among those that use it, and each runs at its
/// smallest share. Speeds change only when a copy begins or ends, so that it can be said in one step when the next one ends.
struct SharedLinks {
  private struct Copy {
    var restMiB: Double
    var rate = 0.0
    /// Since when it has this rate, and when it ends with it; nil where that is never.
    var since: Instant
    var ends: Instant?
    let links: [SharedLink]
  }

  private let speeds: [SharedLink: Double]
  private var users: [SharedLink: Int] = [:]
  private var copies: [Int: Copy] = [:]
  private var begun = 0

  init(_ cluster: ClusterSnapshot) {
    var speeds: [SharedLink: Double] = [:]
    for host in cluster.hosts {
      (speeds[.out(of: host.name)], speeds[.into(host.name)]) = (host.linkMiBPerSecond, host.linkMiBPerSecond)
    }
    for datastore in cluster.datastores {
      (speeds[.read(datastore.name)], speeds[.write(datastore.name)]) =
        (datastore.copyMiBPerSecond, datastore.copyMiBPerSecond)
      speeds[.commit(datastore.name)] = datastore.commitMiBPerSecond
    }
    self.speeds = speeds
  }

  /// The slowest of several links, each for one copy alone.
  func speed(over links: [SharedLink]) -> Double { links.map { speeds[$0] ?? 0 }.min() ?? 0 }

  /// Begins a copy.
  /// - Returns: its number.
  mutating func begin(mib: Double, over links: [SharedLink], at now: Instant) -> Int {
    begun += 1
    for link in links { users[link, default: 0] += 1 }
    copies[begun] = Copy(restMiB: mib, since: now, links: links)
    share(links, at: now)
    return begun
  }

  /// When the next copies end; nil where none ever does.
  var nextEnd: Instant? { copies.values.compactMap(\.ends).min() }

  /// Takes out the copies that end at a moment, or did before.
  /// - Returns: their numbers, in the order in which they began.
  mutating func takeEnded(at now: Instant) -> [Int] {
    let ended = copies.filter { $0.value.ends.map { $0 <= now } ?? false }.keys.sorted()
    let freed = ended.flatMap { copies.removeValue(forKey: $0)?.links ?? [] }
    for link in freed { users[link, default: 1] -= 1 }
    share(freed, at: now)
    return ended
  }

  private mutating func share(_ changed: [SharedLink], at now: Instant) {
    for (number, var copy) in copies where copy.links.contains(where: changed.contains) {
      let rate = copy.links.map { (speeds[$0] ?? 0) / Double(users[$0] ?? 1) }.min() ?? 0
      guard rate != copy.rate else { continue }
      copy.restMiB = max(0, copy.restMiB - copy.rate * now.seconds(since: copy.since))
      (copy.rate, copy.since) = (rate, now)
      copy.ends = rate > 0 ? now.adding(seconds: copy.restMiB / rate) : nil
      copies[number] = copy
    }
  }
}
