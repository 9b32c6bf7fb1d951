internal import History
package import Hypervisor
package import Inventory
package import Ledger

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
  var parked: Set<String>
  /// Orders to start or stop a VM that are not answered yet, by number.
  var powerOrders: [Int: PowerOrder] = [:]
  /// Orders to remove files that are left over, by number.
  var cleanings: [Int: Cleaning] = [:]
  /// What upgrade migrations left to be done, by number; and what of it is being done, by VM.
  var debts: [Int64: UpgradeDebt] = [:]
  var upgrades: [String: HardwareUpgrade] = [:]
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
    let owed: [UpgradeDebt]
    (cluster, parked, owed) = try ledger.read { reader in
      (
        KnownCluster(try reader.snapshot(of: source.name, at: now)), Set(try reader.parkedVMs()),
        try reader.upgradeDebts(of: source.name)
      )
    }
    for debt in owed where !debt.isDone || debt.cycle != nil { debts[debt.number] = debt }
  }

  /// Listens to the driver, and takes over what an earlier service left open.
  /// - Parameter cancelled: what somebody wants to be ended, which is heard before anything of it goes on.
  /// - Returns: whether that can still be ended.
  @discardableResult
  package func recover(cancelling cancelled: (migration: Int64, actor: String?)? = nil) async throws -> Bool {
    driver.connect()
    let snapshot = cluster.snapshot
    let open = try ledger.read { try MigrationJournal.open($0, in: snapshot) }
    try await perform(engine.recover(open, at: driver.now))
    var canBe = true
    if let cancelled { canBe = try await cancel(cancelled.migration, by: cancelled.actor) }
    try await recoverUpgrades()
    try await beginWaiting()
    return canBe
  }

  /// Takes a migration up again that was left to a person: what is true is asked anew.
  package func resolve(_ id: Int64, because why: String = "somebody took it up again") async throws {
    let snapshot = cluster.snapshot
    let migration = try ledger.read { try MigrationJournal.parked(id, $0, in: snapshot) }
    parked.remove(migration.vm.name)
    try await perform(engine.takeUp(migration, because: why, at: driver.now))
  }

  /// When something has to be done although nobody said anything.
  package var deadline: Instant? {
    ([engine.deadline, upgradeDeadline] + powerOrders.values.map(\.deadline) + cleanings.values.map(\.deadline))
      .compactMap { $0 }.min()
  }
  /// Whether nothing is under way; what is planned for later is not.
  package var isIdle: Bool {
    engine.migrations.isEmpty && powerOrders.isEmpty && cleanings.isEmpty && upgrades.values.allSatisfy(\.isWaiting)
  }

  /// Ends the migration of a VM, if it has one that can still be ended.
  package func cancel(ofVM vm: String, by actor: String?) async throws {
    guard let migration = engine.migrations.first(where: { $0.vm.name == vm }) else { return }
    try await cancel(migration.id, by: actor)
  }

  /// Ends a migration, if it can still be ended.
  /// - Returns: whether that was so.
  @discardableResult
  package func cancel(_ id: Int64, by actor: String?) async throws -> Bool {
    let canBe = engine.migrations.first { $0.id == id }?.canBeCancelled ?? true
    try await perform(engine.step(.cancel(by: actor), at: driver.now, of: id))
    return canBe
  }

  /// Looks at the datastores on which logs of migrations grow.
  private func watchDatastores() async throws {
    let watched = engine.watchedDatastores(at: driver.now)
    guard !watched.isEmpty else { return }
    var space: [String: DatastoreSpace] = [:]
    for name in watched { space[name] = driver.space(of: name) }
    try await perform(engine.step(.space(space), at: driver.now))
  }

  /// Takes what a driver said; nil where time went on and nobody said anything.
  package func take(_ message: Message?) async throws {
    switch message {
    case .answer(let order, let result)?:
      if let power = powerOrders.removeValue(forKey: order) { return try await take(result, of: power) }
      if let cleaning = cleanings.removeValue(forKey: order) { return try await take(result, of: cleaning) }
      try await perform(engine.step(.answer(order: order, result), at: driver.now))
      try await stepUpgrades(.answer(order: order, result))
    case .hostLost(let host)?:
      try await noteLost(host)
      try await perform(engine.step(.hostLost(host), at: driver.now))
      try await stepUpgrades(.hostLost(host))
    case .hostFound(let host)?:
      try await noteFound(host)
      try await perform(engine.step(.hostFound(host), at: driver.now))
      try await takeUpWaiting(for: host)
      try await stepUpgrades(.hostFound(host))
    case .vmStopped(let vm, let host, let why)?:
      var event = Event(occurredAt: driver.now, type: .other("vm.out_of_space"))
      (event.vm, event.host, event.reason) = (reference(.vm, vm), reference(.host, host), why)
      try await write([event])
      tell(vm, "on", "out of space", because: why)
      if let id = engine.migrations.first(where: { $0.vm.name == vm })?.id {
        try await perform(engine.step(.outOfSpace(why), at: driver.now, of: id))
      }
    case nil:
      try await forgetLatePowerOrders()
      forgetLateCleanings()
      try await perform(engine.step(.tick, at: driver.now))
      try await watchDatastores()
      try await stepUpgrades(.tick)
      try await beginDueUpgrades()
    }
  }

  /// Makes a step durable, orders what follows, and lets those begin whose turn has come.
  func perform(_ step: MigrationStep) async throws {
    try await carryOut(step)
    guard step.events.contains(where: { $0.type == .migrationRequested || Migration.Ending($0.type) != nil }) else { return }
    try await beginWaiting()
  }

  /// Lets those begin whose turn has come.
  func beginWaiting() async throws {
    while let migration = engine.next {
      let now = driver.now
      if let why = objection(to: migration) {
        try await carryOut(engine.drop(migration.id, because: why, at: now))
      } else {
        try await carryOut(engine.step(.begin, at: now, of: migration.id))
      }
    }
  }

  private func carryOut(_ step: MigrationStep) async throws {
    if !step.events.isEmpty { try await write(step.events) }
    for event in step.events where event.type == .migrationParked { parked.insert(event.vm?.name ?? "") }
    step.changes.forEach(onChange)
    for order in step.orders { driver.send(order) }
    try await noteObstacles(after: step)
    try await compareHosts(after: step)
    if !step.events.isEmpty { try await advanceMaintenance() }
  }

  /// Makes a checkpoint durable.
  func write(_ events: [Event]) async throws {
    let source = source
    let numbers = try await ledger.write(at: driver.now) { transaction in
      try events.map { try transaction.append($0, source: source) }
    }
    for (event, number) in zip(events, numbers) {
      cluster.take(event)
      if let number { takeDebt(event, number: number) }
    }
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
