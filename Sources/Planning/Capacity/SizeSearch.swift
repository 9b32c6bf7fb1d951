/// Tries every way to pack sizes into rooms where nothing but size counts, up to a number of steps: one room after the other
/// is filled in every way that leaves no room for a size that is left (bin completion). What a room leaves
/// empty is lost, and no more may be lost in all than there is beside what the sizes need.
struct SizeSearch {

  /// Distinct, largest first.
  private let sizes: [Int]
  /// Smallest first, and the place of each in the list that was given.
  private let rooms: [Int]
  private let places: [Int]
  private var stepsLeft: Int
  /// How many of each size are left, for each number of rooms that are full, of which it is known that they find no place.
  private var dead: Set<[Int]> = []
  /// How many of each size are in each room: room by room as they were given, in the order of the sizes.
  private(set) var placed: [Int]

  init(_ sizes: [Int], rooms: [Int], budget: Int) {
    places = rooms.indices.filter { rooms[$0] > 0 }.sorted { (rooms[$0], $0) < (rooms[$1], $1) }
    (self.sizes, self.rooms, stepsLeft) = (sizes, places.map { rooms[$0] }, budget)
    placed = [Int](repeating: 0, count: rooms.count * sizes.count)
  }

  /// - Returns: `found` where `placed` tells the way.
  mutating func run(_ counts: [Int]) -> SearchOutcome {
    let need = zip(sizes, counts).reduce(0) { $0 + $1.0 * $1.1 }
    var counts = counts
    return fill(0, &counts, slack: rooms.reduce(0, +) - need)
  }

  /// Fills a room and those behind it.
  private mutating func fill(_ room: Int, _ counts: inout [Int], slack: Int) -> SearchOutcome {
    guard slack >= 0 else { return .none }
    if counts.allSatisfy({ $0 == 0 }) { return .found }
    guard room < rooms.count else { return .none }
    let state = counts + [room]
    guard !dead.contains(state) else { return .none }
    let outcome = choose(0, room, rooms[room], &counts, slack, smallestLeft: .max)
    if outcome == .none { dead.insert(state) }
    return outcome
  }

  /// Chooses how many of a size go into a room, most first.
  private mutating func choose(
    _ index: Int, _ room: Int, _ left: Int, _ counts: inout [Int], _ slack: Int, smallestLeft: Int
  ) -> SearchOutcome {
    guard stepsLeft > 0 else { return .unfinished }
    stepsLeft -= 1
    guard index < sizes.count else {
      guard left < smallestLeft, left <= slack else { return .none }
      return fill(room + 1, &counts, slack: slack - left)
    }
    let most = sizes[index] > 0 ? min(counts[index], left / sizes[index]) : counts[index]
    for count in stride(from: most, through: 0, by: -1) {
      let isOneLeft = count < counts[index]
      counts[index] -= count
      let outcome = choose(
        index + 1, room, left - count * sizes[index], &counts, slack,
        smallestLeft: isOneLeft ? sizes[index] : smallestLeft)
      counts[index] += count
      guard outcome == .none else {
        if outcome == .found { placed[places[room] * sizes.count + index] = count }
        return outcome
      }
    }
    return .none
  }
}
