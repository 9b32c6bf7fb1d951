import Inventory
import Ledger
import Reports
import TestSupport
import Testing

@testable import Importers

/// One story in each format: what the texts tell must be what the fields told.
@Suite struct SparseSampleTests {
  @Test(arguments: Sparse.events)
  func eachFormatGivesTheRightAnswer(name: String) async throws {
    let ledger = try memoryLedger()
    let report = try await read(Sparse.path(name), into: ledger)
    #expect(report.error == nil && report.skippedCount == 0 && report.imported > 230)
    #expect(report.gaps.map(\.code) == ["text-only"])
    let expected = try json("vcenter-a/answers.json")
    let incidents = try Answers(ledger).incidents
    let incident = try #require(incidents.first)
    #expect(incidents.count == 1)
    #expect(incident.host == expected["failed_host"]?.stringValue)
    #expect(incident.cluster == expected["cluster"]?.stringValue)
    #expect(incident.vms.keys.sorted() == expected["affected"]?.arrayValue?.compactMap(\.stringValue).sorted())
    #expect(incident.vms.compactMapValues(\.to) == ["DC0_C0_RP0_VM4": "DC0_C0_H3", "DC0_C0_RP0_VM6": "DC0_C0_H0"])
    #expect(
      incident.vms.mapValues(\.outcome) == [
        "DC0_C0_RP0_VM2": "failed", "DC0_C0_RP0_VM4": "restarted", "DC0_C0_RP0_VM6": "restarted",
        "DC0_C0_RP0_VM10": "not_protected",
      ])
    #expect(incident.gaps.contains("text-only"))
    let grades = try ledger.read { reader in
      try AffectedReport.report(reader, scope: IncidentReader.Scope(), at: reader.lastEvidence() ?? testNow)
        .items[0]["vms"]?.arrayValue?.map { $0["grade"] }
    }
    #expect(grades == [JSONValue](repeating: "text", count: 4))
    #expect(try ledger.problems() == [])
    #expect(try await read(Sparse.path(name), into: ledger).imported == 0)
  }

  @Test func aListOfMovesShowsPlacesAndNoFailure() async throws {
    let ledger = try memoryLedger()
    let report = try await read(Sparse.path(Sparse.moves), into: ledger)
    #expect(report.format == .powerCLIMoves && report.imported == 8 && report.gaps.isEmpty)
    let answer = try ledger.read { try AffectedReport.report($0, scope: IncidentReader.Scope(), at: testNow) }
    #expect(answer.items.isEmpty)
    #expect(
      answer.document?["gaps"]?.arrayValue?.map { $0["code"] } == ["no-failure-events"]
        || "\(answer)".contains("no-failure-events"))
    #expect(
      try Answers(ledger).placements == [
        "DC0_C0_RP0_VM0": "DC0_C0_H3", "DC0_C0_RP0_VM4": "DC0_C0_H2", "DC0_C1_RP0_VM1": "DC0_C1_H0",
        "DC0_C1_RP0_VM3": "DC0_C1_H1", "DC0_C1_RP0_VM5": "DC0_C1_H2", "DC0_C1_RP0_VM7": "DC0_C1_H2",
        "DC0_C1_RP0_VM11": "DC0_C1_H0",
      ])
  }

  @Test func aMoveOfAListIsAMoveOfTheDisksWhereTheHostStays() async throws {
    let ledger = try memoryLedger()
    try await read(
      text: """
        VM,CreatedTime,Type,UserName,SrcVMHost,TgtVMHost,SrcDatastore,TgtDatastore
        db 1,2026-11-23 10:00:00,svMotion,alice,esx1,,ds1,ds2
        db 1,2026-11-23 11:00:00,vMotion,alice,esx1,esx2,ds2,
        """, into: ledger)
    let events = try ledger.counted().map(\.event)
    #expect(events.map(\.host?.name) == ["esx1", "esx2"] && events.map(\.otherHost?.name) == ["esx1", "esx1"])
    #expect(events.map(\.datastore?.name) == ["ds2", "ds2"] && events.map(\.otherDatastore?.name) == ["ds1", "ds2"])
    #expect(events.map(\.type) == [.migrationCompleted, .migrationCompleted])
  }

  @Test func aHostWithoutItsDomainIsTheOnlyOneOfThatName() async throws {
    let list = "CreatedTime,VM,SrcVMHost,TgtVMHost\n2026-11-23 11:00:00,db1,esx1,esx2\n"
    func hosts(_ known: [String]) async throws -> [String?] {
      let ledger = try memoryLedger()
      let rows = known.map { "2026-11-23 10:00:00,Host \($0) in DC is not responding\n" }.joined()
      try await read(text: "CreatedTime,FullFormattedMessage\n" + rows, into: ledger)
      try await read(text: list, into: ledger)
      return try ledger.counted().map(\.event).filter { $0.vm != nil }.flatMap { [$0.host?.name, $0.otherHost?.name] }
    }
    #expect(try await hosts(["esx1.a.org", "esx2.a.org"]) == ["esx2.a.org", "esx1.a.org"])
    #expect(try await hosts(["esx1.a.org", "esx1.b.org"]) == ["esx2", "esx1"], "one of two is a guess")
    #expect(try await hosts(["esx1", "esx1.b.org"]) == ["esx2", "esx1"])
  }
}
