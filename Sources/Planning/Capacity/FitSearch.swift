/// Looks for the most VMs of a profile that can be added to a pool so that every set of so many hosts may fail, and all VMs
/// of theirs, old and new, find a place on the others.
///
/// The fullest hosts are filled first, which keeps the large holes whole; the most that this way holds is found by halving.
/// From there one more is tried at a time: new VMs are moved between hosts as long as what finds no place gets no more. What
/// is found is proved by its placement; that there is no more is said by `FitBound` alone.
package struct FitSearch {
  private let pool: Pool
  private let profile: VMProfile
  private let failures: Int
  private let sets: [[Int]]
  private var evacuation: Evacuation
  /// Numbers of the sets; the one that failed last is asked first.
  private var order: [Int]
  /// How many attempts to place the VMs of one set may still be made.
  private var attemptsLeft: Int
  /// What chance is drawn from: always the same.
  private var seed: UInt64 = 1

  /// - Parameter attempts: how many attempts to place the VMs of one set may be made in order to find more.
  package init(_ pool: Pool, profile: VMProfile, keepFailures failures: Int, attempts: Int = 4000) {
    (self.pool, self.profile, self.failures) = (pool, profile, failures)
    sets = FailureSets(of: min(failures, pool.hosts.count), hosts: pool.hosts).sets
    evacuation = Evacuation(pool, profile: profile)
    order = Array(sets.indices)
    attemptsLeft = attempts
  }

  /// Steps that the search may take for one set, where the pool as it is finds no placement by simpler ways.
  static let searchSteps = 50_000

  /// Looks once; the answer is always the same.
  package mutating func run() -> Fit {
    let room = FitBound.room(for: profile, in: evacuation.bins)
    let bound = FitBound.keeping(profile, pool, failures: failures)
    let none = [Int](repeating: 0, count: room.count)
    let free = room.reduce(0, +)
    if let obstacle = FailureTolerance.obstacle(to: min(failures, pool.hosts.count), in: pool) {
      let verdict: Fit.Verdict = obstacle.isProved ? .impossible : .unknown
      return Fit(
        profile: profile, free: free, bound: obstacle.isProved ? .none(because: obstacle) : bound, verdict: verdict,
        new: none,
        obstacle: obstacle)
    }
    if failures == 0 {
      return Fit(profile: profile, free: free, keeping: free, bound: bound, verdict: .proved, new: room)
    }
    var (low, best, fill) = (0, none, Fill.fullestFirst)
    for way in Fill.allCases {
      var high = bound.count
      var least = 0
      while least < high, high > low {
        let middle = (least + high + 1) / 2
        let new = filled(middle, way, room)
        guard misfit(new, upTo: 1) == 0 else {
          high = middle - 1
          continue
        }
        least = middle
        if least > low { (low, best, fill) = (least, new, way) }
      }
    }
    var round = 0
    while low < bound.count, attemptsLeft > 0 {
      // Now as hosts are filled, now from what held with one less; of few hosts now by chance, too.
      let start: [Int]
      switch round % (room.count <= Self.few ? 3 : 2) {
      case 0: start = filled(low + 1, fill, room)
      case 1: start = withOneMore(best, room)
      default: start = scattered(low + 1, room)
      }
      if let better = climb(from: start, room) { (low, best) = (low + 1, better) }
      round += 1
    }
    return Fit(profile: profile, free: free, keeping: low, bound: bound, verdict: .proved, new: best)
  }

  /// In which order hosts are filled with new VMs.
  private enum Fill: CaseIterable {
    /// Large holes stay whole.
    case fullestFirst
    /// Hosts that many VMs need stay open.
    case emptiestFirst
    /// Each goes to the host with the most room.
    case evenly
  }

  private func filled(_ count: Int, _ fill: Fill, _ room: [Int]) -> [Int] {
    var (left, new) = (count, [Int](repeating: 0, count: room.count))
    // Where vCPUs are limited, memory alone does not tell how full a host is.
    let key = evacuation.bins.map { $0.cpu == nil ? $0.memory : room[$0.host] }
    if fill == .evenly {
      // The level up to which hosts are filled: the lowest at which all are placed.
      let size = evacuation.bins.contains { $0.cpu != nil } ? 1 : max(1, Int(profile.memoryMiB))
      var (low, high) = (0, key.max() ?? 0)
      func placed(_ level: Int) -> [Int] { zip(key, room).map { max(0, min($1, ($0 - level) / size)) } }
      while low < high {
        let middle = (low + high + 1) / 2
        if placed(middle).reduce(0, +) >= count { low = middle } else { high = middle - 1 }
      }
      new = placed(low)
      var excess = new.reduce(0, +) - count
      for host in new.indices where excess > 0 && new[host] > 0 { (new[host], excess) = (new[host] - 1, excess - 1) }
      return new
    }
    let fullest = key.indices.sorted { (key[$0], $0) < (key[$1], $1) }
    for host in fill == .fullestFirst ? fullest : fullest.reversed() {
      new[host] = min(left, room[host])
      left -= new[host]
    }
    return new
  }

  private func withOneMore(_ new: [Int], _ room: [Int]) -> [Int] {
    let rooms = evacuation.rooms(beside: new)
    var more = new
    if let host = room.indices.filter({ new[$0] < room[$0] }).max(by: { (rooms[$0], $1) < (rooms[$1], $0) }) {
      more[host] += 1
    }
    return more
  }

  private mutating func scattered(_ count: Int, _ room: [Int]) -> [Int] {
    var new = [Int](repeating: 0, count: room.count)
    for _ in 0..<count {
      guard let host = draw(room.indices.filter { new[$0] < room[$0] }) else { break }
      // In lumps: where many fit on one host, many go there.
      new[host] += max(1, min(room[host] - new[host], (count - new.reduce(0, +)) / 2))
      if new.reduce(0, +) >= count { break }
    }
    return new
  }

  /// Of so many hosts chance finds what order does not.
  private static let few = 12
  /// How often in a row a move may bring nothing.
  private static let mostIdle = 200

  /// Moves new VMs between hosts until all sets hold; nil where that comes to no end.
  private mutating func climb(from start: [Int], _ room: [Int]) -> [Int]? {
    var (new, idle) = (start, 0)
    var short = misfit(new, upTo: .max)
    while short > 0, attemptsLeft > 0, idle < Self.mostIdle {
      idle += 1
      guard let giver = draw(room.indices.filter { new[$0] > 0 }),
        let taker = draw(room.indices.filter { new[$0] < room[$0] }),
        giver != taker
      else { continue }
      new[giver] -= 1
      new[taker] += 1
      let next = misfit(new, upTo: short + 1)
      if next <= short {
        if next < short { idle = 0 }
        short = next
      } else {
        new[giver] += 1
        new[taker] -= 1
      }
    }
    return short == 0 ? new : nil
  }

  /// What finds no place, over all sets, MiB; from a limit on it is not counted any further.
  private mutating func misfit(_ new: [Int], upTo limit: Int) -> Int {
    let rooms = evacuation.rooms(beside: new)
    var sum = 0
    for place in order.indices {
      attemptsLeft -= evacuation.price
      let short = evacuation.misfit(of: sets[order[place]], new, rooms: rooms)
      guard short > 0 else { continue }
      order.insert(order.remove(at: place), at: 0)
      sum += short
      if sum >= limit { return limit }
    }
    return sum
  }

  private mutating func draw(_ list: [Int]) -> Int? {
    // A linear congruential generator with Knuth's constants for MMIX.
    seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return list.isEmpty ? nil : list[Int(seed >> 33) % list.count]
  }
}
