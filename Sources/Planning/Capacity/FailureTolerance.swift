/// How many hosts of a pool may fail at one time so that all VMs find a place on the others.
package struct FailureTolerance: Sendable, Equatable {
  /// What says so for the largest number that is proved.
  package enum Argument: Sendable, Equatable {
    /// It holds more than it has as it is.
    case overfull
    /// Every set of so many hosts was packed: how many sets.
    case packed(sets: Int)
    /// However the VMs of so many hosts are placed one after the other, there is always a host with room for the next:
    /// the room of the others, less on each what is just too little for the largest VM, is more than they need.
    case greedy
  }

  /// What stands in the way of one more.
  package enum Next: Sendable, Equatable {
    /// Some VMs of these hosts find no place, by proof or because none was found.
    case set(SetVerdict)
    /// Too many sets to look at: so many were, the worst first, and all found a place.
    case sampled(sets: Int)
    /// No host would be left.
    case noHostLeft
  }

  package var proved: Int
  package var argument: Argument
  package var next: Next

  /// Asks for one failure more until one is not survived, or too many sets would have to be looked at.
  package static func of(_ pool: Pool) -> FailureTolerance {
    let pool = pool.withoutIdleReservations
    var evacuation = Evacuation(pool, profile: VMProfile(vcpus: 0, memoryMiB: 0))
    var (proved, argument) = (0, Argument.packed(sets: 1))
    if let bin = evacuation.bins.first(where: \.isOverfull) {
      return FailureTolerance(proved: 0, argument: .overfull, next: .set(.overfull(bin, in: pool)))
    }
    while true {
      let count = proved + 1
      guard count < pool.hosts.count else { return FailureTolerance(proved: proved, argument: argument, next: .noHostLeft) }
      if survivesByRoom(pool, evacuation.bins, failures: count) {
        (proved, argument) = (count, .greedy)
        continue
      }
      let sets = FailureSets(of: count, hosts: pool.hosts)
      let asked = sets.isSampled ? worstSets(of: count, evacuation.bins, pool) : sets.sets
      if let obstacle = firstObstacle(among: asked, &evacuation, pool) {
        return FailureTolerance(proved: proved, argument: argument, next: .set(obstacle))
      }
      if sets.isSampled { return FailureTolerance(proved: proved, argument: argument, next: .sampled(sets: asked.count)) }
      (proved, argument) = (count, .packed(sets: asked.count))
    }
  }

  /// What stands in the way of so many failures; nil where nothing does, as far as sets are looked at.
  /// - Parameter isMeasured: whether it is asked how much is short.
  static func obstacle(to failures: Int, in pool: Pool, isMeasured: Bool = true) -> SetVerdict? {
    let pool = pool.withoutIdleReservations
    let bins = pool.bins()
    if let bin = bins.first(where: \.isOverfull) { return .overfull(bin, in: pool) }
    if failures == 0 || survivesByRoom(pool, bins, failures: failures) { return nil }
    var evacuation = Evacuation(pool, profile: VMProfile(vcpus: 0, memoryMiB: 0))
    return firstObstacle(
      among: FailureSets(of: failures, hosts: pool.hosts).sets, &evacuation, pool, isMeasured: isMeasured)
  }

  private static func firstObstacle(
    among sets: [[Int]], _ evacuation: inout Evacuation, _ pool: Pool, isMeasured: Bool = true
  ) -> SetVerdict? {
    let none = [Int](repeating: 0, count: pool.hosts.count)
    let rooms = evacuation.rooms(beside: none)
    for set in sets where evacuation.misfit(of: set, none, rooms: rooms) > 0 {
      let verdict = evacuation.verdict(of: set, none, budget: FitSearch.searchSteps)
      if let obstacle = SetVerdict(verdict, of: set, evacuation, new: none, in: pool, isMeasured: isMeasured) {
        return obstacle
      }
    }
    return nil
  }

  /// Whether the VMs of any so many hosts can be placed one after the other on whichever host has room. That comes to a
  /// stop only when every host that lives has less room than the largest VM needs, and then more was placed than there is
  /// if the sum over the others of (room - (largest - 1)) is at least what the failed need.
  static func survivesByRoom(_ pool: Pool, _ bins: [PackingBin], failures: Int) -> Bool {
    guard pool.vcpusPerCore == nil, pool.loads.allSatisfy(\.item.isFree),
      reservationsFindRoom(pool, bins, failures: failures)
    else { return false }
    let largest = pool.loads.map(\.item.memory).max() ?? 0
    let sure = bins.map { max(0, $0.memory - max(0, largest - 1)) }
    // What a host takes away when it fails: the room that it gave, and what it needs.
    let losses = zip(bins, sure).map { pool.hosts[$0.host].memory - $0.memory + $1 }
    return losses.sorted(by: >).prefix(failures).reduce(0, +) <= sure.reduce(0, +)
  }

  /// Whether those that reserve CPU can be placed one after the other, before the others. That comes to a stop only when
  /// every host that lives has less memory or less to reserve than the largest of them needs: then so large a share of what
  /// the failed need was placed on each, of one or of the other, and the shares are no more than the whole of both. So it
  /// does not where the sum over the hosts of the smaller share is at least 2.
  private static func reservationsFindRoom(_ pool: Pool, _ bins: [PackingBin], failures: Int) -> Bool {
    let reserving = pool.loads.map(\.item).filter { $0.mhz > 0 }
    guard !reserving.isEmpty else { return true }
    func sum(_ key: KeyPath<PackingItem, Int>) -> Double {
      let byHost = Dictionary(reserving.map { ($0.origin, $0[keyPath: key]) }, uniquingKeysWith: +)
      return Double(byHost.values.sorted(by: >).prefix(failures).reduce(0, +))
    }
    let (memory, mhz) = (max(1, sum(\.memory)), max(1, sum(\.mhz)))
    let largest = (memory: reserving.map(\.memory).max() ?? 0, mhz: reserving.map(\.mhz).max() ?? 0)
    let shares = bins.map { bin in
      let share = Double(max(0, bin.memory - max(0, largest.memory - 1))) / memory
      return bin.mhz.map { min(share, Double(max(0, $0 - (largest.mhz - 1))) / mhz) } ?? share
    }
    return shares.sorted().dropLast(failures).reduce(0, +) > 2 + 1e-9
  }

  /// Those sets that take most away, of the hosts that do so singly.
  private static func worstSets(of count: Int, _ bins: [PackingBin], _ pool: Pool) -> [[Int]] {
    let byMemory = pool.hosts.indices.sorted { (pool.hosts[$0].memory, $1) > (pool.hosts[$1].memory, $0) }
    let byUse = pool.hosts.indices.sorted {
      (pool.hosts[$0].memory - bins[$0].memory, $1) > (pool.hosts[$1].memory - bins[$1].memory, $0)
    }
    var few = count
    while few < pool.hosts.count, FailureSets.number(of: count, among: few + 1) <= FailureSets.most / 2 { few += 1 }
    return [byMemory, byUse].flatMap { hosts in
      FailureSets.combinations(of: count, among: few).map { set in set.map { hosts[$0] }.sorted() }
    }
  }
}
