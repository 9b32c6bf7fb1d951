import TestSupport
import Testing

@testable import Planning

/// Sizes into rooms, beside a look at every way to do it.
@Suite struct SizeSearchTests {
  /// Whether some way puts every item into a room.
  private func fits(_ items: ArraySlice<Int>, _ rooms: [Int]) -> Bool {
    guard let item = items.first else { return true }
    return rooms.indices.contains { room in
      guard rooms[room] >= item else { return false }
      var left = rooms
      left[room] -= item
      return fits(items.dropFirst(), left)
    }
  }

  @Test("A search of all ways finds one where there is one, and what it found holds", arguments: 0..<20)
  func aWayIsFoundWhereThereIsOne(block: Int) {
    var (found, impossible) = (0, 0)
    for seed in (block * 50)..<(block * 50 + 50) {
      var random = SplitMix64(seed: UInt64(seed))
      let sizes = Set((0..<Int.random(in: 1...3, using: &random)).map { _ in Int.random(in: 1...9, using: &random) })
        .sorted(by: >)
      let counts = sizes.map { _ in Int.random(in: 0...3, using: &random) }
      let rooms = (0..<Int.random(in: 1...3, using: &random)).map { _ in Int.random(in: 0...14, using: &random) }
      let items = zip(sizes, counts).flatMap { [Int](repeating: $0, count: $1) }
      var search = SizeSearch(sizes, rooms: rooms, budget: 100_000)
      let outcome = search.run(counts)
      #expect(outcome == (fits(items[...], rooms) ? .found : .none), "seed \(seed): \(items) into \(rooms)")
      guard outcome == .found else {
        impossible += 1
        continue
      }
      found += 1
      for (size, count) in counts.enumerated() {
        let placed = rooms.indices.map { search.placed[$0 * sizes.count + size] }
        #expect(placed.reduce(0, +) == count, "seed \(seed)")
      }
      for room in rooms.indices {
        let held = sizes.indices.map { sizes[$0] * search.placed[room * sizes.count + $0] }
        #expect(held.reduce(0, +) <= rooms[room], "seed \(seed)")
      }
    }
    #expect(found > 5 && impossible > 5)
  }

  @Test("A search that may take no step says so")
  func aSearchWithoutStepsIsUnfinished() {
    var search = SizeSearch([2], rooms: [4], budget: 0)
    #expect(search.run([1]) == .unfinished)
    #expect(search.run([0]) == .found)
    #expect(search.run([3]) == .none)
  }
}
