import History
import Inventory
import Testing

/// Hosts 1, 2, 3 of cluster 90; host 1 fails at 1000. Each case is one VM with its records.
@Suite struct IncidentTests {
  private static let host = ObjectID(rawValue: 1)
  private static let other = ObjectID(rawValue: 2)

  private func record(
    _ at: Int64, _ type: EventType, host: Int64? = 1, from: Int64? = nil, _ change: (inout Record) -> Void = { _ in }
  ) -> Record {
    var record = Record(seq: at, at: Instant(microseconds: at), type: type, source: "v")
    record.vm = ObjectID(rawValue: 50)
    record.cluster = ObjectID(rawValue: 90)
    record.host = host.map { ObjectID(rawValue: $0) }
    record.otherHost = from.map { ObjectID(rawValue: $0) }
    record.foreignKey = "\(at)"
    change(&record)
    return record
  }

  private func file(_ records: [Record], id: Int64 = 50) -> VMFile {
    let history = VMHistory(records)
    return VMFile(
      id: ObjectID(rawValue: id), residency: history.residency.spans, power: history.power.spans,
      cluster: history.cluster.spans, isProtected: history.settings["ha_protected"]?.spans ?? [],
      restartPriority: history.settings["restart_priority"]?.spans ?? [], records: records)
  }

  private func incident(
    _ records: [Record], host: [Record] = [hostRecord(1000, .hostFailed)], finished: [Int64] = [], more: [Outage] = [],
    highAvailability: [Span<String>] = [], restartPriority: [Span<String>] = []
  ) throws -> Incident? {
    let outages = Outage.outages(of: Self.host, records: host, signsOfLife: [])
    let analysis = IncidentAnalysis(
      outages: outages + more,
      failoversFinished: [ObjectID(rawValue: 90): finished.map { Instant(microseconds: $0) }],
      highAvailability: [ObjectID(rawValue: 90): highAvailability],
      restartPriority: [ObjectID(rawValue: 90): restartPriority], files: [file(records)])
    return analysis.incident(of: try #require(outages.first), announced: nil)
  }

  private func outcome(_ records: [Record], host: [Record] = [hostRecord(1000, .hostFailed)]) throws -> VMOutcome? {
    try incident(records, host: host)?.outcomes.first
  }

  private var running: [Record] { [record(1, .vmRegistered), record(2, .vmPoweredOn)] }

  @Test func restartedByHA() throws {
    let found = try #require(
      try outcome(
        running + [record(1500, .vmRestartFailed), record(2000, .vmRestarted, host: 2), record(2100, .vmPoweredOn, host: 2)])
    )
    #expect(found.kind == .restarted)
    #expect(found.to == Self.other)
    #expect(found.attempts == 2)
    #expect(found.downSince.microseconds == 1000)
    #expect(found.upAt?.microseconds == 2100, "down until it is powered on, not until HA says so")
    #expect(found.reason == nil)
  }

  @Test func aPowerOnBeforeHASaysSoIsStillHAsRestart() throws {
    let powerOn = record(1900, .vmPoweredOn, host: 2) { $0.actor = "vpxd" }
    let found = try #require(try outcome(running + [powerOn, record(2000, .vmRestarted, host: 2)]))
    #expect(found.kind == .restarted && found.attempts == 1 && found.reason == nil)
    #expect(found.upAt?.microseconds == 1900)
  }

  @Test func aStartMuchLaterIsAnotherOne() throws {
    let later = [record(900_000, .vmPoweredOff, host: 2), record(910_000, .vmPoweredOn, host: 2)]
    let found = try #require(try outcome(running + [record(2000, .vmRestarted, host: 2)] + later))
    #expect(found.upAt?.microseconds == 2000, "what was switched off was up again")
  }

  @Test func restartedByHandLongAfter() throws {
    let byHand = record(9000, .vmPoweredOn, host: 2) { $0.actor = "bob" }
    let found = try #require(try outcome(running + [record(1500, .vmRestartFailed), byHand]))
    #expect(found.kind == .restarted)
    #expect(found.reason == "powered on by bob")
  }

  @Test func failedWhereTheLastWordIsAFailure() throws {
    let failure = record(1500, .vmRestartFailed) { $0.reason = "no host has enough memory" }
    let found = try #require(try outcome(running + [failure]))
    #expect(found.kind == .failed)
    #expect(found.reason == "no host has enough memory")
    #expect(found.to == nil && found.upAt == nil)
  }

  @Test func aPowerOffAfterwardsIsBookkeeping() throws {
    for host in [Int64(1), 2] {
      #expect(try outcome(running + [record(1500, .vmPoweredOff, host: host)])?.kind == (host == 1 ? .noTrace : nil))
    }
  }

