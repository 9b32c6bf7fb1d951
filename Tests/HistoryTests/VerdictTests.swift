import History
import Inventory
import Testing

/// What a VM's records of other kinds say after its host failed: host 1 of cluster 90 at 1000, the VM ran there.
@Suite struct VerdictTests {
  private func record(_ at: Int64, _ type: EventType, _ foreignType: String? = nil, host: Int64 = 1) -> Record {
    var record = Record(
      seq: at, at: Instant(microseconds: at), type: type, foreignType: foreignType, source: "v")
    record.vm = ObjectID(rawValue: 50)
    record.cluster = ObjectID(rawValue: 90)
    record.host = ObjectID(rawValue: host)
    record.foreignKey = "\(at)"
    return record
  }

  private func outcomes(_ records: [Record], isGuarded: Bool = true) throws -> [VMOutcome] {
    let running = [record(1, .vmRegistered), record(2, .vmPoweredOn)]
    let history = VMHistory(running + records)
    let file = VMFile(
      id: ObjectID(rawValue: 50), residency: history.residency.spans, power: history.power.spans,
      cluster: history.cluster.spans, isProtected: [], restartPriority: [], records: running + records)
    let guarded = Span(
      from: .distantPast, to: .distantFuture, value: isGuarded ? "true" : "false", grade: .proven, began: 1, ended: nil)
    let outages = Outage.outages(
      of: ObjectID(rawValue: 1), records: [hostRecord(1000, .hostFailed)], signsOfLife: [])
    let analysis = IncidentAnalysis(
      outages: outages, failoversFinished: [:], highAvailability: [ObjectID(rawValue: 90): [guarded]],
      restartPriority: [:], files: [file])
    let outage = try #require(outages.first)
    return try #require(analysis.incident(of: outage, announced: nil)).outcomes
  }

  @Test("The failover to a second copy shows that the VM never stopped, other words about the copy do not")
  func faultTolerance() throws {
    #expect(try outcomes([record(1001, .foreignOther, "VmPrimaryFailoverEvent", host: 2)]).isEmpty)
    for other in ["VmSecondaryDisabledEvent", "VmSecondaryAddedEvent", "SomethingElse"] {
      #expect(try outcomes([record(1001, .foreignOther, other, host: 2)]).map(\.kind) == [.noTrace], "\(other)")
    }
  }

  @Test("An outage is unsettled until a record shows that one of its VMs ran or stopped, and not what was known before")
  func unsettled() throws {
    func isUnsettled(_ records: [Record]) throws -> Bool {
      let running = [record(1, .vmRegistered), record(2, .vmPoweredOn)]
      let outage = try #require(
        Outage.outages(
          of: ObjectID(rawValue: 1), records: [hostRecord(1000, .hostConnectionLost), hostRecord(2000, .hostRecovered)],
          signsOfLife: []
        ).first)
      let history = VMHistory(running + records)
      let file = VMFile(
        id: ObjectID(rawValue: 50), residency: history.residency.spans, power: history.power.spans,
        cluster: history.cluster.spans, isProtected: [], restartPriority: [], records: running + records)
      let analysis = IncidentAnalysis(
        outages: [outage], failoversFinished: [:], highAvailability: [:], restartPriority: [:], files: [file])
      return analysis.isUnsettled(outage, vms: [file.id])
    }
    func placed(_ at: Int64, host: Int64, _ power: PowerState?) -> Record {
      var placed = record(at, .vmPlaced, host: host)
      placed.facts.power = power
      return placed
    }
    #expect(try isUnsettled([]))
    for power in [PowerState.on, .off] {
      #expect(try isUnsettled([placed(1000, host: 1, power), placed(1999, host: 1, power)]), "it repeats what it knew")
      #expect(try !isUnsettled([placed(1500, host: 2, power)]))
      #expect(try !isUnsettled([placed(2000, host: 1, power)]))
    }
    #expect(try isUnsettled([placed(3000, host: 2, nil)]), "it says nothing of power")
    #expect(try !isUnsettled([record(1500, .vmPoweredOff)]))
    #expect(try isUnsettled([record(999, .vmPoweredOff)]), "it was before")
  }

  @Test("A start that came to nothing decides nothing")
  func aFailedStart() throws {
    let started = record(1500, .foreignOther, "VmStartingEvent", host: 2)
    let failed = record(1600, .foreignOther, "VmFailedToPowerOnEvent", host: 2)
    #expect(try outcomes([started]).map(\.kind) == [.restarted])
    #expect(try outcomes([started, failed]).map(\.kind) == [.noTrace])
    #expect(try outcomes([started, failed], isGuarded: false).map(\.kind) == [.notProtected])
    let elsewhere = record(1600, .foreignOther, "VmFailedToPowerOnEvent", host: 3)
    #expect(try outcomes([started, elsewhere]).map(\.kind) == [.restarted])
    let again = try outcomes([started, failed, record(1700, .vmPoweredOn, host: 3)])
    #expect(again.map(\.kind) == [.restarted] && again.first?.to == ObjectID(rawValue: 3) && again.first?.attempts == 2)
  }
}
