import Inventory

@testable import Planning

/// The checks of a host change without files, written as plainly as they can be said: what the prepared ones are held to.
struct PlainCompatibility {
  let cluster: ClusterSnapshot

  /// Codes with what follows from them, such as `error memory-short`.
  func findings(_ vm: VirtualMachine, _ target: Host) -> Set<String> {
    var found: Set<String> = []
    func add(_ code: ReasonCode, _ severity: Reason.Severity) { found.insert("\(severity.rawValue) \(code.rawValue)") }
    let source = cluster.hosts.first { $0.name == vm.host }
    let whenOff: Reason.Severity = vm.power == .off ? .warning : .error
    let whenRunning: Reason.Severity = vm.power == .on ? .error : .warning
    if vm.isTemplate, vm.power == .on { add(.vmIsTemplate, .error) }
    if vm.host == target.name {
      add(.alreadyThere, .error)
      return found
    }
    if vm.power == .on, source?.isConnected == false { add(.sourceDisconnected, .error) }
    if !target.isConnected { add(.hostDisconnected, .error) }
    if target.mode == .maintenance || target.mode == .enteringMaintenance { add(.hostInMaintenance, .error) }
    if target.mode == .standby { add(.hostInStandby, .error) }
    if !vm.devices.isEmpty { add(.localDevice, whenOff) }
    if vm.snapshots > 0 { add(.snapshotsKept, .warning) }
    if !Set(vm.networks).isSubset(of: target.networks) { add(.networkMissing, whenOff) }
    for disk in vm.disks {
      let datastore = cluster.datastores.first { $0.name == disk.datastore }
      if datastore?.isSeen(by: target.name) == false { add(.datastoreNotSeen, .error) }
    }
    processor(vm, source, target, whenOff, add)
    room(vm, target, whenRunning, add)
    mappings(vm, target, add)
    rules(vm, target, whenRunning, add)
    return found
  }

  private typealias Add = (ReasonCode, Reason.Severity) -> Void

  private func processor(
    _ vm: VirtualMachine, _ source: Host?, _ target: Host, _ severity: Reason.Severity, _ add: Add
  ) {
    guard let has = target.features else { return }
    let needs = vm.requiredFeatures.union(vm.frozenFeatures ?? [])
    if !needs.isSubset(of: has) { add(.cpuFeaturesMissing, severity) }
    guard vm.power != .off, vm.frozenFeatures == nil else { return }
    guard let own = source?.features else { return add(.notKnown, .warning) }
    if !own.subtracting(needs).isSubset(of: has) { add(.cpuFeaturesUnproven, .warning) }
  }

  private func room(_ vm: VirtualMachine, _ target: Host, _ severity: Reason.Severity, _ add: Add) {
    let there = cluster.vms.filter { $0.host == target.name && $0.power == .on }
    let used = there.reduce(0) { $0 + $1.memoryMiB + $1.memoryOverheadMiB }
    if used + vm.memoryMiB + vm.memoryOverheadMiB > target.memoryMiB - target.nodeMemoryMiB { add(.memoryShort, severity) }
    let reserved = there.reduce(0) { $0 + $1.cpuReservationMHz }
    if vm.cpuReservationMHz > 0, reserved + vm.cpuReservationMHz > target.cores * target.mhz {
      add(.cpuReservationShort, severity)
    }
    let demand = there.reduce(0) { $0 + ($1.cpuDemand ?? 0) }
    if vm.power == .on, let own = vm.cpuDemand, demand + own > Double(target.cores) { add(.cpuDemandHigh, .warning) }
    if vm.vcpus > target.cores { add(.vcpusOverCores, .warning) }
  }

  private func mappings(_ vm: VirtualMachine, _ target: Host, _ add: Add) {
    for id in vm.disks.compactMap(\.mapping?.lun) {
      let numbers = cluster.luns.first { $0.id == id }?.numbers ?? [:]
      if numbers.isEmpty {
        add(.rdmLUNUnknown, .warning)
      } else if numbers[target.name] == nil {
        add(.rdmLUNNotSeen, .error)
      } else if numbers[vm.host] == nil {
        add(.rdmLUNUnknown, .warning)
      } else if numbers[vm.host] != numbers[target.name] {
        add(.rdmLUNNumberDiffers, .error)
      }
    }
  }

  private func rules(_ vm: VirtualMachine, _ target: Host, _ severity: Reason.Severity, _ add: Add) {
    for rule in cluster.rules where rule.vms.contains(vm.name) {
      let others = cluster.vms.filter { rule.vms.contains($0.name) && $0.name != vm.name && $0.power == .on }
      switch rule.kind {
      case .antiAffinity: if others.contains(where: { $0.host == target.name }) { add(.ruleAntiAffinity, severity) }
      case .affinity: if others.contains(where: { $0.host != target.name }) { add(.ruleAffinity, .warning) }
      case .mustRunOn: if !rule.hosts.contains(target.name) { add(.ruleMustRunOn, severity) }
      case .shouldRunOn: if !rule.hosts.contains(target.name) { add(.ruleShouldRunOn, .warning) }
      }
    }
  }
}
