internal import Inventory

/// Copies under way at once: the speed of each link is divided equally among those that use it, and each runs at its smallest
/// share. Speeds change only when a copy begins or ends, so that it can be said in one step when the next one ends.
struct SharedLinks {
  private struct Copy {
    var restMiB: Double
    var rate = 0.0
    let links: [SharedLink]

    var secondsLeft: Double { rate > 0 ? restMiB / rate : .infinity }
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
  mutating func begin(mib: Double, over links: [SharedLink]) -> Int {
    begun += 1
    for link in links { users[link, default: 0] += 1 }
    copies[begun] = Copy(restMiB: mib, links: links)
    share(links)
    return begun
  }

  /// Until the first copies end; nil where none ever does.
  var secondsUntilNextEnd: Double? { copies.values.map(\.secondsLeft).min().flatMap { $0.isFinite ? $0 : nil } }

  /// Lets time go on, no further than to the next end.
  /// - Returns: the copies that have ended, in the order in which they began.
  mutating func goOn(_ seconds: Double) -> [Int] {
    // What ends within the same microsecond ends at once.
    let ended = copies.filter { $0.value.secondsLeft <= seconds + 1e-6 }.keys.sorted()
    for (number, copy) in copies { copies[number]?.restMiB -= copy.rate * seconds }
    for number in ended {
      let links = copies.removeValue(forKey: number)?.links ?? []
      for link in links { users[link, default: 1] -= 1 }
      share(links)
    }
    return ended
  }

  private mutating func share(_ changed: [SharedLink]) {
    for (number, copy) in copies where copy.links.contains(where: changed.contains) {
      copies[number]?.rate = copy.links.map { (speeds[$0] ?? 0) / Double(users[$0] ?? 1) }.min() ?? 0
    }
  }
}
