internal import Engines
internal import Foundation
internal import Hypervisor
internal import Inventory
internal import Ledger
internal import Planning
internal import PlayLab

/// Live migrations that the engine makes one after the other on simulated hardware, and what it did for them: what it wrote
/// down, transaction by transaction, and what it ordered.
struct MoveStory {
  struct Transaction: Sendable {
    let at: Instant
    var events: [Event]
  }

  static let start = Instant(microseconds: 1_767_225_600_000_000)

  let cluster: ClusterSnapshot
  /// What is asked for, one after the other.
  let requests: [MoveRequest]
  private(set) var transactions: [Transaction] = []
  private var orders: [(at: Instant, order: Order)] = []
  /// Where the ledger's chain ended.
  private var head: ChainHead?

  init(hosts: Int, vms: Int, moves: Int) async throws {
    cluster = Self.cluster(hosts: hosts, vms: vms)
    var homes = (0..<vms).map { $0 % hosts }
    requests = (0..<moves).map { number in
      let vm = number * 37 % vms
      homes[vm] = (homes[vm] + 1 + number % (hosts - 1)) % hosts
      return MoveRequest(.live, of: "v\(vm)", to: "h\(homes[vm])")
    }
    let simulator = Simulator(cluster, start: Self.start)
    let log = Log()
    simulator.onArrival = { [unowned simulator] in log.orders.append((simulator.now, $0)) }
    let ledger = try Ledger.inMemory(name: UUID().uuidString, now: Self.start)
    let source = try await prepare(ledger)
    _ = try await makeMoves(on: simulator, ledger, source) {
      log.ends.append((simulator.now, try ledger.read { try $0.chainHead().seq }))
    }
    let (written, head) = try ledger.read { reader in
      (try reader.migrationNumbers().flatMap { try reader.migrationEvents(of: $0) }, try reader.chainHead())
    }
    var rest = written.sorted { $0.seq < $1.seq }[...]
    for (at, end) in log.ends {
      let events = rest.prefix { $0.seq <= end }
      rest.removeFirst(events.count)
      transactions.append(Transaction(at: at, events: events.map(\.event)))
    }
    (orders, self.head) = (log.orders, head)
  }

  /// What is heard while the engine works.
  private final class Log {
    var orders: [(at: Instant, order: Order)] = []
    /// The last event of each transaction.
    var ends: [(at: Instant, seq: Int64)] = []
  }

  // MARK: Again

  /// Fills a new ledger with the cluster.
  func prepare(_ ledger: Ledger) async throws -> Source {
    let events = cluster.placing(at: Self.start)
    let source = try await ledger.write(at: Self.start) { try $0.source(named: "moves", instanceUUID: nil) }
    try await ledger.write(at: Self.start) { transaction in
      for event in events { _ = try transaction.append(event, source: source) }
    }
    return source
  }

  /// What the start of a service writes.
  func startService(_ ledger: Ledger) async throws {
    let event = Event(occurredAt: Self.start, type: .other("service.started"))
    try await ledger.write(at: Self.start) { _ = try $0.append(event) }
  }

  /// The engine makes the moves once more.
  /// - Returns: what that took from the first request on.
  func play() async throws -> Stopwatch.Time {
    let ledger = try Ledger.inMemory(name: UUID().uuidString, now: Self.start)
    let source = try await prepare(ledger)
    return try await makeMoves(on: Simulator(cluster, start: Self.start), ledger, source) {}
  }

  private func makeMoves(
    on simulator: Simulator, _ ledger: Ledger, _ source: Source, onCheckpoint: @escaping () throws -> Void
  ) async throws -> Stopwatch.Time {
    let runner = try await ClusterRunner(
      ledger: ledger, driver: simulator, source: source, onChange: { _ in }, onCheckpoint: onCheckpoint)
    try await runner.recover()
    while let message = simulator.next(until: simulator.now) { try await runner.take(message) }
    let watch = Stopwatch()
    for move in requests {
      let reasons = try await runner.request(move, trigger: "user", actor: "bench", reason: nil)
      guard reasons.isEmpty else { throw BenchError(reasons[0].text) }
      while !runner.isIdle { try await runner.take(simulator.next(until: runner.deadline ?? .distantFuture)) }
    }
    let elapsed = watch.elapsed
    guard simulator.objections.isEmpty else { throw BenchError("the checker objects: \(simulator.objections[0])") }
    return elapsed
  }

  /// The same events are written in the same transactions, with nobody who thinks.
  /// - Returns: what that took.
  func write() async throws -> Stopwatch.Time {
    let ledger = try Ledger.inMemory(name: UUID().uuidString, now: Self.start)
    let source = try await prepare(ledger)
    try await startService(ledger)
    let watch = Stopwatch()
    for transaction in transactions { try await Self.write(transaction, to: ledger, source) }
    let elapsed = watch.elapsed
    guard try ledger.read({ try $0.chainHead() }) == head else { throw BenchError("other events were written than before") }
    return elapsed
  }

  static func write(_ transaction: Transaction, to ledger: Ledger, _ source: Source) async throws {
    try await ledger.write(at: transaction.at) { ledger in
      for event in transaction.events { _ = try ledger.append(event, source: source) }
    }
  }

  /// The hardware gets the same orders at the same moments.
  /// - Returns: what that took.
  func order() throws -> Stopwatch.Time {
    let simulator = Simulator(cluster, start: Self.start)
    let watch = Stopwatch()
    for (at, order) in orders {
      while simulator.next(until: at) != nil {}
      simulator.send(order)
    }
    while simulator.next(until: .distantFuture) != nil {}
    let elapsed = watch.elapsed
    guard simulator.stints.count == cluster.vms.count + requests.count else {
      throw BenchError("other moves were made than before")
    }
    return elapsed
  }

  /// Each request is checked against the whole cluster: the first thing that the service does with it.
  /// - Returns: what that took.
  func check() throws -> Stopwatch.Time {
    let watch = Stopwatch()
    for move in requests where Compatibility(cluster).verdict(on: move) == nil {
      throw BenchError("\(move.vm) or \(move.host ?? "") is not there")
    }
    return watch.elapsed
  }

  // MARK: The cluster

  /// VMs of 4 GB that write a fifth of what the links carry.
  static func cluster(hosts: Int, vms: Int) -> ClusterSnapshot {
    var cluster = ClusterSnapshot()
    cluster.clusters = [Cluster(name: "day")]
    cluster.hosts = (0..<hosts).map { number in
      var host = Host(name: "h\(number)", cluster: "day", cores: 64, memoryMiB: 1 << 20)
      host.linkMiBPerSecond = 1100
      return host
    }
    cluster.vms = (0..<vms).map { number in
      var vm = VirtualMachine(name: "v\(number)", host: "h\(number % hosts)", memoryMiB: 4096, vcpus: 1)
      vm.dirtyMiBPerSecond = 200
      vm.workingSetMiB = 2048
      return vm
    }
    return cluster
  }
}
