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
    try await empty(host, actor: actor)
    try await advanceMaintenance()
  }

  /// Goes on with hosts on which VMs were kept that could not be moved before.
  func emptyHosts() async throws {
    for host in cluster.snapshot.hosts where host.mode == .enteringMaintenance { try await empty(host.name, actor: nil) }
    try await advanceMaintenance()
  }

  private func empty(_ host: String, actor: String?) async throws {
    for vm in cluster.running(on: host) where !engine.isMoving(vm) {
      if isUpgrading(vm) {
        tell(vm, "on \(host)", "stays", because: "its hardware is upgraded; it goes after that")
        continue
      }
      guard let target = roomiestHost(for: vm) else {
        tell(vm, "on \(host)", "stays", because: "no host can take it")
        continue
      }
      _ = try await request(
        MoveRequest(.live, of: vm, to: target), trigger: "maintenance", actor: actor, reason: "\(host) enters maintenance")
    }
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
    for host in cluster.snapshot.hosts where host.mode == .enteringMaintenance {
      let hasGuests = !cluster.running(on: host.name).isEmpty
      guard !hasGuests, !engine.migrations.contains(where: { $0.target.name == host.name }) else { continue }
      try await write([event(.hostMaintenanceEntered, host.name)])
      tell(host.name, "entering maintenance", "maintenance", because: "no VM is left on it")
    }
  }

  private func roomiestHost(for vm: String) -> String? {
    let promised = Dictionary(grouping: engine.migrations) { $0.target.name }
    func freeMiB(_ name: String) -> Int64 {
      let host = cluster.host(name)
      let used = cluster.running(on: name) + (promised[name] ?? []).map(\.vm.name)
      return (host?.memoryMiB ?? 0) - (host?.nodeMemoryMiB ?? 0)
        - used.reduce(0) { $0 + (cluster.vm($1)?.memoryMiB ?? 0) + (cluster.vm($1)?.memoryOverheadMiB ?? 0) }
    }
    let targets = Compatibility(cluster.snapshot).targets(of: vm) ?? []
    return targets.filter(\.isAllowed).map(\.host).max { (freeMiB($0), $1) < (freeMiB($1), $0) }
  }
}
