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
    try await compare(host)
  }

  /// Holds what is known of a host's VMs against what it has: VMs may have been lost with it, or started, and a migration
  /// may have ended while it could not be told to remove its copy.
  func compare(_ host: String) async throws {
    guard let found = driver.inventory(of: host) else { return }
    let running = Set(found.running)
    func isOurs(_ vm: String) -> Bool { !engine.isMoving(vm) && !isParked(vm) }
    for vm in cluster.running(on: host) where !running.contains(vm) && !found.others.contains(vm) && isOurs(vm) {
      try await note(.vmPoweredOff, vm, on: host, because: "\(host) answers and does not run it")
    }
    for vm in found.running where isOurs(vm) {
      guard let known = cluster.vm(vm), known.power != .on || known.host != host else { continue }
      try await note(.vmPoweredOn, vm, on: host, because: "\(host) answers and runs it")
    }
    for vm in found.others where isOurs(vm) {
      guard let known = cluster.vm(vm), known.power == .on, known.host != host else { continue }
      tell(vm, "left over on \(host)", "removed", because: "it runs on \(known.host)")
      driver.send(engine.order(.destroy, of: vm, on: host))
    }
  }

  private func note(_ type: EventType, _ vm: String, on host: String, because why: String) async throws {
    var event = event(type, host)
    (event.vm, event.reason) = (reference(.vm, vm), why)
    let old = cluster.vm(vm)?.power.rawValue ?? "unknown"
    try await write([event])
    tell(vm, old, type == .vmPoweredOn ? "on" : "off", because: why)
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

  private func event(_ type: EventType, _ host: String) -> Event {
    var event = Event(occurredAt: driver.now, type: type)
    event.host = reference(.host, host)
    return event
  }
}
