internal import Inventory

extension Pair {
  /// Memory, CPU and reservations beside what is there. A VM that is off takes none, but could not be started.
  func checkRoom(_ found: inout Findings) {
    checkMemory(&found)
    checkReservation(&found)
    guard host.host.cores > 0, vm.vm.vcpus > 0 else {
      found.unknown.insert(.processors)
      return
    }
    let vcpus = vm.vm.vcpus
    if vcpus > host.host.cores {
      found.warn(.vcpusOverCores, "VM \(vm.name) has \(vcpus) vCPUs, host \(host.name) \(host.host.cores) cores.")
    }
    guard vm.isRunning, let own = vm.vm.cpuDemand else { return }
    let demand = host.use.demand + own
    if demand > Double(host.host.cores) {
      found.warn(
        .cpuDemandHigh,
        "With VM \(vm.name) host \(host.name) is asked for \(text(demand)) cores; it has \(host.host.cores).")
    }
  }

  private func checkReservation(_ found: inout Findings) {
    let (need, used) = (vm.need, host.use.room)
    if vm.vm.hasUnknownReservation || host.use.isReservationUnknown { found.unknown.insert(.reservations) }
    guard let isShort = host.room.lacksCPU(for: need, beside: used) else {
      found.unknown.insert(.processors)
      return
    }
    guard isShort else { return }
    found.add(.cpuReservationShort, vm.isRunning ? .error : .warning) {
      """
      VM \(vm.name) reserves \(need.reservedMHz) MHz; of the \(host.room.mhz ?? 0) MHz of host \(host.name) \
      \(used.reservedMHz) are reserved.
      """
    }
  }

  private func checkMemory(_ found: inout Findings) {
    let (need, taken) = (vm.need, host.use.room)
    guard vm.vm.memoryMiB > 0, let all = host.room.memoryMiB,
      let isShort = host.room.lacksMemory(for: need, beside: taken)
    else {
      found.unknown.insert(.memory)
      return
    }
    guard isShort else { return }
    let (needs, used) = (need.memoryMiB, taken.memoryMiB)
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
    if let version = vm.vm.hardware, let most = limits.hardware, version > most {
      found.add(.hardwareTooNew, severity(alsoAtSource: own?.hardware.map { version > $0 } ?? false)) {
        """
        VM \(vm.name) has virtual hardware \(version); host \(host.name) runs \(host.host.product), which knows versions up \
        to \(most).
        """
      }
    }
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
