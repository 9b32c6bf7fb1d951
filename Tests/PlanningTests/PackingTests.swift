import TestSupport
import Testing

@testable import Planning

/// Packings against plain counting and, where they are small, against every way there is.
@Suite struct PackingTests {
  private func items(_ sizes: [Int]) -> [PackingItem] { sizes.map { PackingItem(memory: $0, cpu: 1, origin: 99) } }
  private func bins(_ rooms: [Int]) -> [PackingBin] { rooms.enumerated().map { PackingBin(host: $0, memory: $1) } }

  /// Best-fit decreasing puts 5 beside 5 and finds no place for 4; the way is 6+4, 5+5 in the wrong order of rooms.
  @Test func aRoomIsFilledByTheSumThatFits() {
    // 7 into 10 leaves 3, 6 into 9 leaves 3: only 4+3+3 and 6+3 hold all of 6, 4, 3, 3, 3.
    let verdict = Packing.verdict(items([6, 4, 3, 3, 3]), into: bins([9, 10]), budget: 0)
    #expect(verdict.places?.count == 5)
  }

  @Test func everyWayIsTriedBeforeSomethingIsImpossible() {
    // Three of 4 into two rooms of 7: the sum is not short, no room holds two.
    let verdict = Packing.verdict(items([4, 4, 4]), into: bins([7, 7]), budget: 1000)
    #expect(verdict == .impossible(.reachable(short: 4), unplaced: [2]))
    let short = Packing.verdict(items([4, 4]), into: bins([5, 2]), budget: 0)
    #expect(short == .impossible(.sum(memory: 1, cpu: 0), unplaced: [1]))
    let wide = Packing.verdict(items([6, 1]), into: bins([5, 5]), budget: 0)
    #expect(wide == .impossible(.noHost(item: 0), unplaced: [0]))
    #expect(Packing.verdict([], into: [], budget: 0) == .placed([]))
  }

  @Test func vcpusRulesAndNamedHostsAreKept() {
    var (one, two) = (PackingItem(memory: 1, cpu: 3, origin: 8), PackingItem(memory: 1, cpu: 3, origin: 9))
    let narrow = [PackingBin(host: 0, memory: 9, cpu: 5), PackingBin(host: 1, memory: 9, cpu: 3)]
    #expect(Packing.verdict([one, two], into: narrow, budget: 100).places.map(Set.init) == [0, 1])
    #expect(
      Packing.verdict([one, two], into: [PackingBin(host: 0, memory: 9, cpu: 5)], budget: 100)
        == .impossible(.sum(memory: 0, cpu: 1), unplaced: [1]))
    (one.groups, two.groups) = ([1], [1])
    #expect(Packing.verdict([one, two], into: bins([9, 9]), budget: 100).places.map(Set.init) == [0, 1])
    #expect(Packing.verdict([one, two], into: bins([9]), budget: 100).places == nil)
    // Two that were together already may stay so.
    two.origin = one.origin
    #expect(Packing.verdict([one, two], into: bins([9]), budget: 100).places == [0, 0])
    one.allowed = [false, true]
    #expect(Packing.verdict([one], into: bins([9, 9]), budget: 100).places == [1])
  }

  @Test func randomPackingsHoldAndWhatIsImpossibleIs() {
    let first = UInt64.random(in: 0...UInt64.max)
    var outcomes: [Int: Int] = [:]
    for seed in first..<(first &+ 400) {
      var random = SplitMix64(seed: seed)
      let step = Bool.random(using: &random) ? 1 : 64
      let rooms = (0..<Int.random(in: 1...3, using: &random)).map { _ in Int.random(in: 0...24, using: &random) * step }
      let sizes = (0..<Int.random(in: 0...7, using: &random)).map { _ in Int.random(in: 1...12, using: &random) * step }
      let verdict = Packing.verdict(items(sizes), into: bins(rooms), budget: 100_000)
      switch verdict {
      case .placed(let places):
        outcomes[0, default: 0] += 1
        for (bin, room) in rooms.enumerated() {
          let sum = zip(places, sizes).filter { $0.0 == bin }.reduce(0) { $0 + $1.1 }
          #expect(sum <= room, "seed \(seed)")
        }
      case .impossible:
        outcomes[1, default: 0] += 1
        #expect(!isPossible(sizes, rooms), "seed \(seed)")
      case .unknown: Issue.record("seed \(seed): small ones are always decided")
      }
    }
    #expect((outcomes[0] ?? 0) > 20 && (outcomes[1] ?? 0) > 20)
  }

  private func isPossible(_ sizes: [Int], _ rooms: [Int]) -> Bool {
    guard let size = sizes.first else { return true }
    for (bin, room) in rooms.enumerated() where room >= size {
      var left = rooms
      left[bin] -= size
      if isPossible(Array(sizes.dropFirst()), left) { return true }
    }
    return false
  }

  /// The search for items that may not go everywhere, against every way.
  @Test func theSearchThroughItemsDecidesTheSame() {
    let first = UInt64.random(in: 0...UInt64.max)
    for seed in first..<(first &+ 200) {
      var random = SplitMix64(seed: seed)
      let rooms = (0..<3).map { _ in Int.random(in: 4...16, using: &random) }
      let sizes = (0..<Int.random(in: 3...6, using: &random)).map { _ in Int.random(in: 1...9, using: &random) }
      // A limit of CPU that never binds sends it the long way.
      let wide = rooms.enumerated().map { PackingBin(host: $0, memory: $1, cpu: 1000) }
      let verdict = Packing.verdict(items(sizes), into: wide, budget: 100_000)
      #expect((verdict.places != nil) == isPossible(sizes, rooms), "seed \(seed)")
    }
  }
}
