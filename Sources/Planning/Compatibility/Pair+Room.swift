internal import Inventory

extension Pair {
  /// Memory, CPU and reservations beside what is there. A VM that is off takes none, but could not be started.
  func checkRoom(_ found: inout Findings) {
    checkMemory(&found)
    guard let all = host.cpuMHz, vm.vm.vcpus > 0 else {
      found.unknown.insert(.processors)
      return
    }
    let (vcpus, reservation) = (vm.vm.vcpus, vm.vm.cpuReservationMHz)
    if vcpus > host.host.cores {
      found.warn(.vcpusOverCores, "VM \(vm.name) has \(vcpus) vCPUs, host \(host.name) \(host.host.cores) cores.")
    }
    if reservation > 0, reservation > all - host.use.reservedMHz {
      found.add(.cpuReservationShort, vm.isRunning ? .error : .warning) {
        """
        VM \(vm.name) reserves \(reservation) MHz; of the \(all) MHz of host \(host.name) \(host.use.reservedMHz) are \
        reserved.
        """
      }
    }
    guard vm.isRunning, let own = vm.vm.cpuDemand else { return }
    let demand = host.use.demand + own
    if demand > Double(host.host.cores) {
      found.warn(
        .cpuDemandHigh,
        "With VM \(vm.name) host \(host.name) is asked for \(text(demand)) cores; it has \(host.host.cores).")
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
    let own = vm.source?.limits
    let (vcpus, memory) = (vm.vm.vcpus, vm.vm.memoryMiB)
    if let most = limits.vcpus, vcpus > most {
      found.add(.vcpusOverLimit, severity(alsoAtSource: own?.vcpus.map { vcpus > $0 } ?? false)) {
        "VM \(vm.name) has \(vcpus) vCPUs; host \(host.name) runs \(host.host.product), which allows \(most)."
      }
    }
    if let most = limits.memoryMiB, memory > most {
      found.add(.memoryOverLimit, severity(alsoAtSource: own?.memoryMiB.map { memory > $0 } ?? false)) {
        "VM \(vm.name) has \(memory) MiB; host \(host.name) runs \(host.host.product), which allows \(most)."
      }
    }
  }

  /// A number for a person.
  func text(_ value: Double) -> String {
    let tenths = (value * 10).rounded() / 10
    return Int64(exactly: tenths).map { String($0) } ?? String(tenths)
  }
}
