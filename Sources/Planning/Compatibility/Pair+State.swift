internal import Inventory

extension Pair {
  /// The VM as it is, whatever the target.
  func checkState(_ found: inout Findings) {
    if let task = vm.task { found.error(.vmBusy, "VM \(vm.name) is busy: \(task).") }
    if vm.vm.isTemplate, move.kind != .cold, move.kind != .storage {
      found.error(.vmIsTemplate, "\(vm.name) is a template: it does not run.")
    } else if move.kind.needsRunning, !vm.isRunning {
      found.error(.vmPoweredOff, "VM \(vm.name) is \(vm.vm.power.rawValue): there is nothing to move while it runs.")
    }
    if move.kind == .cold, vm.isRunning { found.error(.vmPoweredOn, "VM \(vm.name) runs.") }
    if vm.source == nil { found.unknown.insert(.place) }
    if vm.vm.snapshots > 0, movesFiles || vm.source !== host { checkSnapshots(&found) }
  }

  private func checkSnapshots(_ found: inout Findings) {
    if movesFiles, vm.isRunning {
      found.error(.snapshotsPresent, "VM \(vm.name) has snapshots: its files cannot be moved while it runs.")
    } else {
      found.warn(.snapshotsKept, "VM \(vm.name) has snapshots: reverting to one may fail on host \(host.name).")
    }
  }

  /// Whoever sends has to be told so.
  func checkSource(_ found: inout Findings) {
    guard let source = vm.source, !source.host.isConnected, vm.isRunning || movesFiles else { return }
    found.error(.sourceDisconnected, "Host \(source.name), on which VM \(vm.name) is, is not connected.")
  }

  /// The target as it is, and what binds the VM to its present place.
  func checkTarget(_ found: inout Findings) {
    if !host.host.isConnected { found.error(.hostDisconnected, "Host \(host.name) is not connected.") }
    switch host.host.mode {
    case .normal: break
    case .enteringMaintenance: found.error(.hostInMaintenance, "Host \(host.name) is on its way into maintenance.")
    case .maintenance: found.error(.hostInMaintenance, "Host \(host.name) is in maintenance.")
    case .standby: found.error(.hostInStandby, "Host \(host.name) is in standby.")
    }
    for device in vm.vm.devices {
      found.add(.localDevice, vm.isActive ? .error : .warning) {
        "Device \(device) of VM \(vm.name) is out of reach of host \(host.name)."
      }
    }
  }
}
