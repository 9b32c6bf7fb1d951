/// A pool of which some hosts were emptied, with the demand of VMs beside their memory.
struct Evacuated {
  enum Outcome {
    /// Where each load of the host goes: numbers of loads and hosts.
    case emptied([(load: Int, host: Int)])
    case refused(because: String)
  }

  private var pool: Pool
  private var isGone: [Bool]
  /// The room of each host; of CPU in thousandths of a core, up to the target.
  private var bins: [PackingBin]
  /// Numbers of the loads of each host, and each with its demand.
  private var loads: [[Int]]
  private let items: [PackingItem]

  init(_ pool: Pool, target: Double, demand: [String: Double]) {
    self.pool = pool
    isGone = [Bool](repeating: false, count: pool.hosts.count)
    items = pool.loads.map { load in
      var item = load.item
      item.cpu = Int((load.vms.reduce(0) { $0 + (demand[$1] ?? 0) } * 1000).rounded())
      return item
    }
    bins = pool.hosts.enumerated().map { number, host in
      PackingBin(
        host: number, memory: host.memory, cpu: Int((Double(host.cores) * target * 1000).rounded(.down)), mhz: host.mhz)
    }
    for item in items { bins[item.origin].add(item) }
    loads = pool.loadsByHost()
  }

  /// Empties a host, if its VMs find places so that failures are still provided for: first on the fullest hosts that take
  /// them, then on those with the most room.
  mutating func empty(_ host: Int, keepFailures failures: Int) -> Outcome {
    let others = bins.filter { $0.host != host && !isGone[$0.host] }
    guard !others.isEmpty else { return .refused(because: "no other host is left") }
    let moving = loads[host].map { items[$0] }
    let verdict = Packing.verdict(moving, into: others, budget: 0)
    var why = reason(verdict, loads[host])
    let choices = [verdict.places, Packing.roomiest(moving, into: others)].compactMap(\.self)
    for places in choices {
      var next = self
      next.move(host, to: places)
      guard let obstacle = next.obstacle(to: failures) else {
        let moved = Array(zip(loads[host], places)).map { (load: $0.0, host: $0.1) }
        self = next
        return .emptied(moved)
      }
      why = obstacle
    }
    return .refused(because: why)
  }

  private mutating func move(_ host: Int, to places: [Int]) {
    for (load, place) in zip(loads[host], places) {
      bins[place].add(items[load])
      pool.loads[load].item.origin = place
      loads[place].append(load)
    }
    loads[host] = []
    isGone[host] = true
  }

  private func reason(_ verdict: PackingVerdict, _ moving: [Int]) -> String {
    switch verdict {
    case .impossible(.sum(let memory, let cpu, let mhz), _):
      memory > 0
        ? "the others are short of \(memory) MiB"
        : cpu > 0
          ? "the others are short of \(Double(cpu) / 1000) cores at this target"
          : "the others are short of \(mhz) MHz that its VMs reserve"
    case .impossible(.noHost(let item), _):
      "no other host has room for \(pool.loads[moving[item]].vms.joined(separator: ", ")), or reaches what it needs"
    case .placed: ""
    case .impossible(_, let unplaced), .unknown(let unplaced):
      "no places were found for \(unplaced.count) of its VMs"
    }
  }

  /// Why the hosts that stay do not survive so many failures; nil where they do.
  private func obstacle(to failures: Int) -> String? {
    let kept = pool.hosts.indices.filter { !isGone[$0] }
    guard failures < kept.count else { return "too few hosts would be left" }
    var (left, numbers) = (pool, [Int: Int]())
    left.hosts = kept.map { pool.hosts[$0] }
    for (number, host) in kept.enumerated() { numbers[host] = number }
    for index in left.loads.indices {
      left.loads[index].item.origin = numbers[left.loads[index].item.origin] ?? 0
      left.loads[index].item.allowed = left.loads[index].item.allowed.map { allowed in kept.map { allowed[$0] } }
    }
    guard let obstacle = FailureTolerance.obstacle(to: failures, in: left, isMeasured: false) else { return nil }
    guard !obstacle.hosts.isEmpty else { return obstacle.argument }
    return "without it the failure of \(obstacle.hosts.joined(separator: ", ")) would leave VMs without a place"
  }
}
