internal import Hypervisor
package import Inventory
internal import Planning

/// All migrations of a service: those that wait for their turn and those under way.
///
/// A host and a datastore take part in so many at once as the cluster says. Of those that wait the one with the highest
/// priority goes first, then the oldest; one that has to wait does not hold up those behind it that need other places.
package struct MigrationEngine: Sendable {
  /// In the order of their requests.
  package private(set) var migrations: [Migration] = []
  private var numbers: OrderNumbers
  private var lostHosts: Set<String> = []

  /// - Parameter start: number of the event that says that the service was started.
  package init(start: Int64) { numbers = OrderNumbers(start: start) }

  /// Takes over what a service that died left open.
  package mutating func recover(_ open: [Migration], at now: Instant) -> MigrationStep {
    migrations = open
    return step(.recover(because: "the service was started again"), at: now)
  }

  /// Takes up a migration that was left to a person.
  package mutating func takeUp(_ migration: Migration, because why: String, at now: Instant) -> MigrationStep {
    migrations.append(migration)
    return step(.recover(because: why), at: now, of: migration.id)
  }

  /// Whether a VM is being moved, or waits for it.
  package func isMoving(_ vm: String) -> Bool { migrations.contains { !$0.isOver && $0.vm.name == vm } }

  /// Takes a migration into the queue, whose request is durable.
  package mutating func admit(_ migration: Migration) { migrations.append(migration) }

  /// Tells what a driver said, or that nobody did.
  /// - Parameter id: the only migration that is told; nil for all.
  package mutating func step(_ input: Migration.Input, at now: Instant, of id: Int64? = nil) -> MigrationStep {
    switch input {
    case .hostLost(let host): lostHosts.insert(host)
    case .hostFound(let host): lostHosts.remove(host)
    default: break
    }
    var turn = Turn(now: now, lost: lostHosts, numbers: numbers)
    for index in migrations.indices where id == nil || migrations[index].id == id {
      if case .space = input, migrations[index].watch != nil {
        turn.company = company(of: migrations[index], at: now)
      }
      migrations[index].step(input, &turn)
    }
    numbers = turn.numbers
    migrations.removeAll(where: \.isOver)
    return turn.step
  }

  /// Ends a migration that waits, since much may have happened since it was asked for.
  package mutating func drop(_ id: Int64, because why: String, at now: Instant) -> MigrationStep {
    guard let index = migrations.firstIndex(where: { $0.id == id && $0.phase == .queued }) else { return MigrationStep() }
    var turn = Turn(now: now, lost: lostHosts, numbers: numbers)
    migrations[index].end(.cancelled, because: why, &turn)
    migrations.remove(at: index)
    return turn.step
  }

  /// An order that belongs to no migration.
  mutating func order(_ action: Order.Action, of vm: String, on host: String) -> Order {
    numbers.order(action, of: vm, on: host)
  }

  /// A step of something else than a migration: its orders are numbered with those of all migrations.
  mutating func turn(at now: Instant, _ body: (inout Turn) -> Void) -> MigrationStep {
    var turn = Turn(now: now, lost: lostHosts, numbers: numbers)
    body(&turn)
    numbers = turn.numbers
    return turn.step
  }

  /// When something has to be done although nobody said anything.
  package var deadline: Instant? { migrations.compactMap(\.deadline).min() }

  /// Datastores that have to be looked at now.
  package func watchedDatastores(at now: Instant) -> Set<String> {
    migrations.reduce(into: []) { $0.formUnion($1.watchedDatastores(at: now)) }
  }

  /// The migration whose turn it is; nil where all that wait have to go on waiting.
  package var next: Migration? {
    let waiting = migrations.filter { $0.phase == .queued }
    guard !waiting.isEmpty else { return nil }
    var (hosts, datastores): ([String: Int], [String: Int]) = ([:], [:])
    for migration in migrations where migration.isUnderWay {
      for host in migration.hosts { hosts[host, default: 0] += 1 }
      for datastore in migration.files?.datastores ?? [] { datastores[datastore, default: 0] += 1 }
    }
    let ready = waiting.filter { migration in
      migration.hosts.allSatisfy { hosts[$0, default: 0] < migration.settings.perHost }
        && (migration.files?.datastores ?? []).allSatisfy { datastores[$0, default: 0] < migration.settings.perDatastore }
    }
    return ready.max { ($0.priority, -$0.id) < ($1.priority, -$1.id) }
  }
}

extension Migration {
  /// The hosts that take part, each once.
  package var hosts: Set<String> { [source.name, target.name] }
}