  @Test func cameBackWithTheHost() throws {
    let back = [hostRecord(1000, .hostFailed), hostRecord(5000, .hostRecovered)]
    let found = try #require(try outcome(running + [record(6000, .vmPoweredOn)], host: back))
    #expect(found.kind == .recoveredWithHost)
    #expect(found.upAt?.microseconds == 6000)
    let cutOff = record(6000, .vmPlaced) { $0.facts.power = .on }
    let unknown = try #require(try outcome(running + [cutOff], host: back))
    #expect(unknown.kind == .recoveredWithHost)
    #expect(unknown.upAt == nil, "nothing shows that it ever stopped")
  }

  @Test func aStaleInventoryOfADeadHostIsNoRecovery() throws {
    let stale = record(6000, .vmPlaced) { $0.facts.power = .on }
    #expect(try outcome(running + [stale])?.kind == .noTrace)
  }

  @Test func offOrElsewhereOrMovedAwayIsNotAffected() throws {
    #expect(try outcome(running + [record(900, .vmPoweredOff)]) == nil)
    #expect(try outcome(running + [record(900, .vmSuspended)]) == nil)
    #expect(try outcome(running + [record(900, .migrationCompleted, host: 2, from: 1)]) == nil)
    #expect(try outcome(running + [record(900, .vmUnregistered)]) == nil)
    #expect(try outcome(running + [record(1001, .migrationCompleted, host: 2, from: 1)]) == nil, "its move ended: it lives")
  }

  @Test func aMoveUnderWayLeavesItOnTheSource() throws {
    let started = record(900, .migrationStarted, host: 1, from: 2) { $0.facts.power = .on }
    #expect(try outcome(running + [started])?.kind == .noTrace)
    #expect(try outcome(running + [started, record(950, .migrationFailed, host: 1, from: 2)])?.kind == .noTrace)
  }

  @Test func namedWithTheHostWhereTheRecordOfItsPlaceIsStale() throws {
    let elsewhere = [record(1, .vmRegistered, host: 2), record(2, .vmPoweredOn, host: 2)]
    let found = try #require(try outcome(elsewhere + [record(1500, .vmNotProtected, host: 1)]))
    #expect(found.kind == .notProtected)
    #expect(found.from == Self.host)
  }

  @Test func anUnplacedVMBelongsToTheFailureThatHARestartedItAfter() throws {
    let found = try #require(try incident([record(2000, .vmRestarted, host: 2)]))
    #expect(found.outcomes.map(\.kind) == [.restarted])
    #expect(found.outcomes[0].from == Self.host)
    #expect(found.ambiguous.isEmpty)
  }

  @Test func theWordThatItWasNotRestartedNeedsNoHost() throws {
    let word = record(2000, .vmNotProtected) { ($0.host, $0.reason) = (nil, "restart priority disabled") }
    let created = record(10, .vmChanged) { $0.host = nil }
    #expect(try outcome([created, word])?.kind == .notProtected)
  }

  @Test func betweenTwoDeadHostsItIsAmbiguous() throws {
    var second = hostRecord(1200, .hostFailed)
    second.host = ObjectID(rawValue: 3)
    let more = Outage.outages(of: ObjectID(rawValue: 3), records: [second], signsOfLife: [])
    let found = try #require(try incident([record(2000, .vmRestarted, host: 2)], more: more))
    #expect(found.outcomes.map(\.from) == [nil])
    #expect(found.ambiguous.count == 1)
    // A failover that ended between the two leaves only the later failure.
    #expect(try incident([record(2000, .vmRestarted, host: 2)], finished: [1100], more: more)?.outcomes.isEmpty == true)
  }

  @Test func nothingPlacesIt() throws {
    let weak = record(500, .migrationCompleted, host: 1, from: 1)
    let found = try #require(try incident(running + [weak]))
    #expect(found.outcomes.isEmpty)
    #expect(found.unplaced == [ObjectID(rawValue: 50)])
  }

  @Test func aLostConnectionAloneIsNoIncident() throws {
    let lost = [hostRecord(1000, .hostConnectionLost)]
    #expect(try incident(running, host: lost) == nil)
    let restarted = try #require(try incident(running + [record(2000, .vmRestarted, host: 2)], host: lost))
    #expect(restarted.outage.trigger == .connectionLost)
    #expect(restarted.outcomes.map(\.kind) == [.restarted])
  }

  @Test func anIsolatedHostWhoseVMsRanOnHitNobody() throws {
    let isolated = [hostRecord(1000, .hostIsolated), hostRecord(5000, .hostRecovered)]
    #expect(try incident(running, host: isolated)?.outcomes.isEmpty == true)
    let stopped = try #require(try outcome(running + [record(1010, .vmPoweredOff)], host: isolated))
    #expect(stopped.kind == .noTrace)
  }

