internal import Inventory

/// Which hosts could go when the others may be used more: their VMs find places on those, and failures are still provided
/// for.
package struct Retirement: Sendable, Equatable {
  /// A VM that moves so that its host can go.
  package struct Move: Sendable, Equatable {
    package var vms: [String]
    package var from: String
    package var to: String
    package var memoryMiB: Int
  }

  /// How much of the cores of each host that stays the demand of its VMs may be. Of memory it is all.
  package var targetRatio: Double
  package var hosts: [String] = []
  /// In their order; those of one host after those of the host before.
  package var moves: [Move] = []
  /// Why each host that was looked at has to stay.
  package var staying: [(host: String, because: String)] = []

  package static func == (left: Retirement, right: Retirement) -> Bool {
    (left.targetRatio, left.hosts, left.moves) == (right.targetRatio, right.hosts, right.moves)
  }

  /// Looks at the hosts from the one with the least on it on, since its VMs are moved with the least effort.
  /// - Parameters:
  ///   - demand: in cores, of each VM that runs.
  ///   - failures: so many hosts of those that stay may fail.
  init(_ pool: Pool, target: Double, demand: [String: Double], keepFailures failures: Int) {
    targetRatio = target
    var (pool, isGone) = (pool, [Bool](repeating: false, count: pool.hosts.count))
    var refused = 0
    let used = pool.bins().map { pool.hosts[$0.host].memory - $0.memory }
    for host in pool.hosts.indices.sorted(by: { (used[$0], $0) < (used[$1], $1) }) where refused < Self.mostRefused {
      if let next = moved(host, pool, isGone, demand) {
        isGone[host] = true
        if let why = Self.tooFew(next.pool, isGone, failures) {
          staying.append((pool.hosts[host].name, why))
          isGone[host] = false
          refused += 1
          continue
        }
        pool = next.pool
        hosts.append(pool.hosts[host].name)
        moves += next.moves
      } else {
        refused += 1
      }
    }
  }

  /// After so many hosts in turn that have to stay, the fuller ones are not looked at.
  private static let mostRefused = 8

  /// The pool with the VMs of a host moved to others; nil where they find no places, which `staying` then tells.
  private mutating func moved(
    _ host: Int, _ pool: Pool, _ isGone: [Bool], _ demand: [String: Double]
  ) -> (pool: Pool, moves: [Move])? {
    func cores(_ load: Pool.Load) -> Int { Int((load.vms.reduce(0) { $0 + (demand[$1] ?? 0) } * 1000).rounded()) }
    var bins = pool.hosts.enumerated().map { number, one in
      PackingBin(host: number, memory: one.memory, cpu: Int((Double(one.cores) * targetRatio * 1000).rounded(.down)))
    }
    for load in pool.loads {
      var item = load.item
      item.cpu = cores(load)
      bins[item.origin].add(item)
    }
    let numbers = pool.loads.indices.filter { pool.loads[$0].item.origin == host }
    let items = numbers.map { number in
      var item = pool.loads[number].item
      item.cpu = cores(pool.loads[number])
      return item
    }
    let others = bins.filter { $0.host != host && !isGone[$0.host] }
    let verdict = Packing.verdict(items, into: others, budget: 0)
    guard let places = verdict.places, !others.isEmpty else {
      staying.append((pool.hosts[host].name, Self.reason(verdict, numbers, pool)))
      return nil
    }
    var next = pool
    var moves: [Move] = []
    for (number, place) in zip(numbers, places) {
      next.loads[number].item.origin = place
      let load = pool.loads[number]
      moves.append(
        Move(vms: load.vms, from: pool.hosts[host].name, to: pool.hosts[place].name, memoryMiB: load.item.memory))
    }
    return (next, moves)
  }

  private static func reason(_ verdict: PackingVerdict, _ numbers: [Int], _ pool: Pool) -> String {
    switch verdict {
    case .impossible(.sum(let memory, let cpu), _):
      memory > 0
        ? "the others are short of \(memory) MiB" : "the others are short of \(Double(cpu) / 1000) cores at this target"
    case .impossible(.noHost(let item), _):
      "no other host has room for \(pool.loads[numbers[item]].vms.joined(separator: ", ")), or reaches what it needs"
    case .placed: "no other host is left"
    case .impossible(_, let unplaced), .unknown(let unplaced):
      "no places were found for \(unplaced.count) of its VMs"
    }
  }

  /// Why the hosts that stay do not survive so many failures; nil where they do.
  private static func tooFew(_ pool: Pool, _ isGone: [Bool], _ failures: Int) -> String? {
    guard failures > 0 else { return nil }
    var (left, numbers) = (pool, [Int: Int]())
    left.hosts = []
    for (number, host) in pool.hosts.enumerated() where !isGone[number] {
      numbers[number] = left.hosts.count
      left.hosts.append(host)
    }
    let kept = pool.hosts.indices.filter { !isGone[$0] }
    for index in left.loads.indices {
      left.loads[index].item.origin = numbers[left.loads[index].item.origin] ?? 0
      left.loads[index].item.allowed = left.loads[index].item.allowed.map { allowed in kept.map { allowed[$0] } }
    }
    guard failures < left.hosts.count else { return "too few hosts would be left" }
    guard let obstacle = FailureTolerance.obstacle(to: failures, in: left) else { return nil }
    return "without it the failure of \(obstacle.hosts.joined(separator: ", ")) would leave VMs without a place"
  }
}
