internal import ArgumentParser
internal import Engines
internal import Foundation
internal import Hypervisor
internal import Importers
internal import Inventory
internal import Ledger

/// The simulated hardware of a database, as its record tells it, with the service's side beside it.
struct SimulatedHardware {
  let scenario: Scenario
  let simulator: Simulator
  let ledger: Ledger
  private let record: HardwareRecord
  /// Keeps other services off; nil for those who only look.
  private let lock: EngineLock?

  /// The source whose objects the simulated hardware of a database has; nil where there is none.
  static func source(besides database: String) throws -> String? {
    let path = HardwareRecord.path(besides: database)
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    let text = try HardwareRecord(continuing: path, isReadOnly: true).origin.scenario
    return try ClusterFileReader.scenario(from: Data(text.utf8), file: path).name
  }

  /// The time of the hosts.
  var now: Instant { simulator.now }

  /// Grants a wish, and prints what changes.
  /// - Throws: the exit code 1 where something was that must never be.
  func grant(_ wish: Play.Wish) async throws {
    let play = try await play()
    let objections = try await noting { try await play.grant(wish) }
    for objection in objections { show("! \(objection)") }
    if !objections.isEmpty { throw ExitCode(YadokariError.Code.failed.rawValue) }
  }

  /// Plays to the end, and prints what changes.
  /// - Parameter until: when it ends, in seconds from its start; nil for the scenario's own end.
  /// - Throws: the exit code 1 where something was that must never be.
  func run(until: Double? = nil, _ accidents: AccidentOptions? = nil, isSilent: Bool = false) async throws {
    let (play, end) = (try await play(accidents, isSilent: isSilent), until.map { scenario.start.adding(seconds: $0) })
    let objections = try await noting { try await play.run(until: end) }
    for objection in objections { show("! \(objection)") }
    if !objections.isEmpty { throw ExitCode(YadokariError.Code.failed.rawValue) }
  }

  /// Writes down when a play ended, however it did.
  private func noting(_ play: () async throws -> [String]) async throws -> [String] {
    do {
      let objections = try await play()
      try record.note(simulator)
      return objections
    } catch {
      // A record that cannot be written says so already.
      if simulator.recordFailure == nil { try? record.note(simulator) }
      throw error
    }
  }

  /// Begins a play; one that was cut off before its first order begins again.
  /// - Throws: `conflict` where the database is not empty, or another service moves its VMs.
  init(creating database: String, playing file: String, faults: OrderFaults = OrderFaults()) async throws {
    let text = try ClusterFileReader.text(at: file)
    scenario = try ClusterFileReader.scenario(from: Data(text.utf8), file: file)
    try Play.check(scenario)
    let path = HardwareRecord.path(besides: database)
    let hasRecord = FileManager.default.fileExists(atPath: path)
    let another = YadokariError(
      .conflict, "\(path) is there already, the hardware of another play; remove it, or name another database")
    if hasRecord, !FileManager.default.fileExists(atPath: database) { throw another }
    ledger = try Ledger.create(database, now: scenario.start)
    guard try ledger.read({ try $0.chainHead().seq }) == 0 else {
      throw hasRecord ? another : YadokariError(.conflict, "\(database) is not empty; play into a new database")
    }
    lock = try EngineLock(database)
    if hasRecord { try HardwareRecord.removeUnbegun(path) }
    do {
      record = try HardwareRecord(besides: database, scenario: text, file: file)
    } catch {
      ledger.removeIfUnfilled()
      throw error
    }
    try await Self.importCluster(of: record.origin, scenario, into: ledger)
    simulator = Simulator(scenario.cluster, timeline: scenario.timeline, start: scenario.start, faults: faults)
    record.listen(to: simulator)
  }

  /// Goes on with a play where it stood.
  /// - Parameter after: for how many seconds the hardware went on with nobody there.
  /// - Throws: `notFound` where the database has no simulated hardware, `conflict` where another service moves its VMs.
  init(_ database: String, faults: OrderFaults = OrderFaults(), isReadOnly: Bool = false, after: Double = 0) async throws {
    lock = isReadOnly || !FileManager.default.fileExists(atPath: database) ? nil : try EngineLock(database)
    record = try HardwareRecord(continuing: HardwareRecord.path(besides: database), isReadOnly: isReadOnly)
    scenario = try ClusterFileReader.scenario(from: Data(record.origin.scenario.utf8), file: database)
    ledger = try Ledger.open(database, for: isReadOnly ? .read : .write, now: scenario.start)
    // The service died between the two beginnings, that of the hardware and that of the ledger.
    if !isReadOnly, try ledger.read({ try $0.chainHead().seq }) == 0 {
      try await Self.importCluster(of: record.origin, scenario, into: ledger)
    }
    simulator = Simulator(scenario.cluster, timeline: scenario.timeline, start: scenario.start, faults: faults)
    try record.resume(simulator)
    // Of a service that died the ledger may know more.
    let last = try ledger.read { try $0.lastEvidence() } ?? scenario.start
    simulator.run(until: max(simulator.now, last).adding(seconds: after))
  }

  /// Brings the cluster of a scenario into the ledger.
  private static func importCluster(
    of origin: HardwareRecord.Origin, _ scenario: Scenario, into ledger: Ledger
  ) async throws {
    let importer = Importer(into: ledger, options: ImportOptions(), now: scenario.start)
    let reports = try await importer.run(origin.scenario, named: origin.file ?? scenario.name)
    if let error = reports.first?.error { throw error }
  }

  /// A play from here on, whose changes are printed as they happen.
  private func play(_ accidents: AccidentOptions? = nil, isSilent: Bool = false) async throws -> Play {
    let scenario = scenario
    let source = try await ledger.write(at: scenario.start) { try $0.source(named: scenario.name, instanceUUID: nil) }
    if let last = accidents?.dieAtOrder { simulator.onCarriedOut = { if $0 == last { AccidentOptions.die() } } }
    var checkpoints = 0
    return Play(
      scenario, on: simulator, ledger: ledger, source: source,
      onChange: { if !isSilent { show(Self.line($0, since: scenario.start)) } },
      onCheckpoint: {
        checkpoints += 1
        if checkpoints == accidents?.dieAtCheckpoint { AccidentOptions.die() }
      })
  }

  /// `    45.461  web1 (migration 12): commit → running, because esx02 runs it`
  private static func line(_ change: StateChange, since start: Instant) -> String {
    let milliseconds = (change.at.microseconds - start.microseconds) / 1000
    let (whole, rest) = (String(milliseconds / 1000), String(milliseconds % 1000))
    let time = whole + "." + String(repeating: "0", count: 3 - rest.count) + rest
    return String(repeating: " ", count: max(0, 10 - time.count)) + time
      + "  \(change.subject): \(change.old) → \(change.new), because \(change.because)"
  }
}
