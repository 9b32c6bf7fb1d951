internal import Inventory

/// How much CPU is used, where the inventory says it: by VMs, or else by hosts. What VMs were given is another thing and
/// never stands in for it.
struct CPUDemand {
  /// In cores, of all hosts; nil where that is not known.
  let cores: Double?
  /// In cores, of each host of which it is known.
  let byHost: [String: Double]
  /// In cores, of each VM that runs; nil where it is not known of all.
  let byVM: [String: Double]?

  init(_ live: [Host], _ running: [VirtualMachine]) {
    let known = running.filter { $0.cpuDemand != nil }
    if known.count == running.count, !running.isEmpty || live.allSatisfy({ $0.cpuUsedRatio == nil }) {
      byVM = Dictionary(known.map { ($0.name, $0.cpuDemand ?? 0) }) { first, _ in first }
      var sums = Dictionary(live.map { ($0.name, 0.0) }) { first, _ in first }
      for vm in known { sums[vm.host, default: 0] += vm.cpuDemand ?? 0 }
      byHost = sums
      cores = known.reduce(0) { $0 + ($1.cpuDemand ?? 0) }
      return
    }
    byVM = nil
    let measured = live.filter { $0.cpuUsedRatio != nil && $0.cores > 0 }
    byHost = Dictionary(measured.map { ($0.name, ($0.cpuUsedRatio ?? 0) * Double($0.cores)) }) { first, _ in first }
    cores = measured.count == live.count && !live.isEmpty ? byHost.values.reduce(0, +) : nil
  }
}
