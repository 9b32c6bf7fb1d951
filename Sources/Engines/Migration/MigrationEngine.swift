internal import Hypervisor
package import Inventory

/// All migrations of a service: those that wait for their turn and those under way.
///
/// A host takes part in so many at once as its cluster says; the oldest request goes first, and one that has to wait does
/// not hold up those behind it that need other hosts.
package struct MigrationEngine: Sendable {
  /// In the order of their requests.
  package private(set) var migrations: [LiveMigration] = []
  private var numbers: OrderNumbers
  private var lostHosts: Set<String> = []
  /// Hosts in maintenance, or on their way there: nothing may go to them.
  var closedHosts: Set<String> = []

  /// - Parameter start: number of the event that says that the service was started.
  package init(start: Int64) { numbers = OrderNumbers(start: start) }

  /// Takes over what a service that died left open.
  package mutating func recover(_ open: [LiveMigration], at now: Instant) -> MigrationStep {
    migrations = open
    return step(.recover, at: now)
  }

  /// Takes up a migration that was left to a person.
  package mutating func takeUp(_ migration: LiveMigration, at now: Instant) -> MigrationStep {
    var migration = migration
    let step = migration.step(.recover, at: now, &numbers, lost: lostHosts)
    migrations.append(migration)
    migrations.removeAll(where: \.isOver)
    return step
  }

  /// Whether a VM is being moved, or waits for it.
  package func isMoving(_ vm: String) -> Bool { migrations.contains { !$0.isOver && $0.vm.name == vm } }

  /// Takes a migration into the queue, whose request is durable.
  package mutating func admit(_ migration: LiveMigration, at now: Instant) -> MigrationStep {
    migrations.append(migration)
    return startWaiting(at: now)
  }

  /// Tells what a driver said, or that nobody did, and lets those begin that can.
  package mutating func step(_ input: LiveMigration.Input, at now: Instant) -> MigrationStep {
    switch input {
    case .hostLost(let host): lostHosts.insert(host)
    case .hostFound(let host): lostHosts.remove(host)
    default: break
    }
    var step = MigrationStep()
    for index in migrations.indices {
      step.add(migrations[index].step(input, at: now, &numbers, lost: lostHosts))
    }
    migrations.removeAll(where: \.isOver)
    step.add(startWaiting(at: now))
    return step
  }

  /// Ends a migration at somebody's wish.
  package mutating func cancel(_ id: Int64, by actor: String?, at now: Instant) -> MigrationStep {
    guard let index = migrations.firstIndex(where: { $0.id == id }) else { return MigrationStep() }
    var step = migrations[index].step(.cancel(by: actor), at: now, &numbers, lost: lostHosts)
    migrations.removeAll(where: \.isOver)
    step.add(startWaiting(at: now))
    return step
  }

  /// An order that belongs to no migration.
  mutating func order(_ action: Order.Action, of vm: String, on host: String) -> Order {
    numbers.order(action, of: vm, on: host)
  }

  /// When something has to be done although nobody said anything.
  package var deadline: Instant? { migrations.compactMap(\.deadline).min() }

  private mutating func startWaiting(at now: Instant) -> MigrationStep {
    var step = MigrationStep()
    var busy: [String: Int] = [:]
    for migration in migrations where migration.isUnderWay {
      for host in [migration.source.name, migration.target.name] { busy[host, default: 0] += 1 }
    }
    for index in migrations.indices where migrations[index].phase == .queued {
      let (hosts, limit) = (
        [migrations[index].source.name, migrations[index].target.name], migrations[index].settings.perHost
      )
      // Much may have happened since it was asked for.
      let lost = hosts.first(where: lostHosts.contains)
      if closedHosts.contains(hosts[1]) || lost != nil {
        let why = lost.map { "\($0) does not answer by now" } ?? "\(hosts[1]) is in maintenance by now"
        step.add(migrations[index].end(.cancelled, because: why, at: now))
        continue
      }
      guard hosts.allSatisfy({ busy[$0, default: 0] < limit }) else { continue }
      for host in hosts { busy[host, default: 0] += 1 }
      step.add(migrations[index].step(.begin, at: now, &numbers, lost: lostHosts))
    }
    migrations.removeAll(where: \.isOver)
    return step
  }
}
