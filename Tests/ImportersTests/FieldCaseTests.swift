import Foundation
import Ledger
import TestSupport
import Testing

@testable import Importers

/// Small exports made after public cases, from the file to the answer.
@Suite struct FieldCaseTests {
  private func answers(_ path: String) async throws -> Answers {
    let ledger = try memoryLedger()
    let report = try await read(Project.fixture("field/\(path)"), into: ledger)
    #expect(report.error == nil && !report.gaps.contains { $0.code == "texts-unread" })
    #expect(try ledger.problems() == [])
    return try Answers(ledger)
  }

  @Test(arguments: [("events.csv", "20:17:28", 84.0), ("events-no-states.csv", "20:17:29", 83)])
  func textsOfVersions65To8(file: String, failedAt: String, down: Double) async throws {
    let answers = try await answers("A1-ha-texts-of-6.5-to-8/\(file)")
    let incident = try #require(answers.incidents.first)
    #expect(answers.incidents.count == 1 && incident.host == "10.20.30.41" && incident.cluster == "cls")
    #expect(incident.trigger == "host_failed" && incident.failedAt == "2026-11-24T\(failedAt).000000Z")
    #expect(incident.declaredAt == "2026-11-24T20:17:29.000000Z")
    #expect(incident.vms.mapValues(\.outcome) == ["box-a": "restarted", "box-b": "no_trace", "box-d": "restarted"])
    #expect(incident.vms["box-a"]?.to == "10.20.30.42" && incident.vms["box-d"]?.to == "10.20.30.43")
    #expect(incident.vms["box-a"]?.downtime.flatMap(Double.init) == down)
  }

  @Test(arguments: [
    ("with-lost.csv", "13:42:07.000000", 103.0), ("no-lost.csv", "13:42:31.000000", 79),
    ("events-l.json", "13:42:31.800000", 78.6), ("events.xml", "13:42:31.800000", 78.6),
  ])
  func aPossibleHostFailure(file: String, failedAt: String, down: Double) async throws {
    let answers = try await answers("C1-possible-failure-text/\(file)")
    let incident = try #require(answers.incidents.first)
    #expect(answers.incidents.count == 1 && incident.host == "kv02" && incident.cluster == "N-Prod")
    #expect(incident.trigger == "host_failed" && incident.failedAt == "2026-05-21T\(failedAt)Z")
    #expect(incident.vms.mapValues(\.outcome) == ["crm": "restarted", "wiki": "no_trace"])
    #expect(incident.vms["crm"]?.from == "kv02" && incident.vms["crm"]?.to == "kv03")
    #expect(incident.vms["crm"]?.downtime.flatMap(Double.init) == down)
  }
}
