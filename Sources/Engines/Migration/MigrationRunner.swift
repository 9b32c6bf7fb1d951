package import Hypervisor
package import Inventory
package import Ledger

/// Lets the engine act: each checkpoint is durable before what follows from it is ordered.
package final class MigrationRunner {
  private let ledger: Ledger
  private let driver: any Driver
  /// Whose objects are moved.
  private let source: Source
  private var engine: MigrationEngine
  /// Called with the changes of each step, once it is durable.
  private let onChange: ([StateChange]) -> Void
  /// Called when a checkpoint has become durable, before anything is ordered.
  private let onCheckpoint: () throws -> Void

  /// Starts a service: from now on what an earlier one ordered is refused.
  package init(
    ledger: Ledger, driver: any Driver, source: Source, onChange: @escaping ([StateChange]) -> Void,
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
  }

  /// Takes over what an earlier service left open.
  package func recover(in cluster: ClusterSnapshot) async throws {
    let open = try ledger.read { try MigrationJournal.open($0, in: cluster) }
    try await perform(engine.recover(open, at: driver.now))
  }

  package var deadline: Instant? { engine.deadline }
  package var isIdle: Bool { engine.migrations.isEmpty }
  package func isMoving(_ vm: String) -> Bool { engine.isMoving(vm) }

  /// Asks for a migration.
  /// - Returns: its number.
  package func request(
    _ vm: ObjectReference, from home: ObjectReference, to target: ObjectReference, in cluster: ClusterSnapshot,
    trigger: String, actor: String?, reason: String?
  ) async throws -> Int64 {
    let (now, source) = (driver.now, source)
    let migration = try await ledger.write(at: now) { transaction in
      let migration = LiveMigration(id: transaction.nextSeq, vm: vm, from: home, to: target, in: cluster)
      _ = try transaction.append(
        migration.request(at: now, trigger: trigger, actor: actor, reason: reason), source: source)
      return migration
    }
    try onCheckpoint()
    onChange([
      StateChange(
        at: now, subject: "\(vm.name) (migration \(migration.id))", old: "on \(home.name)", new: "queued for \(target.name)",
        because: reason ?? "\(actor ?? trigger) asked for it")
    ])
    try await perform(engine.admit(migration, at: now))
    return migration.id
  }

  /// Ends the migration of a VM, if it has one that can still be ended.
  package func cancel(_ vm: String, by actor: String?) async throws {
    guard let migration = engine.migrations.first(where: { $0.vm.name == vm }) else { return }
    try await perform(engine.cancel(migration.id, by: actor, at: driver.now))
  }

  /// Takes what a driver said; nil where time went on and nobody said anything.
  package func take(_ message: Message?) async throws {
    let input: LiveMigration.Input =
      switch message {
      case .answer(let order, let result): .answer(order: order, result)
      case .hostLost(let host): .hostLost(host)
      case .hostFound(let host): .hostFound(host)
      case nil: .tick
      }
    try await perform(engine.step(input, at: driver.now))
  }

  private func perform(_ step: MigrationStep) async throws {
    if !step.events.isEmpty {
      let (events, source) = (step.events, source)
      try await ledger.write(at: driver.now) { transaction in
        for event in events { _ = try transaction.append(event, source: source) }
      }
      try onCheckpoint()
    }
    onChange(step.changes)
    for order in step.orders { driver.send(order) }
  }
}
