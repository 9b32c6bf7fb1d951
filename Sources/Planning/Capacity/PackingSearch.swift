/// Tries every way to place items, up to a number of steps.
struct PackingSearch {
  private let items: [PackingItem]
  /// What all items from each on need, MiB.
  private let needs: [Int]
  /// What all items from each on reserve, MHz.
  private let reserved: [Int]
  /// The smallest from each on, MiB.
  private let smallest: [Int]
  private var bins: [PackingBin]
  /// The bin of each item, as far as they are placed.
  private(set) var places: [Int] = []
  private var stepsLeft: Int

  /// - Parameter items: in the order in which they are placed.
  init(_ items: [PackingItem], _ bins: [PackingBin], budget: Int) {
    self.items = items
    self.bins = bins
    stepsLeft = budget
    var (needs, reserved, smallest) = ([0], [0], [Int.max])
    for item in items.reversed() {
      reserved.append((reserved.last ?? 0) + item.mhz)
      needs.append((needs.last ?? 0) + item.memory)
      smallest.append(min(smallest.last ?? .max, item.memory))
    }
    self.needs = needs.reversed()
    self.reserved = reserved.reversed()
    self.smallest = smallest.reversed()
    places.reserveCapacity(items.count)
  }

  mutating func run() -> SearchOutcome {
    let index = places.count
    guard index < items.count else { return .found }
    guard stepsLeft > 0 else { return .unfinished }
    stepsLeft -= 1
    // What is smaller than the smallest item is lost.
    let room = bins.reduce(0) { $1.memory >= smallest[index] ? $0 + $1.memory : $0 }
    guard room >= needs[index], isReservable(reserved[index]) else { return .none }
    let item = items[index]
    // Of equal items a later one never goes into an earlier bin: the other way round it is the same.
    let isRepeated = index > 0 && item.isLike(items[index - 1])
    let first = isRepeated ? places[index - 1] : 0
    let open = (first..<bins.count).filter { bins[$0].takes(item) }.sorted { (bins[$0].memory, $0) < (bins[$1].memory, $1) }
    var tried: [PackingBin] = []
    for bin in open {
      // A bin like one that was tried is no other way.
      if item.isFree, tried.contains(where: { isSame($0, bins[bin]) }), !isRepeated { continue }
      tried.append(bins[bin])
      bins[bin].add(item)
      places.append(bin)
      let outcome = run()
      guard outcome == .none else { return outcome }
      places.removeLast()
      bins[bin].remove(item)
    }
    return .none
  }

  /// Whether as much is left to be reserved in all.
  private func isReservable(_ mhz: Int) -> Bool {
    guard mhz > 0 else { return true }
    var left = mhz
    for bin in bins {
      guard let room = bin.mhz else { return true }
      left -= max(0, room)
    }
    return left <= 0
  }

  /// Whether two bins take the same of the items that are left: of those that may not go everywhere nothing is left then.
  private func isSame(_ left: PackingBin, _ right: PackingBin) -> Bool {
    (left.memory, left.cpu, left.mhz) == (right.memory, right.cpu, right.mhz)
  }
}
