/// The sets of hosts whose failure at one time is provided for.
package struct FailureSets: Sendable, Equatable {
  /// As many sets are looked at one by one.
  package static let most = 5000

  /// Numbers of hosts.
  package let sets: [[Int]]
  /// Whether there are more than these: then it is the one set of the largest hosts.
  package let isSampled: Bool

  /// All sets of so many hosts, or where they are too many the one of those with the most memory.
  package init(of count: Int, hosts: [Pool.Host]) {
    isSampled = Self.number(of: count, among: hosts.count) > Self.most
    if isSampled {
      let largest = hosts.indices.sorted { (hosts[$0].memory, hosts[$1].name) > (hosts[$1].memory, hosts[$0].name) }
      sets = [largest.prefix(count).sorted()]
    } else {
      sets = Self.combinations(of: count, among: hosts.count)
    }
  }

  /// How many sets there are, no more than is worth counting.
  static func number(of count: Int, among hosts: Int) -> Int {
    guard count <= hosts else { return 0 }
    var number = 1
    for step in 0..<min(count, hosts - count) {
      number = number * (hosts - step) / (step + 1)
      if number > most { return most + 1 }
    }
    return number
  }

  /// All sets of so many of the first numbers, in the order of their numbers.
  static func combinations(of count: Int, among hosts: Int) -> [[Int]] {
    guard count > 0 else { return [[]] }
    guard count <= hosts else { return [] }
    var (sets, set) = ([[Int]](), Array(0..<count))
    while true {
      sets.append(set)
      guard let place = set.indices.last(where: { set[$0] < hosts - count + $0 }) else { return sets }
      set[place] += 1
      for next in (place + 1)..<max(place + 1, count) { set[next] = set[next - 1] + 1 }
    }
  }
}
