/// Finds places for the items of failed hosts on the hosts that live on.
///
/// Largest first into the fullest host that takes it (best-fit decreasing); where that fails, each host in turn is filled by
/// those items whose sum comes nearest to its room; where that fails, the bounds are asked; then every way is tried, up to
/// a number of steps.
struct Packing {
  /// More items are not searched: each is a level of the search.
  private static let mostSearched = 2000
  /// Largest first, those that may not go everywhere before the others.
  private let items: [PackingItem]
  /// The place of each in the list that was given.
  private let numbers: [Int]
  private let bins: [PackingBin]

  static func verdict(_ items: [PackingItem], into bins: [PackingBin], budget: Int) -> PackingVerdict {
    let packing = Packing(items, bins)
    if let places = packing.attempt() { return .placed(packing.inGivenOrder(places)) }
    if let obstacle = packing.shortage() { return .impossible(obstacle, unplaced: packing.leftOver()) }
    if let short = packing.reachableShortage() { return .impossible(.reachable(short: short), unplaced: packing.leftOver()) }
    let (outcome, places) = packing.search(budget)
    switch outcome {
    case .found: return .placed(packing.inGivenOrder(places))
    case .none: return .impossible(.exhausted, unplaced: packing.leftOver())
    case .unfinished: return .unknown(unplaced: packing.leftOver())
    }
  }

  /// The host of each item when the largest goes first, each to the host with the most room that takes it; nil where one
  /// finds none.
  static func roomiest(_ items: [PackingItem], into bins: [PackingBin]) -> [Int]? {
    let packing = Packing(items, bins)
    var (bins, places) = (bins, [Int]())
    for item in packing.items {
      let open = bins.indices.filter { bins[$0].takes(item) }
      guard let bin = open.max(by: { (bins[$0].memory, $1) < (bins[$1].memory, $0) }) else { return nil }
      places.append(bin)
      bins[bin].add(item)
    }
    return packing.inGivenOrder(places)
  }

  private init(_ items: [PackingItem], _ bins: [PackingBin]) {
    let order = items.indices.sorted { left, right in
      let (one, other) = (items[left], items[right])
      if one.isPlain != other.isPlain { return !one.isPlain }
      return (one.memory, one.cpu, right) > (other.memory, other.cpu, left)
    }
    self.items = order.map { items[$0] }
    numbers = order
    self.bins = bins
  }

  private func inGivenOrder(_ places: [Int]) -> [Int] {
    var hosts = [Int](repeating: 0, count: places.count)
    for (number, bin) in zip(numbers, places) { hosts[number] = bins[bin].host }
    return hosts
  }

  // MARK: Attempts

  /// The bin of each item: those that may not go everywhere first, each into the fullest bin that takes it, then the others.
  private func attempt() -> [Int]? {
    var (bins, places) = (bins, [Int]())
    places.reserveCapacity(items.count)
    // Without a limit of CPU the others have one measure, and more can be tried.
    let single = bins.allSatisfy { $0.cpu == nil } ? items[(items.firstIndex(where: \.isPlain) ?? items.count)...] : []
    for item in items.dropLast(single.count) {
      guard let bin = Self.tightest(bins, for: item) else { return nil }
      places.append(bin)
      bins[bin].add(item)
    }
    guard !single.isEmpty else { return places }
    let (sizes, counts, rooms) = Self.measured(single, bins)
    var packing = SizePacking(sizes: sizes, mostRoom: rooms.max() ?? 0)
    guard packing.pack(counts, into: rooms) == 0 else { return nil }
    return places + Self.dealt(single, sizes, packing.placed)
  }

  /// Every way, up to a number of steps.
  private func search(_ budget: Int) -> (SearchOutcome, places: [Int]) {
    guard budget > 0, items.count <= Self.mostSearched else { return (.unfinished, []) }
    guard items.allSatisfy(\.isPlain), bins.allSatisfy({ $0.cpu == nil }) else {
      var search = PackingSearch(items, bins, budget: budget)
      return (search.run(), search.places)
    }
    let (sizes, counts, rooms) = Self.measured(items[...], bins)
    var search = SizeSearch(sizes, rooms: rooms, budget: budget)
    let outcome = search.run(counts)
    return (outcome, outcome == .found ? Self.dealt(items[...], sizes, search.placed) : [])
  }

  /// Items of which nothing but the size counts, the largest first: the distinct sizes, how many there are of each, and the
  /// rooms.
  private static func measured(_ items: ArraySlice<PackingItem>, _ bins: [PackingBin]) -> ([Int], [Int], rooms: [Int]) {
    var (sizes, counts) = ([Int](), [Int]())
    for item in items {
      if sizes.last == item.memory {
        counts[counts.count - 1] += 1
      } else {
        (sizes, counts) = (sizes + [item.memory], counts + [1])
      }
    }
    return (sizes, counts, bins.map(\.memory))
  }

  /// The bin of each of such items.
  /// - Parameter placed: how many of each size are in each bin, bin by bin.
  private static func dealt(_ items: ArraySlice<PackingItem>, _ sizes: [Int], _ placed: [Int]) -> [Int] {
    var (left, bin, index) = (placed, [Int](repeating: 0, count: sizes.count), 0)
    return items.map { item in
      while sizes[index] != item.memory { index += 1 }
      while left[bin[index] * sizes.count + index] == 0 { bin[index] += 1 }
      left[bin[index] * sizes.count + index] -= 1
      return bin[index]
    }
  }

  private static func tightest(_ bins: [PackingBin], for item: PackingItem) -> Int? {
    var best: Int?
    for index in bins.indices where bins[index].memory >= item.memory && bins[index].takes(item) {
      if let found = best, bins[found].memory <= bins[index].memory { continue }
      best = index
    }
    return best
  }

  /// The numbers of the items that best-fit decreasing leaves over when it goes on after those that do not fit.
  private func leftOver() -> [Int] {
    var (bins, left) = (bins, [Int]())
    for (item, number) in zip(items, numbers) {
      if let bin = Self.tightest(bins, for: item) { bins[bin].add(item) } else { left.append(number) }
    }
    return left.sorted()
  }

  // MARK: Bounds

  /// What is short in sum, or an item that no host takes.
  private func shortage() -> PackingVerdict.Obstacle? {
    let memory = items.reduce(0) { $0 + $1.memory } - bins.reduce(0) { $0 + max(0, $1.memory) }
    let limits = bins.compactMap(\.cpu)
    let cpu = limits.count < bins.count ? 0 : items.reduce(0) { $0 + $1.cpu } - limits.reduce(0) { $0 + max(0, $1) }
    if memory > 0 || cpu > 0 { return .sum(memory: max(0, memory), cpu: max(0, cpu)) }
    for (item, number) in zip(items, numbers) where !bins.contains(where: { $0.takes(item) }) {
      return .noHost(item: number)
    }
    return nil
  }

  /// What is short if each bin is filled up to the largest sum that any of the items have; nil where nothing is.
  private func reachableShortage() -> Int? {
    let (sizes, counts, rooms) = Self.measured(items.sorted { $0.memory > $1.memory }[...], bins)
    var packing = SizePacking(sizes: sizes, mostRoom: rooms.max() ?? 0)
    var reachable = 0
    for room in rooms {
      guard let sum = packing.reachable(in: max(0, room), of: counts) else { return nil }
      reachable += sum
    }
    let short = items.reduce(0) { $0 + $1.memory } - reachable
    return short > 0 ? short : nil
  }
}
