/// How much room is missing at the least, so that items would all find places: what hosts would have to have more, over all
/// ways to place them that are looked at.
///
/// It begins with the largest items, each where the least is missing, and tries other ways up to a number of steps. Items
/// that no host may take, whatever its room, are left out: no room helps them.
struct Shortfall {
  /// What is missing over all hosts, MiB, vCPUs and MHz.
  struct Amount: Equatable {
    var memory = 0
    var cpu = 0
    var mhz = 0

    mutating func add(_ other: Amount) {
      (memory, cpu, mhz) = (memory + other.memory, cpu + other.cpu, mhz + other.mhz)
    }
  }

  /// More steps are not taken.
  private static let mostSteps = 5000
  /// More items are not searched: each is a level of the search.
  private static let mostSearched = 500

  /// Whether only reservations may be short.
  private let onlyReservations: Bool
  private let items: [PackingItem]
  private var bins: [PackingBin]
  /// What a unit of each resource weighs: all that the hosts have left weighs the same.
  private let weights: (memory: Double, cpu: Double, mhz: Double)
  /// No way misses less.
  private let floor: Double
  private var stepsLeft = mostSteps
  private var best: (cost: Double, amount: Amount)?

  /// - Parameter onlyReservations: whether nothing but what may be reserved is short.
  /// - Returns: nil where no room would help, or no way was found.
  static func least(_ items: [PackingItem], into bins: [PackingBin], onlyReservations: Bool = false) -> Amount? {
    var search = Shortfall(items, bins, onlyReservations)
    guard !search.items.isEmpty else { return nil }
    search.placeGreedily()
    if search.items.count <= mostSearched { search.place(0, cost: 0, Amount()) }
    return search.best?.amount
  }

  private init(_ items: [PackingItem], _ bins: [PackingBin], _ onlyReservations: Bool) {
    (self.bins, self.onlyReservations) = (bins, onlyReservations)
    let left = Self.room(of: bins)
    func weight(_ room: Int) -> Double { 1 / Double(max(1, room)) }
    let weights = (memory: weight(left.memory), cpu: weight(left.cpu), mhz: weight(left.mhz))
    func size(_ item: PackingItem) -> Double {
      Double(item.memory) * weights.memory + Double(item.cpu) * weights.cpu + Double(item.mhz) * weights.mhz
    }
    self.weights = weights
    let possible = items.filter { item in bins.contains { bin in bin.mayBeHere(item) } }
    let order = possible.indices.sorted { (size(possible[$0]), $1) > (size(possible[$1]), $0) }
    self.items = order.map { possible[$0] }
    let short = (
      memory: self.items.reduce(0) { $0 + $1.memory } - left.memory, mhz: self.items.reduce(0) { $0 + $1.mhz } - left.mhz
    )
    let isReservable = bins.allSatisfy { $0.mhz != nil }
    floor = Double(max(0, short.memory)) * weights.memory + (isReservable ? Double(max(0, short.mhz)) * weights.mhz : 0)
  }

  private static func room(of bins: [PackingBin]) -> Amount {
    bins.reduce(into: Amount()) { sum, bin in
      sum.memory += max(0, bin.memory)
      sum.cpu += max(0, bin.cpu ?? 0)
      sum.mhz += max(0, bin.mhz ?? 0)
    }
  }

  private typealias Way = (bin: Int, more: Amount, cost: Double)

  /// The hosts that may take an item, those first that would miss the least.
  private func ways(for item: PackingItem) -> [Way] {
    let open = bins.indices.filter { bins[$0].mayBeHere(item) }
    let ways: [Way] = open.compactMap { bin in
      let more = missing(item, bins[bin])
      return onlyReservations && (more.memory > 0 || more.cpu > 0) ? nil : (bin, more, price(more))
    }
    return ways.sorted { ($0.cost, bins[$0.bin].memory, $0.bin) < ($1.cost, bins[$1.bin].memory, $1.bin) }
  }

  /// Each where the least is missing.
  private mutating func placeGreedily() {
    let empty = bins
    var (cost, amount) = (0.0, Amount())
    for item in items {
      guard let way = ways(for: item).first else {
        bins = empty
        return
      }
      bins[way.bin].add(item)
      cost += way.cost
      amount.add(way.more)
    }
    (bins, best) = (empty, (cost, amount))
  }

  /// Places the items from one on in every way that may miss less than the best.
  private mutating func place(_ index: Int, cost: Double, _ amount: Amount) {
    if let best, cost >= best.cost || best.cost <= floor { return }
    guard index < items.count else {
      best = (cost, amount)
      return
    }
    for way in ways(for: items[index]) {
      guard stepsLeft > 0 else { return }
      stepsLeft -= 1
      var sum = amount
      sum.add(way.more)
      bins[way.bin].add(items[index])
      place(index + 1, cost: cost + way.cost, sum)
      bins[way.bin].remove(items[index])
    }
  }

  /// How much more than now a host would miss with an item.
  private func missing(_ item: PackingItem, _ bin: PackingBin) -> Amount {
    func more(_ need: Int, _ room: Int?) -> Int { room.map { max(0, need - max(0, $0)) } ?? 0 }
    return Amount(
      memory: more(item.memory, bin.memory), cpu: more(item.cpu, bin.cpu), mhz: item.mhz > 0 ? more(item.mhz, bin.mhz) : 0)
  }

  private func price(_ amount: Amount) -> Double {
    Double(amount.memory) * weights.memory + Double(amount.cpu) * weights.cpu + Double(amount.mhz) * weights.mhz
  }
}
