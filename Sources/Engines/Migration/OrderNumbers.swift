internal import Hypervisor

/// Numbers for orders, and the epochs that they bear. Each start of the service has a larger one than all before; each doubt
/// raises it, so that what was ordered before is refused from then on.
package struct OrderNumbers: Sendable, Equatable {
  package private(set) var epoch: Int
  private var last: Int

  /// - Parameter start: larger than at any start before: the number of an event that this start wrote.
  package init(start: Int64) {
    epoch = Int(start) * 1000
    last = Int(start) * 1_000_000
  }

  mutating func raiseEpoch(above known: Int = 0) { epoch = max(epoch, known) + 1 }

  mutating func order(
    _ action: Order.Action, of vm: String, on host: String, most mostMiBPerSecond: Double? = nil
  ) -> Order {
    last += 1
    return Order(number: last, epoch: epoch, host: host, vm: vm, action: action, mostMiBPerSecond: mostMiBPerSecond)
  }
}
