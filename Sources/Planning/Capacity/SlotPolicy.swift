internal import Inventory

/// What the slot policy of admission control says: a slot is as large as the largest reservations, and a host has as many as
/// fit into it whole.
package struct SlotPolicy: Sendable, Equatable {
  /// The size of a slot.
  package var mhz: Int
  package var memoryMiB: Int64
  /// How many each host has, in the order of the hosts.
  package var slots: [Int]
  /// The most hosts, those with the most slots first, without which there is still one for every VM that runs.
  package var failuresTolerated: Int

  /// A VM without a reservation of CPU counts as so much, MHz: 256 up to version 4.1 of the hosts, 32 from 5.0 on.
  static func leastMHz(_ hosts: [Host]) -> Int {
    hosts.contains { ProductLimits($0.product).map { $0.major < 5 } ?? false } ? 256 : 32
  }

  /// Nil where no VM runs: there is no slot then.
  init?(_ hosts: [Host], _ running: [VirtualMachine]) {
    guard !running.isEmpty else { return nil }
    let least = Self.leastMHz(hosts)
    let slot = running.map { $0.cpuReservationMHz > 0 ? $0.cpuReservationMHz : least }.max() ?? least
    let memory = running.map { $0.memoryReservationMiB + $0.memoryOverheadMiB }.max() ?? 0
    (mhz, memoryMiB) = (slot, memory)
    slots = hosts.map { host in
      let byCPU = host.cores * host.mhz / slot
      return memory > 0 ? min(byCPU, Int(max(0, host.memoryMiB - host.nodeMemoryMiB) / memory)) : byCPU
    }
    let fewestFirst = slots.sorted()
    let total = slots.reduce(0, +)
    var (left, failures) = (total, 0)
    for count in fewestFirst.reversed() {
      left -= count
      guard left >= running.count else { break }
      failures += 1
    }
    failuresTolerated = total >= running.count ? failures : 0
  }
}
