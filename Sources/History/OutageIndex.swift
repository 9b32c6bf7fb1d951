package import Inventory

/// Outages in the order of their beginning, found by host or cluster and time: none has to be looked at in vain.
package struct OutageIndex: Sendable {
  /// Oldest first.
  package let outages: [Outage]
  private let byHost: [ObjectID: [Int]]
  private let byCluster: [ObjectID?: [Int]]

  package init(_ outages: [Outage]) {
    self.outages = outages.sorted { ($0.failedAt, $0.id) < ($1.failedAt, $1.id) }
    byHost = Dictionary(grouping: self.outages.indices) { [outages = self.outages] in outages[$0].host }
    byCluster = Dictionary(grouping: self.outages.indices) { [outages = self.outages] in outages[$0].cluster }
  }

  /// Places in `outages` of those of a host that began after one moment and up to another, which is included.
  package func places(ofHost host: ObjectID, after: Instant, through end: Instant) -> ArraySlice<Int> {
    between(byHost[host] ?? [], after, end)
  }

  /// The same of a cluster; with nil of the outages that belong to none.
  package func places(ofCluster cluster: ObjectID?, after: Instant, through end: Instant) -> ArraySlice<Int> {
    between(byCluster[cluster] ?? [], after, end)
  }

  /// The same of all outages.
  func places(after: Instant, through end: Instant) -> Range<Int> {
    outages.firstPlace { $0.failedAt > after }..<outages.firstPlace { $0.failedAt > end }
  }

  /// The latest outages of a host that had begun at a moment: several only where they began at once.
  package func latest(ofHost host: ObjectID, at moment: Instant) -> ArraySlice<Int> {
    let before = places(ofHost: host, after: .distantPast, through: moment)
    guard let last = before.last else { return [] }
    return before.suffix(while: { outages[$0].failedAt == outages[last].failedAt })
  }

  private func between(_ places: [Int], _ after: Instant, _ end: Instant) -> ArraySlice<Int> {
    let low = places.firstPlace { outages[$0].failedAt > after }
    return places[low..<max(low, places.firstPlace { outages[$0].failedAt > end })]
  }
}

extension RandomAccessCollection where Index == Int {
  /// The first place from which on all elements fit, of elements of which only the later ones do.
  func firstPlace(where fits: (Element) -> Bool) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = (low + high) / 2
      if fits(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension [Instant] {
  /// The first of some moments in order that is after another.
  func first(after moment: Instant) -> Instant? {
    let place = firstPlace { $0 > moment }
    return place < count ? self[place] : nil
  }
}

extension ArraySlice {
  /// The elements at the end that fit.
  fileprivate func suffix(while fits: (Element) -> Bool) -> ArraySlice {
    var start = endIndex
    while start > startIndex, fits(self[start - 1]) { start -= 1 }
    return self[start...]
  }
}
