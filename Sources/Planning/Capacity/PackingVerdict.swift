/// Whether items find places.
package enum PackingVerdict: Sendable, Equatable {
  /// They do: the number of the host of each, in their order.
  case placed([Int])
  /// They cannot, and why; and what the best attempt left over, as numbers of items.
  case impossible(Obstacle, unplaced: [Int])
  /// No place for all was found, and nothing says that there is none.
  case unknown(unplaced: [Int])

  /// Why items cannot find places.
  package enum Obstacle: Sendable, Equatable {
    /// They need more than there is: so much is short.
    case sum(memory: Int, cpu: Int, mhz: Int = 0)
    /// An item finds no host that can take it.
    case noHost(item: Int)
    /// Even if each host were filled by the items as well as it can be, so many MiB would be short.
    case reachable(short: Int)
    /// The same of MHz that VMs reserve.
    case reachableReservations(short: Int)
    /// Every way was tried.
    case exhausted
  }

  package var places: [Int]? {
    guard case .placed(let places) = self else { return nil }
    return places
  }
}
