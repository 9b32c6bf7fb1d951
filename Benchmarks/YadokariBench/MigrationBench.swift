internal import Engines
internal import Foundation
internal import Hypervisor
internal import Inventory
internal import Ledger
internal import PlayLab

/// The simulated hardware alone, a day of moves with the engine, and what the engine costs beside the ledger.
struct MigrationBench {
  private let options: BenchOptions

  init(_ options: BenchOptions) { self.options = options }

  func run() async throws -> [BenchRow] { [try hardware()] + (try await day()) }

  /// Migrations ordered one after the other by nobody who thinks.
  private func hardware() throws -> BenchRow {
    let simulator = Simulator(MoveStory.cluster(hosts: 2, vms: 1), start: MoveStory.start)
    let wanted = options.isQuick ? 100_000 : 1_000_000
    let watch = Stopwatch()
    var (orders, home) = (0, 0)
    func order(_ action: Order.Action, on host: Int) {
      orders += 1
      simulator.send(Order(number: orders, epoch: 1, host: "h\(host)", vm: "v0", action: action))
      while simulator.next(until: .distantFuture) == nil {}
    }
    while orders + simulator.steps < wanted {
      let away = 1 - home
      order(.prepare(source: "h\(home)"), on: away)
      for _ in 0..<3 { order(.copyPass(target: "h\(away)"), on: home) }
      order(.stop, on: home)
      order(.copyRest(target: "h\(away)"), on: home)
      order(.resume, on: away)
      order(.destroy, on: home)
      home = away
    }
    guard simulator.objections.isEmpty else { throw BenchError("the checker objects: \(simulator.objections[0])") }
    return BenchRow(
      name: "simulator, \(Figure.count(wanted)) events and orders", ours: "\(Figure.seconds(watch.elapsed.cpu)) CPU")
  }

  /// 100 hosts and 5,000 VMs, a move every half minute; the ledger in memory, so that no disk is measured.
  private func day() async throws -> [BenchRow] {
    let moves = options.isQuick ? 300 : 3000
    var scenario = Scenario(name: "day", start: MoveStory.start, cluster: MoveStory.cluster(hosts: 100, vms: 5000))
    scenario.timeline = (0..<moves).map { number in
      TimelineEntry(
        at: Double(number) * 86400 / Double(moves),
        action: .vmMigrate(vm: "v\(number * 37 % 5000)", host: "h\((number * 53 + 1) % 100)"))
    }
    let ledger = try Ledger.inMemory(name: "day", now: MoveStory.start)
    let source = try await ledger.write(at: MoveStory.start) { try $0.source(named: "day", instanceUUID: nil) }
    try await ledger.write(at: MoveStory.start) { [scenario] transaction in
      for event in scenario.cluster.placing(at: MoveStory.start) { _ = try transaction.append(event, source: source) }
    }
    let simulator = Simulator(scenario.cluster, timeline: [], start: MoveStory.start)
    var checkpoints = 0
    let watch = Stopwatch()
    let play = Play(
      scenario, on: simulator, ledger: ledger, source: source, onChange: { _ in }, onCheckpoint: { checkpoints += 1 })
    let objections = try await play.run()
    guard objections.isEmpty else { throw BenchError("the checker objects: \(objections[0])") }
    // It may go on in another thread after each wait.
    let elapsed = watch.elapsed.process
    return [
      BenchRow(
        name: "100 hosts, 5,000 VMs, a day with \(Figure.count(moves)) moves, \(Figure.count(checkpoints)) checkpoints",
        ours: "\(Figure.seconds(elapsed)) CPU")
    ]
  }
}
