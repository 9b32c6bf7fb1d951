internal import Inventory

extension Pair {
  /// Memory, CPU and reservations beside what is there. A VM that is off takes none, but could not be started.
  func checkRoom(_ found: inout Findings) {
    checkMemory(&found)
    guard let all = host.cpuMHz, vm.vm.vcpus > 0 else {
      found.unknown.insert(.processors)
      return
    }
    let (vm, host, use) = (vm.vm, host.host, host.use)
    if vm.vcpus > host.cores {
      found.warn(.vcpusOverCores, "VM \(vm.name) has \(vm.vcpus) vCPUs, host \(host.name) \(host.cores) cores.")
    }
    if vm.cpuReservationMHz > all - use.reservedMHz, vm.cpuReservationMHz > 0 {
      found.add(.cpuReservationShort, self.vm.isRunning ? .error : .warning) {
        """
        VM \(vm.name) reserves \(vm.cpuReservationMHz) MHz; of the \(all) MHz of host \(host.name) \
        \(use.reservedMHz) are reserved.
        """
      }
    }
    if let demand = vm.cpuDemand, self.vm.isRunning, use.demand + demand > Double(host.cores) {
      found.warn(
        .cpuDemandHigh,
        "With VM \(vm.name) host \(host.name) is asked for \(text(use.demand + demand)) cores; it has \(host.cores).")
    }
  }

  private func checkMemory(_ found: inout Findings) {
    guard let all = host.memoryMiB, vm.vm.memoryMiB > 0 else {
      found.unknown.insert(.memory)
      return
    }
    let (needs, used) = (vm.vm.neededMemoryMiB, host.use.memoryMiB)
    guard needs > all - used else { return }
    // Hypervisors of inventories that we only read may grant more than there is; ours does not.
    found.add(.memoryShort, vm.isRunning && cluster.isComplete ? .error : .warning) {
      """
      VM \(vm.name) needs \(needs) MiB of memory; of the \(all) MiB that host \(host.name) has for VMs \
      \(used) are taken.
      """
    }
  }

  /// What the products allow.
  func checkLimits(_ found: inout Findings) {
    guard let limits = host.limits else { return }
    let (own, size) = (vm.source?.limits, vm.vm)
    if let most = limits.vcpus, size.vcpus > most {
      found.add(.vcpusOverLimit, severity(alsoAtSource: own?.vcpus.map { size.vcpus > $0 } ?? false)) {
        "VM \(size.name) has \(size.vcpus) vCPUs; host \(host.name) runs \(host.host.product), which allows \(most)."
      }
    }
    if let most = limits.memoryMiB, size.memoryMiB > most {
      found.add(.memoryOverLimit, severity(alsoAtSource: own?.memoryMiB.map { size.memoryMiB > $0 } ?? false)) {
        "VM \(size.name) has \(size.memoryMiB) MiB; host \(host.name) runs \(host.host.product), which allows \(most)."
      }
    }
  }

  /// A number for a person.
  func text(_ value: Double) -> String {
    let tenths = (value * 10).rounded() / 10
    return Int64(exactly: tenths).map { String($0) } ?? String(tenths)
  }
}
