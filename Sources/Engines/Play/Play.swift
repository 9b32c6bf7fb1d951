package import Hypervisor
package import Inventory
package import Ledger

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
  private var runner: MigrationRunner?
  private var isConnected = true
  private var lostHosts: Set<String> = []

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

  /// Plays to the end.
  /// - Parameter until: when it ends; nil for the scenario's own end, or when nothing is left to do.
  /// - Returns: what must never be and was.
  package func run(until given: Instant? = nil) async throws -> [String] {
    try await startService()
    let end = given ?? scenario.until.map { scenario.start.adding(seconds: $0) }
    let lastEntry = scenario.start.adding(seconds: scenario.timeline.last?.at ?? 0)
    while true {
      try await serveRequests()
      if let end, simulator.now >= end { break }
      let isIdle = (runner?.isIdle ?? true) && requests.isEmpty && simulator.now >= lastEntry
      if end == nil, isIdle { break }
      let next = requests.first.map { scenario.start.adding(seconds: $0.at) }
      let quietEnd = runner?.isIdle ?? true ? lastEntry : nil
      let deadline = [next, runner?.deadline, end ?? quietEnd].compactMap { $0 }.min() ?? .distantFuture
      if let runner, isConnected {
        let message = simulator.next(until: deadline)
        if message == nil, deadline == .distantFuture {
          return simulator.objections + ["nothing goes on, and migrations are open"]
        }
        try await note(message)
        try await runner.take(message)
      } else {
        simulator.run(until: deadline)
      }
    }
    return simulator.objections
      + (try ledger.read { try PlayCheck.objections($0, simulator, source: source.name) })
  }

  private func startService() async throws {
    guard runner == nil else { return }
    let runner = try await MigrationRunner(
      ledger: ledger, driver: simulator, source: source, onChange: { [onChange] in $0.forEach(onChange) },
      onCheckpoint: onCheckpoint)
    self.runner = runner
    simulator.connect()
    lostHosts = try ledger.read { try Set($0.lostHosts(of: source.name, at: simulator.now)) }
    try await runner.recover(in: scenario.cluster)
  }

  /// What is known of hosts is an event too.
  private func note(_ message: Message?) async throws {
    switch message {
    case .hostLost(let host) where lostHosts.insert(host).inserted:
      try await noteHost(host, .hostConnectionLost, old: "connected", new: "lost", because: "it does not answer")
    case .hostFound(let host):
      if lostHosts.remove(host) != nil {
        try await noteHost(host, .hostRecovered, old: "lost", new: "connected", because: "it answers again")
      }
      try await noteLostVMs(of: host)
    default: break
    }
  }

  /// A host that answers again may have lost its VMs meanwhile.
  private func noteLostVMs(of host: String) async throws {
    guard let runner, let running = simulator.runningVMs(on: host).map(Set.init) else { return }
    let (now, source) = (simulator.now, source)
    let gone = try ledger.read { reader in
      let parked = Set(try reader.parkedVMs())
      return try reader.runningVMs(on: host, source: source.name, at: now).filter { vm in
        !running.contains(vm) && !runner.isMoving(vm) && !parked.contains(vm)
      }
    }
    guard !gone.isEmpty else { return }
    let events = gone.map { vm in
      var event = Event(occurredAt: now, type: .vmPoweredOff)
      (event.vm, event.host) = (reference(.vm, vm), reference(.host, host))
      event.reason = "\(host) answers and does not run it"
      return event
    }
    try await ledger.write(at: now) { for event in events { _ = try $0.append(event, source: source) } }
    for vm in gone {
      onChange(StateChange(at: now, subject: vm, old: "on", new: "off", because: "\(host) answers and does not run it"))
    }
  }

  private func noteHost(_ host: String, _ type: EventType, old: String, new: String, because: String) async throws {
    var event = Event(occurredAt: simulator.now, type: type)
    event.host = reference(.host, host)
    let (noted, source) = (event, source)
    _ = try await ledger.write(at: simulator.now) { try $0.append(noted, source: source) }
    onChange(StateChange(at: simulator.now, subject: host, old: old, new: new, because: because))
  }

  private func reference(_ kind: ObjectKind, _ name: String) -> ObjectReference {
    ObjectReference(kind: kind, foreignID: name, name: name)
  }

  // MARK: What is asked for

  private func serveRequests() async throws {
    while let entry = requests.first, scenario.start.adding(seconds: entry.at) <= simulator.now {
      requests.removeFirst()
      switch entry.action {
      case .serviceCrash:
        runner = nil
        onChange(
          StateChange(at: simulator.now, subject: "service", old: "running", new: "dead", because: "the scenario says so"))
      case .serviceStart:
        onChange(
          StateChange(at: simulator.now, subject: "service", old: "dead", new: "running", because: "the scenario says so"))
        try await startService()
      case .serviceNetworkCut: isConnected = false
      case .serviceNetworkRestore:
        isConnected = true
        simulator.connect()
      case .vmMigrate(let vm, let host): try await migrate(vm, to: host)
      case .migrationCancel(let vm): try await runner?.cancel(vm, by: "the scenario")
      default:
        throw YadokariError(.usage, "\(scenario.name), \(entry.at) s: \(entry.action) cannot be played yet")
      }
    }
  }

  private func migrate(_ vm: String, to host: String) async throws {
    guard let runner else { return }
    let now = simulator.now
    let place = try ledger.read { try MigrationPlace($0, vm: vm, source: source.name, at: now) }
    if let refusal = place.refusal(to: host, in: scenario.cluster, isMoving: runner.isMoving(vm)) {
      return try await refuse(vm, place.host, host, refusal)
    }
    _ = try await runner.request(
      reference(.vm, vm), from: reference(.host, place.host ?? ""), to: reference(.host, host), in: scenario.cluster,
      trigger: "user", actor: "scenario", reason: nil)
  }

  private func refuse(_ vm: String, _ home: String?, _ host: String, _ why: String) async throws {
    var event = Event(occurredAt: simulator.now, type: .migrationRefused)
    event.vm = reference(.vm, vm)
    event.host = home.map { reference(.host, $0) }
    event.otherHost = reference(.host, host)
    (event.actor, event.reason) = ("scenario", why)
    event.detail = ["kind": "live", "trigger": "user"]
    let (refused, source) = (event, source)
    _ = try await ledger.write(at: simulator.now) { try $0.append(refused, source: source) }
    try onCheckpoint()
    onChange(
      StateChange(
        at: simulator.now, subject: vm, old: "on \(home ?? "no known host")", new: "refused for \(host)", because: why))
  }
}