  @Test func aVMThatNeverCameBackIsNotHitASecondTime() throws {
    let twice = [hostRecord(1000, .hostFailed), hostRecord(5000, .hostRecovered), hostRecord(9000, .hostFailed)]
    let outages = Outage.outages(of: Self.host, records: twice, signsOfLife: [])
    let records = running + [record(1500, .vmRestartFailed)]
    let analysis = IncidentAnalysis(
      outages: outages, failoversFinished: [:], highAvailability: [:], restartPriority: [:], files: [file(records)])
    #expect(analysis.incident(of: outages[0], announced: nil)?.outcomes.map(\.kind) == [.failed])
    #expect(analysis.incident(of: outages[1], announced: nil)?.outcomes.isEmpty == true)
  }

  @Test func eachFailureLooksOnlyUpToTheNext() throws {
    let twice = [hostRecord(1000, .hostFailed), hostRecord(5000, .hostRecovered), hostRecord(9000, .hostFailed)]
    let outages = Outage.outages(of: Self.host, records: twice, signsOfLife: [])
    let records = running + [record(6000, .vmPoweredOn), record(9500, .vmRestarted, host: 2)]
    let analysis = IncidentAnalysis(
      outages: outages, failoversFinished: [:], highAvailability: [:], restartPriority: [:], files: [file(records)])
    #expect(analysis.incident(of: outages[0], announced: nil)?.outcomes.map(\.kind) == [.recoveredWithHost])
    #expect(analysis.incident(of: outages[1], announced: nil)?.outcomes.map(\.kind) == [.restarted])
  }

  @Test func withHighAvailabilityOffNobodyWasProtected() throws {
    let off = Span(
      from: Instant(microseconds: 5), to: .distantFuture, value: "false", grade: Grade.inferred, began: 5, ended: nil)
    #expect(try incident(running, highAvailability: [off])?.outcomes.map(\.kind) == [.notProtected])
  }

  /// An inventory of the cluster that gives the VM a priority of its own.
  private func priority(_ at: Int64, _ value: String) -> Record {
    record(at, .clusterObserved, host: nil) { $0.facts.settings = ["restart_priority": value] }
  }

