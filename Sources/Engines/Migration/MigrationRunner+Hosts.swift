internal import Hypervisor
internal import Inventory
internal import Planning

/// What becomes of hosts, and what that means for their VMs.
extension MigrationRunner {
  func noteLost(_ host: String) async throws {
    guard cluster.host(host)?.isConnected == true else { return }
    try await write([event(.hostConnectionLost, host)])
    tell(host, "connected", "lost", because: "it does not answer")
  }

  /// A host that answers again may have lost its VMs meanwhile.
  func noteFound(_ host: String) async throws {
    if cluster.host(host)?.isConnected == false {
      try await write([event(.hostRecovered, host)])
      tell(host, "lost", "connected", because: "it answers again")
    }
    guard let running = driver.runningVMs(on: host).map(Set.init) else { return }
    let gone = cluster.running(on: host).filter { !running.contains($0) && !engine.isMoving($0) && !isParked($0) }
    guard !gone.isEmpty else { return }
    let why = "\(host) answers and does not run it"
    try await write(
      gone.map { vm in
        var event = event(.vmPoweredOff, host)
        (event.vm, event.reason) = (reference(.vm, vm), why)
        return event
      })
    for vm in gone { tell(vm, "on", "off", because: why) }
  }

  // MARK: Maintenance

  /// Moves all VMs off a host, each to the host that has most memory left of those that can take it.
  package func enterMaintenance(_ host: String, actor: String?) async throws {
    guard let mode = cluster.host(host)?.mode, mode == .normal else { return }
    var entering = event(.hostMaintenanceEntering, host)
    entering.actor = actor
    try await write([entering])
    tell(host, "normal", "entering maintenance", because: "\(actor ?? "somebody") asked for it")
    for vm in cluster.running(on: host) where !engine.isMoving(vm) {
      guard let target = roomiestHost(for: vm) else {
        tell(vm, "on \(host)", "stays", because: "no host can take it")
        continue
      }
      _ = try await request(vm, to: target, trigger: "maintenance", actor: actor, reason: "\(host) enters maintenance")
    }
    try await advanceMaintenance()
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
      guard cluster.running(on: host.name).isEmpty else { continue }
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

  private func event(_ type: EventType, _ host: String) -> Event {
    var event = Event(occurredAt: driver.now, type: type)
    event.host = reference(.host, host)
    return event
  }
}
