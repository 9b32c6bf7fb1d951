/// Finds places for the items of failed hosts on the hosts that live on.
///
/// Largest first into the fullest host that takes it (best-fit decreasing), or where CPU is reserved into the one with the
/// least left to reserve; where that fails, each host in turn is filled by those items whose sum comes nearest to its room;
/// where that fails, the bounds are asked; then every way is tried, up to a number of steps.
struct Packing {
  /// More items are not searched: each is a level of the search.
  private static let mostSearched = 2000
  /// Largest first, those that may not go everywhere before the others, and those that reserve CPU before those that do not.
  private let items: [PackingItem]
  /// The place of each in the list that was given.
  private let numbers: [Int]
  private let bins: [PackingBin]

  static func verdict(_ items: [PackingItem], into bins: [PackingBin], budget: Int) -> PackingVerdict {
    let packing = Packing(items, bins)
    if let places = packing.attempt() { return .placed(packing.inGivenOrder(places)) }
    if let obstacle = packing.shortage() { return .impossible(obstacle, unplaced: packing.leftOver()) }
    if let obstacle = packing.reachableShortage() { return .impossible(obstacle, unplaced: packing.leftOver()) }
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
      guard let bin = Self.bin(among: bins, for: item, .mostMemory) else { return nil }
      places.append(bin)
      bins[bin].add(item)
    }
    return packing.inGivenOrder(places)
  }

  private init(_ items: [PackingItem], _ bins: [PackingBin]) {
    let order = items.indices.sorted { left, right in
      let (one, other) = (items[left], items[right])
      if one.isFree != other.isFree { return !one.isFree }
      if one.isPlain != other.isPlain { return !one.isPlain }
      return (one.memory, one.cpu, one.mhz, right) > (other.memory, other.cpu, other.mhz, left)
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

  /// Which bin an item gets of those that take it.
  private enum Choice: CaseIterable {
    /// The one with the least memory.
    case leastMemory
    /// The one with the least left to reserve, the largest reservation first.
    case leastReservable
    /// The one with the most memory.
    case mostMemory
  }

  /// The bin of each item.
  private func attempt() -> [Int]? {
    guard items.contains(where: { $0.mhz > 0 }) else { return attempt(.leastMemory) }
    for choice in Choice.allCases { if let places = attempt(choice) { return places } }
    return nil
  }

  /// Those that may not go everywhere or reserve CPU first, each into the bin of the choice, then the others.
  private func attempt(_ choice: Choice) -> [Int]? {
    var (bins, places) = (bins, [Int](repeating: 0, count: items.count))
    // Without a limit of vCPUs the others have one measure, and more can be tried.
    let single = bins.allSatisfy { $0.cpu == nil } ? items[(items.firstIndex(where: \.isPlain) ?? items.count)...] : []
    for index in order(of: items.dropLast(single.count), choice) {
      guard let bin = Self.bin(among: bins, for: items[index], choice) else { return nil }
      places[index] = bin
      bins[bin].add(items[index])
    }
    guard !single.isEmpty else { return places }
    let (sizes, counts, rooms) = Self.measured(single, bins)
    var packing = SizePacking(sizes: sizes, mostRoom: rooms.max() ?? 0)
    guard packing.pack(counts, into: rooms) == 0 else { return nil }
    return places[..<single.startIndex] + Self.dealt(single, sizes, packing.placed)
  }

  private func order(of items: ArraySlice<PackingItem>, _ choice: Choice) -> [Int] {
    guard choice == .leastReservable else { return Array(items.indices) }
    return items.indices.sorted { left, right in
      let (one, other) = (items[left], items[right])
      if one.isFree != other.isFree { return !one.isFree }
      return (one.mhz, right) > (other.mhz, left)
    }
  }

  private static func bin(among bins: [PackingBin], for item: PackingItem, _ choice: Choice) -> Int? {
    switch choice {
    case .leastMemory: return tightest(bins, for: item)
    case .leastReservable:
      return bins.indices.filter { bins[$0].takes(item) }.min {
        (bins[$0].mhz ?? .max, bins[$0].memory, $0) < (bins[$1].mhz ?? .max, bins[$1].memory, $1)
      }
    case .mostMemory:
      return bins.indices.filter { bins[$0].takes(item) }.max { (bins[$0].memory, $1) < (bins[$1].memory, $0) }
    }
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
    let choices = items.contains { $0.mhz > 0 } ? Choice.allCases : [.leastMemory]
    let left = choices.map(leftOver)
    return left.min { ($0.count, weight($0)) < ($1.count, weight($1)) }?.map { numbers[$0] }.sorted() ?? []
  }

  private func leftOver(_ choice: Choice) -> [Int] {
    var (bins, left) = (bins, [Int]())
    for index in order(of: items[...], choice) {
      if let bin = Self.bin(among: bins, for: items[index], choice) {
        bins[bin].add(items[index])
      } else {
        left.append(index)
      }
    }
    return left
  }

  private func weight(_ left: [Int]) -> Int { left.reduce(0) { $0 + items[$1].memory + items[$1].mhz } }

  // MARK: Bounds

  /// What is short in sum, or an item that no host takes.
  private func shortage() -> PackingVerdict.Obstacle? {
    let memory = items.reduce(0) { $0 + $1.memory } - bins.reduce(0) { $0 + max(0, $1.memory) }
    let limits = bins.compactMap(\.cpu)
    let cpu =
      limits.count < bins.count || bins.isEmpty ? 0 : items.reduce(0) { $0 + $1.cpu } - limits.reduce(0) { $0 + max(0, $1) }
    let reservable = bins.compactMap(\.mhz)
    let mhz =
      reservable.count < bins.count
      ? 0 : items.reduce(0) { $0 + $1.mhz } - reservable.reduce(0) { $0 + max(0, $1) }
    if memory > 0 || cpu > 0 || mhz > 0 { return .sum(memory: max(0, memory), cpu: max(0, cpu), mhz: max(0, mhz)) }
    for (item, number) in zip(items, numbers) where !bins.contains(where: { $0.takes(item) }) {
      return .noHost(item: number)
    }
    return nil
  }

  /// What is short if each bin is filled up to the largest sum that any of the items have; nil where nothing is.
  private func reachableShortage() -> PackingVerdict.Obstacle? {
    if let short = Self.shortOfReachable(items.map(\.memory), bins.map(\.memory)) { return .reachable(short: short) }
    let (reserved, reservable) = (items.map(\.mhz).filter { $0 > 0 }, bins.compactMap(\.mhz))
    guard !reserved.isEmpty, reservable.count == bins.count else { return nil }
    return Self.shortOfReachable(reserved, reservable).map { .reachableReservations(short: $0) }
  }

  private static func shortOfReachable(_ amounts: [Int], _ rooms: [Int]) -> Int? {
    let counts = Dictionary(amounts.map { ($0, 1) }, uniquingKeysWith: +)
    let sizes = counts.keys.sorted(by: >)
    var packing = SizePacking(sizes: sizes, mostRoom: rooms.max() ?? 0)
    var reachable = 0
    for room in rooms {
      guard let sum = packing.reachable(in: max(0, room), of: sizes.map { counts[$0] ?? 0 }) else { return nil }
      reachable += sum
    }
    let short = amounts.reduce(0, +) - reachable
    return short > 0 ? short : nil
  }
}
