package import Hypervisor
package import Inventory
package import Ledger
package import Planning

/// A service that moves VMs: it checks what is asked for, lets the engine decide the steps, makes each checkpoint durable
/// and only then orders what follows from it.
package final class ClusterRunner {
  let ledger: Ledger
  let driver: any Driver
  /// Whose objects are moved.
  let source: Source
  var engine: MigrationEngine
  var cluster: KnownCluster
  /// VMs whose last migration was left to a person: nothing is done with them.
  private var parked: Set<String>
  /// Orders to start or stop a VM that are not answered yet, by number.
  var powerOrders: [Int: PowerOrder] = [:]
  /// Called with the changes of each step, once it is durable.
  let onChange: (StateChange) -> Void
  /// Called when a checkpoint has become durable, before anything is ordered.
  let onCheckpoint: () throws -> Void

  /// Starts a service: from now on what an earlier one ordered is refused. What that left open is taken over by `recover`.
  package init(
    ledger: Ledger, driver: any Driver, source: Source, onChange: @escaping (StateChange) -> Void,
    onCheckpoint: @escaping () throws -> Void
  ) async throws {
    (self.ledger, self.driver, self.source) = (ledger, driver, source)
    (self.onChange, self.onCheckpoint) = (onChange, onCheckpoint)
    let now = driver.now
    let start = try await ledger.write(at: now) { transaction in
      let seq = transaction.nextSeq
      _ = try transaction.append(Event(occurredAt: now, type: .other("service.started")), source: .own)
      return seq
    }
    engine = MigrationEngine(start: start)
    (cluster, parked) = try ledger.read { reader in
      (KnownCluster(try reader.snapshot(of: source.name, at: now)), Set(try reader.parkedVMs()))
    }
  }

  /// Listens to the driver, and takes over what an earlier service left open.
  package func recover() async throws {
    driver.connect()
    let snapshot = cluster.snapshot
    let open = try ledger.read { try MigrationJournal.open($0, in: snapshot) }
    try await perform(engine.recover(open, at: driver.now))
  }

  /// Takes a migration up again that was left to a person: what is true is asked anew.
  package func resolve(_ id: Int64) async throws {
    let snapshot = cluster.snapshot
    let migration = try ledger.read { try MigrationJournal.parked(id, $0, in: snapshot) }
    parked.remove(migration.vm.name)
    try await perform(engine.takeUp(migration, at: driver.now))
  }

  /// When something has to be done although nobody said anything.
  package var deadline: Instant? { ([engine.deadline] + powerOrders.values.map(\.deadline)).compactMap { $0 }.min() }
  package var isIdle: Bool { engine.migrations.isEmpty && powerOrders.isEmpty }

  /// Asks for a migration.
  /// - Returns: what forbids it; empty where it is under way or waits for its turn.
  package func request(_ move: MoveRequest, trigger: String, actor: String?, reason: String?) async throws -> [Reason] {
    guard move.kind == .live, let host = move.host else {
      throw YadokariError(.unreachable, "moves of kind \(move.kind.rawValue) are not carried out yet")
    }
    guard let home = cluster.vm(move.vm)?.host,
      let verdict = Compatibility(cluster.snapshot, situation).verdict(on: move)
    else { throw YadokariError(.notFound, "there is no VM \(move.vm) or no host \(host)") }
    let errors = verdict.reasons.filter { $0.severity == .error }
    guard errors.isEmpty else {
      try await refuse(move.vm, from: home, to: host, errors, trigger: trigger, actor: actor)
      return errors
    }
    let (now, source, snapshot) = (driver.now, source, cluster.snapshot)
    let (vm, from, to) = (reference(.vm, move.vm), reference(.host, home), reference(.host, host))
    let migration = try await ledger.write(at: now) { transaction in
      let migration = LiveMigration(id: transaction.nextSeq, vm: vm, from: from, to: to, in: snapshot)
      _ = try transaction.append(
        migration.request(at: now, trigger: trigger, actor: actor, reason: reason), source: source)
      return migration
    }
    try onCheckpoint()
    tell(migration.subject, "on \(home)", "queued for \(host)", because: reason ?? "\(actor ?? trigger) asked for it")
    try await perform(engine.admit(migration, at: now))
    return []
  }

  /// What is going on beside a move that is planned.
  private var situation: Situation {
    var situation = Situation()
    for migration in engine.migrations {
      if migration.isUnderWay {
        situation.moves.append(
          MoveInFlight(vm: migration.vm.name, from: migration.source.name, to: migration.target.name))
      } else {
        situation.busy[migration.vm.name] = "migration \(migration.id)"
      }
    }
    for order in powerOrders.values { situation.busy[order.vm] = "a start or stop" }
    for vm in parked { situation.busy[vm] = "a migration that was left to a person" }
    return situation
  }

  private func refuse(
    _ vm: String, from home: String, to host: String, _ reasons: [Reason], trigger: String, actor: String?
  ) async throws {
    var event = Event(occurredAt: driver.now, type: .migrationRefused)
    (event.vm, event.host, event.otherHost) = (reference(.vm, vm), reference(.host, home), reference(.host, host))
    (event.actor, event.reason) = (actor, reasons.map(\.text).joined(separator: " "))
    let list = reasons.map { reason -> JSONValue in
      [
        "code": .string(reason.code.rawValue), "severity": .string(reason.severity.rawValue),
        "text": .string(reason.text), "cure": .string(reason.cure),
      ]
    }
    event.detail = ["kind": "live", "trigger": .string(trigger), "reasons": .array(list)]
    try await write([event])
    tell(vm, "on \(home)", "refused for \(host)", because: reasons.map(\.text).joined(separator: " "))
  }

  /// Ends the migration of a VM, if it has one that can still be ended.
  package func cancel(ofVM vm: String, by actor: String?) async throws {
    guard let migration = engine.migrations.first(where: { $0.vm.name == vm }) else { return }
    try await cancel(migration.id, by: actor)
  }

  /// Ends a migration, if it can still be ended.
  package func cancel(_ id: Int64, by actor: String?) async throws {
    try await perform(engine.cancel(id, by: actor, at: driver.now))
  }

  /// Takes what a driver said; nil where time went on and nobody said anything.
  package func take(_ message: Message?) async throws {
    switch message {
    case .answer(let order, let result)?:
      if let power = powerOrders.removeValue(forKey: order) { return try await take(result, of: power) }
      try await perform(engine.step(.answer(order: order, result), at: driver.now))
    case .hostLost(let host)?:
      try await noteLost(host)
      try await perform(engine.step(.hostLost(host), at: driver.now))
    case .hostFound(let host)?:
      try await noteFound(host)
      try await perform(engine.step(.hostFound(host), at: driver.now))
    case .vmStopped(let vm, let host, let why)?:
      var event = Event(occurredAt: driver.now, type: .other("vm.out_of_space"))
      (event.vm, event.host, event.reason) = (reference(.vm, vm), reference(.host, host), why)
      try await write([event])
      tell(vm, "on", "out of space", because: why)
    case nil:
      try await forgetLatePowerOrders()
      try await perform(engine.step(.tick, at: driver.now))
    }
  }

  private func perform(_ step: MigrationStep) async throws {
    if !step.events.isEmpty { try await write(step.events) }
    for event in step.events where event.type == .migrationParked { parked.insert(event.vm?.name ?? "") }
    step.changes.forEach(onChange)
    for order in step.orders { driver.send(order) }
    if !step.events.isEmpty { try await advanceMaintenance() }
  }

  /// Makes a checkpoint durable.
  func write(_ events: [Event]) async throws {
    let source = source
    try await ledger.write(at: driver.now) { transaction in
      for event in events { _ = try transaction.append(event, source: source) }
    }
    for event in events { cluster.take(event) }
    engine.closedHosts = Set(cluster.snapshot.hosts.filter { $0.mode != .normal }.map(\.name))
    try onCheckpoint()
  }

  func reference(_ kind: ObjectKind, _ name: String) -> ObjectReference {
    ObjectReference(kind: kind, foreignID: name, name: name)
  }

  func tell(_ subject: String, _ old: String, _ new: String, because: String) {
    onChange(StateChange(at: driver.now, subject: subject, old: old, new: new, because: because))
  }

  func isParked(_ vm: String) -> Bool { parked.contains(vm) }
}
