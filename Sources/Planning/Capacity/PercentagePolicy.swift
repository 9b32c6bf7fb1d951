internal import Inventory

/// What the percentage policy of admission control looks at: the share of all CPU and of all memory that no reservation of a
/// VM that runs takes.
package struct PercentagePolicy: Sendable, Equatable {
  package var cpuRatio: Double
  package var memoryRatio: Double
  /// The most hosts, the largest first, whose share is not more than what is free, of CPU and of memory.
  package var failuresTolerated: Int

  /// Nil where hosts have nothing.
  init?(_ hosts: [Host], _ running: [VirtualMachine]) {
    let cpu = hosts.map { Double($0.cores * $0.mhz) }
    let memory = hosts.map { Double(max(0, $0.memoryMiB - $0.nodeMemoryMiB)) }
    let totals = (cpu: cpu.reduce(0, +), memory: memory.reduce(0, +))
    guard totals.cpu > 0, totals.memory > 0 else { return nil }
    let least = SlotPolicy.leastMHz(hosts)
    let reservedMHz = running.reduce(0) { $0 + ($1.cpuReservationMHz > 0 ? $1.cpuReservationMHz : least) }
    let reservedMiB = running.reduce(0) { $0 + $1.memoryReservationMiB + $1.memoryOverheadMiB }
    cpuRatio = (totals.cpu - Double(reservedMHz)) / totals.cpu
    memoryRatio = (totals.memory - Double(reservedMiB)) / totals.memory
    failuresTolerated = 0
    for count in 1..<max(1, hosts.count) {
      let shares = (
        cpu: cpu.sorted(by: >).prefix(count).reduce(0, +) / totals.cpu,
        memory: memory.sorted(by: >).prefix(count).reduce(0, +) / totals.memory
      )
      guard shares.cpu <= cpuRatio, shares.memory <= memoryRatio else { break }
      failuresTolerated = count
    }
  }
}
