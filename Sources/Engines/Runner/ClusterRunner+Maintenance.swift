internal import Inventory
internal import Planning

/// Hosts are emptied before somebody works on them.
extension ClusterRunner {
  /// Moves all VMs off a host, each to the host that has most memory left of those that can take it.
  package func enterMaintenance(_ host: String, actor: String?) async throws {
    guard let mode = cluster.host(host)?.mode, mode == .normal else { return }
    var entering = event(.hostMaintenanceEntering, host)
    entering.actor = actor
    try await write([entering])
    tell(host, "normal", "entering maintenance", because: "\(actor ?? "somebody") asked for it")
    for vm in cluster.running(on: host) where !engine.isMoving(vm) {
      if isUpgrading(vm) {
        tell(vm, "on \(host)", "stays", because: "its hardware is upgraded; it goes after that")
      } else {
        try await moveAway(vm, from: host, actor: actor)
      }
    }
    try await advanceMaintenance()
  }

  /// A VM that was kept on its host, or has come to it meanwhile, follows the others, if that is to be emptied.
  func resumeMaintenance(of vm: String) async throws {
    guard let known = cluster.vm(vm), cluster.host(known.host)?.mode == .enteringMaintenance, isAtRest(vm) else { return }
    if known.power == .on { try await moveAway(vm, from: known.host, actor: nil) }
    try await advanceMaintenance()
  }

  private func moveAway(_ vm: String, from host: String, actor: String?) async throws {
    guard let target = roomiestHost(for: vm) else {
      return try await noteObstacle(vm, on: host, because: "no host can take it")
    }
    _ = try await request(
      MoveRequest(.live, of: vm, to: target), trigger: "maintenance", actor: actor, reason: "\(host) enters maintenance")
  }

  package func exitMaintenance(_ host: String, actor: String?) async throws {
    guard let mode = cluster.host(host)?.mode, mode != .normal else { return }
    var exited = event(.hostMaintenanceExited, host)
    exited.actor = actor
    try await write([exited])
    tell(host, "maintenance", "normal", because: "\(actor ?? "somebody") asked for it")
  }

  /// A host from which the last VM is gone is in maintenance.
  func advanceMaintenance() async throws {
    for host in cluster.hostsToEmpty {
      let hasGuests = !cluster.running(on: host).isEmpty
      guard !hasGuests, !engine.migrations.contains(where: { $0.target.name == host }),
        !powerOrders.values.contains(where: { $0.host == host && $0.isStart })
      else { continue }
      try await write([event(.hostMaintenanceEntered, host)])
      tell(host, "entering maintenance", "maintenance", because: "no VM is left on it")
    }
  }

  /// VMs that stay on a host that is to be emptied, or have come to it just now.
  func noteObstacles(after step: MigrationStep) async throws {
    for event in step.events {
      guard let ending = Migration.Ending(event.type), let vm = event.vm?.name, let home = cluster.vm(vm)?.host,
        cluster.host(home)?.mode == .enteringMaintenance
      else { continue }
      // One that waited for its turn in vain may have another place to go.
      let waitedInVain = ending == .cancelled && event.detail?["cancelled_by"] == nil
      if ending == .completed || waitedInVain {
        try await resumeMaintenance(of: vm)
        continue
      }
      try await noteObstacle(vm, on: home, because: event.reason ?? ending.rawValue)
    }
  }

  private func noteObstacle(_ vm: String, on host: String, because why: String) async throws {
    var event = event(.other("host.maintenance_blocked"), host)
    (event.vm, event.reason) = (reference(.vm, vm), "\(vm) stays: \(why); move it yourself, or end the maintenance")
    try await write([event])
    tell(host, "entering maintenance", "held up by \(vm)", because: why)
  }

  private func roomiestHost(for vm: String) -> String? {
    let promised = Dictionary(grouping: engine.migrations) { $0.target.name }
    func freeMiB(_ name: String) -> Int64 {
      let host = cluster.host(name)
      let used = cluster.running(on: name) + (promised[name] ?? []).map(\.vm.name)
      return (host?.memoryMiB ?? 0) - (host?.nodeMemoryMiB ?? 0)
        - used.reduce(0) { $0 + (cluster.vm($1)?.memoryMiB ?? 0) + (cluster.vm($1)?.memoryOverheadMiB ?? 0) }
    }
    let targets = Compatibility(cluster.snapshot, for: vm).targets(of: vm) ?? []
    return targets.filter(\.isAllowed).map(\.host).max { (freeMiB($0), $1) < (freeMiB($1), $0) }
  }
}
