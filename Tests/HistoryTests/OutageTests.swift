import History
import Inventory
import Testing

/// Records of a host, written as `time type`.
func hostRecord(_ at: Int64, _ type: EventType, seq: Int64? = nil, _ change: (inout Record) -> Void = { _ in }) -> Record {
  var record = Record(seq: seq ?? at, at: Instant(microseconds: at), type: type, source: "v")
  record.host = ObjectID(rawValue: 1)
  record.cluster = ObjectID(rawValue: 90)
  record.foreignKey = "\(at)"
  change(&record)
  return record
}

@Suite struct OutageTests {
  private func outages(_ records: [Record], life: [Int64] = []) -> [Outage] {
    Outage.outages(of: ObjectID(rawValue: 1), records: records, signsOfLife: life.map { Instant(microseconds: $0) })
  }

  @Test func twinsAndTheLostConnectionAreOneFailure() {
    let found = outages([
      hostRecord(12, .hostFailed, seq: 40), hostRecord(10, .hostConnectionLost, seq: 41),
      hostRecord(13, .hostFailed, seq: 7),
      hostRecord(50, .hostRecovered),
    ])
    #expect(found.count == 1)
    #expect(found[0].failedAt.microseconds == 10)
    #expect(found[0].declaredAt?.microseconds == 12)
    #expect(found[0].recoveredAt?.microseconds == 50)
    #expect(found[0].trigger == .hostFailed)
    #expect(found[0].id == 7, "the number of the failure record that was recorded first")
  }

  @Test func aLostConnectionThatIsNoticedLateDoesNotReviveTheHost() {
    let found = outages([hostRecord(10, .hostFailed), hostRecord(30, .hostConnectionLost), hostRecord(31, .hostFailed)])
    #expect(found.count == 1)
    #expect(found[0].backAt == .distantFuture)
  }

  @Test func aReturnPartsTwoFailures() {
    let found = outages([hostRecord(10, .hostFailed), hostRecord(20, .hostRecovered), hostRecord(30, .hostFailed)])
    #expect(found.map(\.failedAt.microseconds) == [10, 30])
  }

  @Test func aSignOfLifePartsTwoFailuresWhoseReturnNobodyRecorded() {
    let marks = [hostRecord(10, .hostFailed), hostRecord(11, .hostFailed), hostRecord(30, .hostFailed)]
    #expect(outages(marks).count == 1)
    let found = outages(marks, life: [20])
    #expect(found.map(\.failedAt.microseconds) == [10, 30])
    #expect(found[0].backAt.microseconds == 20)
    #expect(found[0].recoveredAt == nil, "when it came back, nobody said")
  }

  @Test func isolationOutweighsTheLostConnection() {
    let found = outages([hostRecord(10, .hostConnectionLost), hostRecord(12, .hostIsolated)])
    #expect(found.map(\.trigger) == [.hostIsolated])
    #expect(found[0].declaredAt?.microseconds == 12)
  }

  @Test func anAdministratorsDisconnectIsNoTrouble() {
    let disconnect = hostRecord(10, .foreignOther) { $0.foreignType = "HostDisconnectedEvent" }
    #expect(outages([disconnect, hostRecord(20, .hostRecovered)]).isEmpty)
  }

  @Test func theAgentsStateCountsAsItsFieldSays() {
    let dead = hostRecord(10, .foreignOther, seq: 3) { $0.facts.availability = .failed }
    let partitioned = hostRecord(9, .foreignOther)
    let found = outages([dead, partitioned, hostRecord(12, .hostFailed)])
    #expect(found.map(\.failedAt.microseconds) == [10])
    #expect(found[0].declaredAt?.microseconds == 12 && found[0].id == 12, "declared by the event, reported by the state")
    #expect(outages([dead]).map(\.trigger) == [.hostFailed], "and without that event the state is enough")
  }

  @Test func aDisconnectAfterTheFailureDoesNotReviveTheHost() {
    let disconnect = hostRecord(20, .foreignOther) { $0.foreignType = "HostDisconnectedEvent" }
    let history = HostHistory([hostRecord(10, .hostFailed), disconnect, hostRecord(30, .hostRecovered)], sightings: [])
    #expect(history.availability.spans.map(\.value) == [.failed, .failed, .connected])
  }
}
