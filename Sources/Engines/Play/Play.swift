package import Hypervisor
package import Inventory
package import Ledger
package import Planning

/// Plays a scenario: the simulated hardware, a service with its engines, and people who ask for things.
package final class Play {
  private let scenario: Scenario
  private let simulator: Simulator
  private let ledger: Ledger
  private let source: Source
  private let onCheckpoint: () throws -> Void
  private let onChange: (StateChange) -> Void
  /// What is asked of the service and what befalls it, from now on.
  private var requests: ArraySlice<TimelineEntry>
  private var runner: ClusterRunner?

  /// - Parameters:
  ///   - simulator: at the moment from which to play on.
  ///   - source: whose objects the scenario's are in the ledger.
  ///   - onChange: called with each change of state, in order.
  ///   - onCheckpoint: called when a checkpoint is durable, before anything follows from it.
  package init(
    _ scenario: Scenario, on simulator: Simulator, ledger: Ledger, source: Source,
    onChange: @escaping (StateChange) -> Void, onCheckpoint: @escaping () throws -> Void
  ) {
    (self.scenario, self.simulator, self.ledger, self.source) = (scenario, simulator, ledger, source)
    (self.onChange, self.onCheckpoint) = (onChange, onCheckpoint)
    let now = simulator.now
    requests =
      scenario.timeline.filter { entry in
        // What was due at a moment that is over was asked of a service that is dead.
        !entry.action.isOfHardware && (now == scenario.start || scenario.start.adding(seconds: entry.at) > now)
      }[...]
  }

  /// Checks that a scenario has nothing in it that cannot be played.
  /// - Throws: `usage`
  package static func check(_ scenario: Scenario) throws {
    for entry in scenario.timeline {
      switch entry.action {
      case .hostBMCFail, .hostBMCRestore, .hostClockJump:
        throw YadokariError(
          .usage, "\(scenario.name), at \(entry.at) s: \(entry.action) cannot be played yet; take it out of the time line")
      default: break
      }
    }
  }

  /// What a person asks for at the beginning of a play.
  package enum Wish: Sendable {
    case move(MoveRequest, priority: MovePriority = .normal, actor: String?, reason: String?)
    case cancel(migration: Int64, actor: String?)
    case resolve(migration: Int64)
    /// - `at`: when what the VM owes is done; nil to drop the plan.
    case scheduleUpgrade(vm: String, at: Instant?, actor: String?, reason: String?)

    /// Whether a migration that ended so is what was wished for.
    fileprivate func isGood(_ end: EventType) -> Bool {
      switch self {
      case .move: end == .migrationCompleted
      // A start of the service may have ended it before, and the VM is where it was.
      case .cancel: end == .migrationCancelled || end == .migrationRolledBack
      case .resolve: end != .migrationParked
      case .scheduleUpgrade: true
      }
    }
  }

  /// Grants a wish, and plays until nothing is under way any more.
  /// - Returns: what must never be and was.
  /// - Throws: `refused` where it cannot be granted, `failed` where it came to another end.
  package func grant(_ wish: Wish) async throws -> [String] {
    var cancelled: (migration: Int64, actor: String?)?
    if case .cancel(let migration, let actor) = wish { cancelled = (migration, actor) }
    let isTooLate = try await !startService(cancelling: cancelled)
    guard let runner else { return [] }
    switch wish {
    case .move(let move, let priority, let actor, let reason):
      let reasons = try await runner.request(
        move, priority: priority, trigger: "user", actor: actor, reason: reason)
      guard reasons.isEmpty else {
        throw YadokariError(.refused, reasons.map { "\($0.text) \($0.cure)" }.joined(separator: "\n"))
      }
    case .cancel: break
    case .resolve(let migration):
      try await runner.resolve(migration)
    case .scheduleUpgrade(let vm, let moment, let actor, let reason):
      try await runner.scheduleUpgrade(of: vm, at: moment, actor: actor, reason: reason)
    }
    while !runner.isIdle {
      try await runner.take(simulator.next(until: runner.deadline ?? .distantFuture))
      if let failure = simulator.recordFailure { throw failure }
    }
    let (end, objections) = try ledger.read { reader in
      let number: Int64? =
        switch wish {
        case .move: try reader.migrationNumbers().last
        case .cancel(let migration, _), .resolve(let migration): migration
        case .scheduleUpgrade: nil
        }
      let end = try number.flatMap { try reader.migrationEvents(of: $0).last?.event }
      return (end, try PlayCheck.objections(reader, simulator, source: source.name))
    }
    if isTooLate, let end, !wish.isGood(end.type) {
      throw YadokariError(.refused, "there was no way back any more: it went on, and ended so: \(end.type.rawValue)")
    }
    if let end, !wish.isGood(end.type) {
      throw YadokariError(.failed, "it ended otherwise (\(end.type.rawValue)): \(end.reason ?? "no reason is on record")")
    }
    return simulator.objections + objections
  }

  /// Plays to the end.
  /// - Parameter until: when it ends; nil for the scenario's own end, or when nothing is left to do.
  /// - Returns: what must never be and was.
  package func run(until given: Instant? = nil) async throws -> [String] {
    try await startService()
    var end = given ?? scenario.until.map { scenario.start.adding(seconds: $0) }
    var isOver = false
    var lastEntry = scenario.start.adding(seconds: scenario.timeline.last?.at ?? 0)
    if let over = end, over <= simulator.now {
      // The service came back when the play was over: what it finds open is ended all the same, and nothing else happens.
      (requests, end, lastEntry, isOver) = ([], nil, simulator.now, true)
    }
    while true {
      try await serveRequests()
      if let failure = simulator.recordFailure { throw failure }
      if let end, simulator.now >= end { break }
      var quietEnd: Instant?
      if end == nil, runner?.isIdle ?? true {
        // Something planned is waited for, and what becomes of hosts, unless the play has an end.
        quietEnd = isOver ? lastEntry : [lastEntry, runner?.lastPlan, simulator.faultsEnd].compactMap { $0 }.max()
      }
      if let quietEnd, requests.isEmpty, simulator.now >= quietEnd { break }
      let next = requests.first.map { scenario.start.adding(seconds: $0.at) }
      let deadline = [next, runner?.deadline, end ?? quietEnd].compactMap { $0 }.min() ?? .distantFuture
      if let runner {
        if simulator.isCutOff { simulator.run(until: deadline) }
        let message = simulator.isCutOff ? nil : simulator.next(until: deadline)
        if message == nil, deadline == .distantFuture {
          return simulator.objections + ["nothing goes on, and migrations are open"]
        }
        try await runner.take(message)
      } else {
        simulator.run(until: deadline)
      }
    }
    return simulator.objections
      + (try ledger.read { try PlayCheck.objections($0, simulator, source: source.name) })
  }

  /// - Returns: whether what is to be cancelled can still be ended.
  @discardableResult
  private func startService(cancelling cancelled: (migration: Int64, actor: String?)? = nil) async throws -> Bool {
    guard runner == nil else { return true }
    let runner = try await ClusterRunner(
      ledger: ledger, driver: simulator, source: source, onChange: onChange, onCheckpoint: onCheckpoint)
    self.runner = runner
    let canBeCancelled = try await runner.recover(cancelling: cancelled)
    // What the hosts say of themselves comes before anything that is asked for.
    while let message = simulator.next(until: simulator.now) { try await runner.take(message) }
    // And what fell due while nobody was there comes after it.
    try await runner.take(nil)
    return canBeCancelled
  }

  // MARK: What is asked for

  private func serveRequests() async throws {
    while let entry = requests.first, scenario.start.adding(seconds: entry.at) <= simulator.now {
      requests.removeFirst()
      switch entry.action {
      case .serviceCrash:
        runner = nil
        tell("running", "dead")
      case .serviceStart:
        tell("dead", "running")
        try await startService()
      case .serviceNetworkCut: simulator.isCutOff = true
      case .serviceNetworkRestore:
        simulator.isCutOff = false
        simulator.connect()
      case .vmMigrate, .vmMigrateStorage, .vmUpgradeMigrate: try await ask(for: entry.action)
      case .vmUpgradeSchedule(let vm, let seconds): try await schedule(vm, at: scenario.start.adding(seconds: seconds))
      case .migrationCancel(let vm): try await runner?.cancel(ofVM: vm, by: "scenario")
      case .vmPowerOn(let vm): try await runner?.power(vm, on: true, actor: "scenario")
      case .vmPowerOff(let vm): try await runner?.power(vm, on: false, actor: "scenario")
      case .hostEnterMaintenance(let host): try await runner?.enterMaintenance(host, actor: "scenario")
      case .hostExitMaintenance(let host): try await runner?.exitMaintenance(host, actor: "scenario")
      default: break
      }
    }
  }

  private func ask(for action: TimelineAction) async throws {
    guard let runner else { return }
    var (move, priority): (MoveRequest?, MovePriority) = (nil, .normal)
    switch action {
    case .vmMigrate(let vm, let host, let datastore, let urgency):
      priority = urgency
      move = runner.cluster.vm(vm).map { MoveRequest(of: $0, to: host, datastore: datastore) }
    case .vmMigrateStorage(let vm, let datastore, let way, let disks, let log):
      var storage = MoveRequest(.storage, of: vm, datastore: datastore)
      storage.disks = Dictionary(disks.enumerated().map { ($0, $1) }, uniquingKeysWith: { first, _ in first })
      (storage.way, storage.logDatastore) = (way ?? .mirror, log)
      move = storage
    case .vmUpgradeMigrate(let vm, let host, let datastore):
      move = MoveRequest(.upgrade, of: vm, to: host, datastore: datastore)
    default: break
    }
    guard let move else { return }
    _ = try await runner.request(move, priority: priority, trigger: "user", actor: "scenario", reason: nil)
  }

  private func schedule(_ vm: String, at moment: Instant) async throws {
    do {
      try await runner?.scheduleUpgrade(of: vm, at: moment, actor: "scenario", reason: nil)
    } catch let error as YadokariError where error.code == .refused {
      onChange(StateChange(at: simulator.now, subject: vm, old: "upgrade", new: "not scheduled", because: error.message))
    }
  }

  private func tell(_ old: String, _ new: String) {
    onChange(
      StateChange(at: simulator.now, subject: "service", old: old, new: new, because: "the scenario says so"))
  }
}