  @Test func whomHighAvailabilityWasToldToLeaveAlone() throws {
    func span(_ value: String, began: Int64?) -> Span<String> {
      Span(from: .distantPast, to: .distantFuture, value: value, grade: Grade.inferred, began: began, ended: nil)
    }
    let own = try #require(try incident(running + [priority(5, "disabled")])?.outcomes.first)
    #expect(own.kind == .notProtected && own.reason == "its restart priority was disabled")
    #expect(try incident(running + [priority(5, "low")])?.outcomes.map(\.kind) == [.noTrace])
    #expect(
      try incident(running + [priority(1500, "disabled")])?.outcomes.map(\.kind) == [.noTrace],
      "what an inventory showed afterwards need not have been so before")
    let cluster = try #require(try incident(running, restartPriority: [span("disabled", began: 5)])?.outcomes.first)
    #expect(cluster.kind == .notProtected && cluster.reason == "the restart priority of its cluster was disabled")
    #expect(try incident(running, restartPriority: [span("disabled", began: nil)])?.outcomes.map(\.kind) == [.noTrace])
    for (value, kind) in [("high", VMOutcome.Kind.noTrace), ("clusterRestartPriority", .notProtected)] {
      let found = try incident(running + [priority(5, value)], restartPriority: [span("disabled", began: 5)])
      #expect(found?.outcomes.map(\.kind) == [kind], "\(value)")
    }
    let restarted = try incident(running + [priority(5, "disabled"), record(2000, .vmRestarted, host: 2)])
    #expect(restarted?.outcomes.map(\.kind) == [.restarted], "what happened counts, not what was set")
  }

  @Test func foundTwice() throws {
    let twice = try #require(
      try outcome(running + [record(2000, .vmRestarted, host: 2), record(3000, .vmDuplicate, host: nil)]))
    #expect(twice.kind == .duplicate)
    #expect(twice.to == Self.other)
    #expect(twice.upAt == nil)
  }

  // MARK: A second failure, and what comes after the first

  /// The incidents of a VM on host 1, then perhaps elsewhere: outages by host and records of hosts.
  private func incidents(_ records: [Record], hosts: [Int64: [Record]], finished: [Int64] = []) -> [Int64: [VMOutcome]] {
    var outages: [Outage] = []
    for (host, signs) in hosts {
      let own = signs.map { sign in
        var sign = sign
        sign.host = ObjectID(rawValue: host)
        return sign
      }
      outages += Outage.outages(of: ObjectID(rawValue: host), records: own, signsOfLife: [])
    }
    let analysis = IncidentAnalysis(
      outages: outages, failoversFinished: [ObjectID(rawValue: 90): finished.map { Instant(microseconds: $0) }],
      highAvailability: [:], restartPriority: [:], files: [file(records)])
    var found: [Int64: [VMOutcome]] = [:]
    for outage in outages { found[outage.failedAt.microseconds] = analysis.incident(of: outage, announced: nil)?.outcomes }
    return found
  }

  @Test func anUnplacedVMOfALaterFailureIsNotBookedOnTheFirst() {
    let weak = record(3000, .migrationCompleted, host: 2, from: 2)
    let found = incidents(
      running + [record(1500, .vmRestarted, host: 2), weak, record(4500, .vmRestarted, host: 3)],
      hosts: [1: [hostRecord(1000, .hostFailed)], 2: [hostRecord(4000, .hostFailed)]], finished: [2000, 5000])
    #expect(found[1000]?.map(\.to?.rawValue) == [2] && found[1000]?.first?.attempts == 1)
    #expect(found[4000]?.map(\.to?.rawValue) == [3] && found[4000]?.first?.attempts == 1)
  }

  @Test func aBlipDoesNotClaimALaterRestart() {
    let blip = [hostRecord(1000, .hostConnectionLost), hostRecord(1100, .hostRecovered)]
    let weak = record(2000, .migrationCompleted, host: 1, from: 1)
    let found = incidents(
      running + [weak, record(4500, .vmRestarted, host: 2)], hosts: [1: blip, 3: [hostRecord(4000, .hostFailed)]])
    #expect(found[1000] == nil, "a lost connection alone is no incident")
    #expect(found[4000]?.map(\.to?.rawValue) == [2])
  }

  @Test func tidyingUpTheDeadHostMovesNoVMBack() {
    let records =
      running + [record(1500, .vmRestarted, host: 2), record(2000, .vmPoweredOff), record(4500, .vmRestarted, host: 3)]
    let found = incidents(records, hosts: [1: [hostRecord(1000, .hostFailed)], 2: [hostRecord(4000, .hostFailed)]])
    #expect(found[1000]?.map(\.to?.rawValue) == [2])
    #expect(found[4000]?.map(\.to?.rawValue) == [3])
    let history = VMHistory(Array(records.dropLast()))
    #expect(history.residency.spans.last?.value == Self.other && history.power.spans.last?.value == .on)
  }

  @Test func aVMThatHANamesInTheSecondFailureRanAgain() {
    let twice = [hostRecord(1000, .hostFailed), hostRecord(3000, .hostRecovered), hostRecord(4000, .hostFailed)]
    let failed = incidents(running + [record(4500, .vmRestartFailed)], hosts: [1: twice])
    #expect(failed[1000]?.map(\.kind) == [.noTrace] && failed[4000]?.map(\.kind) == [.failed])
    let restarted = incidents(running + [record(4500, .vmRestarted, host: 2)], hosts: [1: twice])
    #expect(restarted[1000]?.map(\.kind) == [.noTrace] && restarted[4000]?.map(\.kind) == [.restarted])
  }

  @Test func whatHappensLongAfterAnIsolationIsNotItsDoing() {
    let isolation = [hostRecord(1000, .hostIsolated), hostRecord(1300, .hostRecovered)]
    for later in [
      [record(9000, .vmPoweredOff)], [record(9000, .vmPoweredOff), record(9100, .vmPoweredOn)],
      [
        record(2000, .migrationCompleted, host: 2, from: 1), record(9000, .vmPoweredOff, host: 2),
        record(9100, .vmPoweredOn, host: 2),
      ],
    ] {
      #expect(incidents(running + later, hosts: [1: isolation])[1000]?.isEmpty == true)
    }
  }

  @Test func seenRunningAfterTheReturnAndSwitchedOffAndOnLater() throws {
    let back = [hostRecord(1000, .hostFailed), hostRecord(1200, .hostRecovered)]
    let seen = record(1500, .vmPlaced) { $0.facts.power = .on }
    let found = try #require(
      try outcome(running + [seen, record(9000, .vmPoweredOff), record(9100, .vmPoweredOn)], host: back))
    #expect(found.kind == .recoveredWithHost && found.upAt == nil)
  }

  @Test func aMoveThatEndedMeanwhileSavedTheVM() throws {
    let back = [hostRecord(1000, .hostFailed), hostRecord(3000, .hostRecovered)]
    #expect(try outcome(running + [record(1100, .migrationCompleted, host: 2, from: 1)], host: back) == nil)
  }

  @Test func aStartThatCameToNothingIsNone() throws {
    let starting = record(2000, .foreignOther, host: 2) { $0.foreignType = "VmStartingEvent" }
    let failed = record(2100, .foreignOther, host: 2) { $0.foreignType = "VmFailedToPowerOnEvent" }
    #expect(try outcome(running + [starting])?.kind == .restarted)
    #expect(try outcome(running + [starting, failed])?.kind == .noTrace)
  }
}
