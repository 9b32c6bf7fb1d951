internal import Engines
internal import Foundation
internal import Hypervisor
internal import Inventory
internal import Ledger
internal import Planning

/// Plays the moves of a lab: the engine makes them on simulated hardware, the ledger says what they took, and the hardware
/// for how long the VMs stood still.
package enum EnginePlay {
  /// - Returns: what each move took, in the order of the moves.
  /// - Throws: `failed` where the checker objects.
  package static func run(_ lab: MovesLab) async throws -> [PlayedMove] {
    var scenario = Scenario(name: "lab", start: MovesLab.start, cluster: lab.cluster)
    scenario.timeline = lab.moves.map { TimelineEntry(at: $0.at, action: action($0.request, $0.priority)) }
    let ledger = try Ledger.inMemory(name: UUID().uuidString, now: scenario.start)
    let source = try await ledger.write(at: scenario.start) { try $0.source(named: "lab", instanceUUID: nil) }
    let (start, events) = (scenario.start, lab.cluster.placing(at: scenario.start))
    try await ledger.write(at: start) { transaction in
      for event in events { _ = try transaction.append(event, source: source) }
    }
    let simulator = Simulator(lab.cluster, timeline: scenario.timeline, start: start)
    let play = Play(scenario, on: simulator, ledger: ledger, source: source, onChange: { _ in }, onCheckpoint: {})
    let objections = try await play.run()
    guard objections.isEmpty else { throw YadokariError(.failed, "seed \(lab.seed): \(objections[0])") }
    let stints = Dictionary(grouping: simulator.stints, by: \.vm)
    let played = try ledger.read { reader in
      var played: [String: PlayedMove] = [:]
      for number in try reader.migrationNumbers() {
        let events = try reader.migrationEvents(of: number).map(\.event)
        if let vm = events.first?.vm?.name { played[vm] = move(events, stints[vm] ?? []) }
      }
      return played
    }
    return lab.moves.map { played[$0.request.vm] ?? PlayedMove() }
  }

  private static func action(_ move: MoveRequest, _ priority: MovePriority) -> TimelineAction {
    guard move.kind == .storage else {
      return .vmMigrate(vm: move.vm, host: move.host ?? "", datastore: move.datastore, priority: priority)
    }
    return .vmMigrateStorage(
      vm: move.vm, datastore: move.datastore ?? "", way: move.way,
      disks: move.disks.sorted { $0.key < $1.key }.map(\.value), logDatastore: move.logDatastore)
  }

  private static func move(_ events: [Event], _ stints: [Stint]) -> PlayedMove {
    var move = PlayedMove()
    move.begins = events.first { $0.type == .migrationStarted }?.occurredAt
    guard let last = events.last else { return move }
    move.ends = last.occurredAt
    move.ending = last.type == .migrationCompleted ? .completed : .givenUp
    move.passes = Int(last.detail?["passes"]?.intValue ?? 0)
    move.copiedMiB = Double(last.detail?["bytes"]?.intValue ?? 0) / 1_048_576
    // The journal does not say it of moves that were given up.
    move.downtimeSeconds = zip(stints, stints.dropFirst()).reduce(0) { sum, pair in
      sum + (pair.0.until.map { pair.1.since.seconds(since: $0) } ?? 0)
    }
    return move
  }
}
