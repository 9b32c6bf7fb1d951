/// How much of what the hosts of a cluster have together is used: since VMs move, what is free on several hosts is one room.
package struct PooledUse: Sendable, Equatable {
  /// Of what there is, the share that is used; nil where it is not known.
  package var usedRatio: Double?
  /// What is free, in units of one average host: the number of hosts less those that would be full.
  package var freeHosts: Double?

  /// - Parameters:
  ///   - used: nil where it is not known.
  ///   - capacity: of all hosts together.
  init(used: Double?, of capacity: Double, hosts: Int) {
    guard let used, capacity > 0 else { return }
    usedRatio = used / capacity
    freeHosts = (capacity - used) / (capacity / Double(hosts))
  }
}
