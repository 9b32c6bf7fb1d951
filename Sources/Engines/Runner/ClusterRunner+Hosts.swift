internal import Hypervisor
internal import Inventory
internal import Ledger

/// What becomes of hosts, and what that means for their VMs.
extension ClusterRunner {
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
    for vm in cluster.running(on: host) where !running.contains(vm) && !found.others.contains(vm) && isAtRest(vm) {
      try await note(.vmPoweredOff, vm, on: host, because: "\(host) answers and does not run it")
    }
    for vm in found.running where isAtRest(vm) {
      guard let known = cluster.vm(vm), known.power != .on || known.host != host else { continue }
      try await note(.vmPoweredOn, vm, on: host, because: "\(host) answers and runs it")
    }
    for vm in found.others where isAtRest(vm) {
      guard let known = cluster.vm(vm), known.host != host else { continue }
      tell(vm, "left over on \(host)", "removed", because: "it is on \(known.host)")
      driver.send(engine.order(.destroy, of: vm, on: host))
    }
    try await removeLeftOvers(on: host)
  }

  /// Whether nothing is done with a VM, and nobody has to decide on it.
  func isAtRest(_ vm: String) -> Bool { !engine.isMoving(vm) && !isParked(vm) && !isUpgrading(vm) }

  /// A host answers for which migrations waited that were left to a person: they go on.
  func takeUpWaiting(for host: String) async throws {
    let waiting = try ledger.read { reader in
      try reader.parkedMigrations().filter { event in
        (event.detail?["waits_for"]?.arrayValue ?? []).contains { $0.stringValue == host }
      }.compactMap(\.migration)
    }
    for migration in waiting { try await resolve(migration, because: "\(host) answers again") }
  }

  /// A migration that has ended may have left a copy on a host that did not answer then.
  func compareHosts(after step: MigrationStep) async throws {
    // One that has nothing to tell of its end was clean.
    for event in step.events
    where Migration.Ending(event.type) != nil && event.type != .migrationParked {
      guard event.reason != nil || event.detail?["kind"] == "upgrade" else { continue }
      for host in Set([event.host?.name, event.otherHost?.name].compactMap { $0 }).sorted() { try await compare(host) }
    }
  }

  private func note(_ type: EventType, _ vm: String, on host: String, because why: String) async throws {
    var event = event(type, host)
    (event.vm, event.reason) = (reference(.vm, vm), why)
    let old = cluster.vm(vm)?.power.rawValue ?? "unknown"
    try await write([event])
    tell(vm, old, type == .vmPoweredOn ? "on" : "off", because: why)
  }

  func event(_ type: EventType, _ host: String) -> Event {
    var event = Event(occurredAt: driver.now, type: type)
    event.host = reference(.host, host)
    return event
  }
}
