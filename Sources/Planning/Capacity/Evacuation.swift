/// What has to be placed anew when hosts of a pool fail, with new VMs of one profile on them, and where.
struct Evacuation {
  private let pool: Pool
  private let newItem: PackingItem
  /// Numbers of the loads of each host, largest first.
  private let loads: [[Int]]
  /// The room on each host before anything is added.
  let bins: [PackingBin]
  /// How many of each size are on each host, where nothing but memory counts; the packing of such sizes.
  private var counts: [[Int]] = []
  private var packing: SizePacking?
  private var newClass = 0

  init(_ whole: Pool, profile: VMProfile) {
    let pool = whole.withoutIdleReservations
    self.pool = pool
    newItem = PackingItem(memory: Int(profile.memoryMiB), cpu: profile.vcpus, origin: -1)
    loads = pool.loadsByHost()
    bins = pool.bins()
    guard pool.vcpusPerCore == nil, pool.loads.allSatisfy(\.item.isPlain) else { return }
    let sizes = pool.loads.map(\.item.memory) + [newItem.memory]
    let packing = SizePacking(sizes: sizes, mostRoom: bins.map(\.memory).max() ?? 0)
    let places = Dictionary(uniqueKeysWithValues: packing.sizes.enumerated().map { ($1, $0) })
    counts = [[Int]](repeating: [Int](repeating: 0, count: packing.sizes.count), count: bins.count)
    for load in pool.loads { counts[load.item.origin][places[load.item.memory] ?? 0] += 1 }
    newClass = places[newItem.memory] ?? 0
    self.packing = packing
  }

  /// How much dearer an attempt is than one in which nothing but memory counts.
  var price: Int { packing == nil ? 4 : 1 }

  /// The room on each host beside new VMs, MiB.
  func rooms(beside new: [Int]) -> [Int] { bins.map { $0.memory - new[$0.host] * newItem.memory } }

  /// What finds no place by the quick ways, MiB; 0 where all do.
  /// - Parameter rooms: as `rooms(beside:)` tells them.
  mutating func misfit(of failed: [Int], _ new: [Int], rooms: [Int]) -> Int {
    guard packing != nil else {
      let (items, left) = problem(of: failed, new)
      // Of few items every way is soon tried.
      switch Packing.verdict(items, into: left, budget: items.count <= 24 ? 400 : 0) {
      case .placed: return 0
      case .impossible(_, let unplaced), .unknown(let unplaced):
        return max(1, unplaced.reduce(0) { $0 + weight(of: items[$1]) })
      }
    }
    var counts = [Int](repeating: 0, count: self.counts[0].count)
    for host in failed {
      for index in counts.indices { counts[index] += self.counts[host][index] }
      counts[newClass] += new[host]
    }
    let smallest = packing?.sizes.last ?? 0
    let open = rooms.indices.filter { rooms[$0] >= smallest && !failed.contains($0) }.map { rooms[$0] }
    return packing?.pack(counts, into: open) ?? 0
  }

  /// A vCPU weighs as much as half a GiB, a MHz as much as a MiB: only whether it gets less matters.
  private func weight(of item: PackingItem) -> Int {
    item.memory + (pool.vcpusPerCore == nil ? 0 : 512 * item.cpu) + item.mhz
  }

  /// What hosts that live would have to have more at the least, so that all of it found places: of what may be reserved
  /// alone, where everything else suffices.
  func shortfall(of failed: [Int], _ new: [Int]) -> Shortfall.Amount? {
    let (items, left) = problem(of: failed, new)
    if items.contains(where: { $0.mhz > 0 }) {
      let unreserved = items.map { item in
        var item = item
        item.mhz = 0
        return item
      }
      if Packing.verdict(unreserved, into: left, budget: FitSearch.searchSteps).places != nil,
        let least = Shortfall.least(items, into: left, onlyReservations: true)
      {
        return least
      }
    }
    return Shortfall.least(items, into: left)
  }

  /// Where the loads of failed hosts and the new VMs on them go: the loads of each failed host, largest first, then its new
  /// VMs.
  /// - Parameter budget: how many steps a search may take.
  func verdict(of failed: [Int], _ new: [Int], budget: Int) -> PackingVerdict {
    let (items, left) = problem(of: failed, new)
    return Packing.verdict(items, into: left, budget: budget)
  }

  /// The numbers of the loads that have to be placed anew, in the order of the places of a verdict; nil for a new VM.
  func moved(of failed: [Int], _ new: [Int]) -> [(load: Int?, host: Int)] {
    failed.flatMap { host in
      loads[host].map { (load: Optional($0), host: host) }
        + [(load: Int?, host: Int)](repeating: (load: nil, host: host), count: new[host])
    }
  }

  private func problem(of failed: [Int], _ new: [Int]) -> (items: [PackingItem], bins: [PackingBin]) {
    var items: [PackingItem] = []
    for host in failed {
      items += loads[host].map { pool.loads[$0].item }
      var item = newItem
      item.origin = host
      items += [PackingItem](repeating: item, count: new[host])
    }
    var left: [PackingBin] = []
    for bin in bins where !failed.contains(bin.host) {
      var bin = bin
      bin.memory -= new[bin.host] * newItem.memory
      if let cpu = bin.cpu { bin.cpu = cpu - new[bin.host] * newItem.cpu }
      left.append(bin)
    }
    return (items, left)
  }
}
