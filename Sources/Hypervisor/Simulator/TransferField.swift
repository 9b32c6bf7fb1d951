internal import Inventory

/// Copies under way, and the links that they share: a link's speed is divided equally among its copies, and a copy runs at
/// its smallest share.
struct TransferField: Sendable {
  /// A copy whose end has moved; an end with an older version counts no more.
  struct Change: Sendable {
    let transfer: Int
    let version: Int
    let endsAt: Instant
  }

  private struct Transfer {
    var remaining: Double
    var rate = 0.0
    var since: Instant
    var version = 0
    let links: [Int]
    let most: Double
  }

  private let capacities: [Double]
  private var users: [[Int]]
  private var transfers: [Int: Transfer] = [:]

  /// - Parameter capacities: of each link, MiB/s.
  init(capacities: [Double]) {
    self.capacities = capacities
    users = Array(repeating: [], count: capacities.count)
  }

  /// Begins a copy of so many MiB.
  /// - Parameter most: what it may have of its links, MiB/s.
  mutating func begin(
    _ id: Int, mib: Double, over links: [Int], most: Double = .infinity, at now: Instant
  ) -> [Change] {
    transfers[id] = Transfer(remaining: mib, since: now, links: links, most: most)
    for link in links { users[link].append(id) }
    return share(links, at: now)
  }

  /// Ends a copy, whole or not.
  mutating func end(_ id: Int, at now: Instant) -> [Change] {
    guard let transfer = transfers.removeValue(forKey: id) else { return [] }
    for link in transfer.links { users[link].removeAll { $0 == id } }
    return share(transfer.links, at: now)
  }

  /// Whether this is the end that a copy has now.
  func ends(_ id: Int, version: Int) -> Bool { transfers[id]?.version == version }

  /// What is yet to be copied, MiB.
  func remaining(_ id: Int, at now: Instant) -> Double? {
    transfers[id].map { max(0, $0.remaining - $0.rate * now.seconds(since: $0.since)) }
  }

  /// Divides the links anew among their copies.
  private mutating func share(_ links: [Int], at now: Instant) -> [Change] {
    var changes: [Change] = []
    for id in Set(links.flatMap { users[$0] }).sorted() {
      guard var transfer = transfers[id] else { continue }
      let share = transfer.links.map { capacities[$0] / Double(users[$0].count) }.min() ?? 0
      let rate = min(share, transfer.most)
      guard rate != transfer.rate || transfer.version == 0 else { continue }
      transfer.remaining = max(0, transfer.remaining - transfer.rate * now.seconds(since: transfer.since))
      (transfer.rate, transfer.since, transfer.version) = (rate, now, transfer.version + 1)
      transfers[id] = transfer
      // A link of no speed carries nothing, ever.
      guard rate > 0 else { continue }
      changes.append(
        Change(transfer: id, version: transfer.version, endsAt: now.adding(seconds: transfer.remaining / rate)))
    }
    return changes
  }
}
