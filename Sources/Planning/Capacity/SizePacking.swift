/// Packs sizes into rooms, where nothing but size counts: best-fit decreasing, and where that leaves something over, each
/// room in turn is filled by the sizes whose sum comes nearest to it. Equal sizes are placed together.
struct SizePacking {
  /// Distinct, largest first, MiB.
  let sizes: [Int]
  private var sums: ReachableSums?
  /// How many of each size the last attempt put into each room: room by room, in the order of the sizes.
  private(set) var placed: [Int] = []

  /// - Parameter mostRoom: the largest room that will be packed into, MiB.
  init(sizes: [Int], mostRoom: Int) {
    let distinct = Set(sizes).sorted(by: >)
    self.sizes = distinct
    sums = ReachableSums(sizes: distinct, upTo: mostRoom)
  }

  /// Places so many of each size.
  /// - Returns: what finds no place, MiB.
  mutating func pack(_ counts: [Int], into rooms: [Int]) -> Int {
    let left = bestFit(counts, rooms)
    guard left > 0, let other = fill(counts, rooms) else { return left }
    return min(left, other)
  }

  private mutating func bestFit(_ counts: [Int], _ rooms: [Int]) -> Int {
    var (rooms, left) = (rooms, 0)
    placed = [Int](repeating: 0, count: rooms.count * sizes.count)
    for (index, size) in sizes.enumerated() {
      var count = counts[index]
      while count > 0 {
        var (best, least) = (-1, Int.max)
        for (bin, room) in rooms.enumerated() where room >= size && room < least { (best, least) = (bin, room) }
        guard best >= 0 else { break }
        let share = size > 0 ? min(count, least / size) : count
        rooms[best] -= share * size
        placed[best * sizes.count + index] += share
        count -= share
      }
      left += count * size
    }
    return left
  }

  /// Fills the smallest room first. Nil where the sizes have no measure for a table.
  private mutating func fill(_ counts: [Int], _ rooms: [Int]) -> Int? {
    guard sums != nil else { return nil }
    var (left, chosen) = (counts, [Int](repeating: 0, count: rooms.count * sizes.count))
    for bin in rooms.indices.sorted(by: { (rooms[$0], $0) < (rooms[$1], $1) }) where rooms[bin] > 0 {
      sums?.fill(rooms[bin], with: &left) { chosen[bin * sizes.count + $0] = $1 }
    }
    let rest = zip(left, sizes).reduce(0) { $0 + $1.0 * $1.1 }
    if rest == 0 { placed = chosen }
    return rest
  }

  /// The most that a room can hold of so many of each size; nil where the sizes have no measure for a table.
  mutating func reachable(in room: Int, of counts: [Int]) -> Int? {
    var (left, sum) = (counts, 0)
    guard sums != nil else { return nil }
    sums?.fill(room, with: &left) { sum += $1 * sizes[$0] }
    return sum
  }
}
