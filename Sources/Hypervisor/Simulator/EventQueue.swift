internal import Inventory

/// What is to happen, in the order of time, and of arrival where the time is the same: a binary heap.
struct EventQueue<Happening: Sendable>: Sendable {
  struct Entry: Sendable {
    let at: Instant
    let number: Int
    let happening: Happening

    func isBefore(_ other: Entry) -> Bool { at == other.at ? number < other.number : at < other.at }
  }

  private var heap: [Entry] = []
  private var added = 0

  var first: Entry? { heap.first }

  /// When the last of those is that are meant.
  func last(where isMeant: (Happening) -> Bool) -> Instant? { heap.filter { isMeant($0.happening) }.map(\.at).max() }

  mutating func add(_ happening: Happening, at: Instant) {
    added += 1
    heap.append(Entry(at: at, number: added, happening: happening))
    var child = heap.count - 1
    while child > 0, heap[child].isBefore(heap[(child - 1) / 2]) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func removeFirst() -> Entry? {
    guard let last = heap.popLast() else { return nil }
    guard let first = heap.first else { return last }
    heap[0] = last
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && heap[child].isBefore(heap[least]) {
        least = child
      }
      if least == parent { return first }
      heap.swapAt(least, parent)
      parent = least
    }
  }
}
