import History
import Inventory
import TestSupport
import Testing

/// A host is back from the very moment of the record that says so: a record of a VM at this moment says what it would say just
/// after. Random lives of one VM with such a record, one microsecond apart.
@Suite struct ReturnMomentTests {
  private static let (host, other, vm) = (ObjectID(rawValue: 1), ObjectID(rawValue: 2), ObjectID(rawValue: 50))
  private static let cluster = ObjectID(rawValue: 90)
  private static let (failedAt, backAt): (Int64, Int64) = (1000, 2000)

  private static let words: [(type: EventType, foreign: String?)] = [
    (.vmPoweredOn, nil), (.vmPoweredOff, nil), (.vmSuspended, nil), (.vmReset, nil), (.vmRebooted, nil), (.vmResumed, nil),
    (.vmRestarted, nil), (.vmRestartFailed, nil), (.vmNotProtected, nil), (.vmWaiting, nil), (.vmRestartAttempted, nil),
    (.vmDuplicate, nil), (.vmPlaced, nil), (.vmRegistered, nil), (.migrationCompleted, "DrsVmMigratedEvent"),
    (.migrationCompleted, "VmMigratedEvent"), (.foreignOther, "VmStartingEvent"), (.foreignOther, "VmStoppingEvent"),
    (.foreignOther, "VmGuestShutdownEvent"), (.foreignOther, "VmFailedToPowerOnEvent"),
    (.foreignOther, "VmPrimaryFailoverEvent"), (.foreignOther, "com.vmware.vc.HA.VMIsHADisabledIsolationEvent"),
    (.foreignOther, "VmResumingEvent"),
  ]

  private static func record(_ seq: Int64, _ at: Int64, _ type: EventType, _ foreign: String? = nil) -> Record {
    var record = Record(seq: seq, at: Instant(microseconds: at), type: type, foreignType: foreign, source: "v")
    (record.vm, record.cluster, record.host, record.foreignKey) = (vm, cluster, host, "\(seq)")
    return record
  }

  /// A record by chance.
  private static func word(_ seq: Int64, _ at: Int64, _ random: inout SplitMix64) -> Record {
    func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }
    let word = words[below(words.count)]
    var record = record(seq, at, word.type, word.foreign)
    if below(3) == 0 { record.host = other }
    if word.type == .migrationCompleted { record.otherHost = record.host == host ? other : host }
    if word.type == .vmPlaced { record.facts.power = [.on, .off, .suspended, nil][below(4)] }
    if word.type == .vmPoweredOff { record.facts.isFound = below(3) == 0 }
    return record
  }

  /// What is said of the VM, with every moment of the return read as one.
  private static func said(_ records: [Record], _ trigger: EventType, isGuarded: Bool) -> [String] {
    func hostRecord(_ seq: Int64, _ at: Int64, _ type: EventType) -> Record {
      var record = record(seq, at, type)
      record.vm = nil
      return record
    }
    let outages = Outage.outages(
      of: host, records: [hostRecord(900, failedAt, trigger), hostRecord(901, backAt, .hostRecovered)], signsOfLife: [])
    let troubles = outages.map { HostTrouble($0, stoppedVMs: false) }
    var history = VMHistory(records, troubles: [host: troubles])
    let file = VMFile(
      id: vm, residency: history.residency.spans, power: history.power.spans, cluster: history.cluster.spans,
      isProtected: [], restartPriority: [], records: records)
    let guarded = Span(
      from: .distantPast, to: .distantFuture, value: isGuarded ? "true" : "false", grade: .proven, began: 1, ended: nil)
    let analysis = IncidentAnalysis(
      outages: outages, failoversFinished: [:], highAvailability: [cluster: [guarded]], restartPriority: [:], files: [file])
    let outcomes = outages.first.flatMap { analysis.incident(of: $0, announced: nil)?.outcomes } ?? []
    let stops = history.takeStops().map { "stop \($0.seq)" }
    let power = [500, 1200, 1800, 2200, 4000].map { (moment: Int64) -> String in
      let span = history.power.spans.last { $0.from.microseconds <= moment && moment < $0.to.microseconds }
      return "at \(moment) \(span.map { $0.value?.rawValue ?? "unknown" } ?? "none")"
    }
    let all = outcomes.map { "\($0)" } + stops + power
    let later = Instant(microseconds: backAt + 1)
    return all.map {
      $0.replacing("\(later.microseconds)", with: "\(backAt)").replacing(
        "\(later)", with: "\(Instant(microseconds: backAt))")
    }
  }

  @Test("A record at the moment of the return says what it would say just after")
  func atOnce() {
    var decided = 0
    for seed in 0..<UInt64(4000) {
      var random = SplitMix64(seed: seed)
      func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }
      let trigger = [EventType.hostFailed, .hostIsolated, .hostConnectionLost][below(3)]
      var records = [Self.record(1, 1, .vmRegistered), Self.record(2, 2, .vmPoweredOn)]
      if below(2) == 0 { records.append(Self.word(3, 1500, &random)) }
      let telling = Self.word(4, Self.backAt, &random)
      let last = below(2) == 0 ? [Self.word(5, 3000, &random)] : []
      var later = telling
      later.at = Instant(microseconds: Self.backAt + 1)
      let isGuarded = below(2) == 0
      let found = Self.said(records + [telling] + last, trigger, isGuarded: isGuarded)
      let expected = Self.said(records + [later] + last, trigger, isGuarded: isGuarded)
      #expect(
        found == expected, "seed \(seed): \(trigger) \(records.map(\.type)) \(telling.type) \(telling.foreignType ?? "")")
      var before = telling
      before.at = Instant(microseconds: Self.backAt - 1)
      if Self.said(records + [before] + last, trigger, isGuarded: isGuarded).count != found.count { decided += 1 }
    }
    #expect(decided > 50, "the moment decides")
  }
}
