import Foundation
import Inventory
import TestSupport
import Testing

@testable import Ledger
@testable import Reports

/// Replays of ledgers that hold events of our own engine.
@Suite struct ReplayReportTests {
  private static func event(
    _ type: EventType, at seconds: Double, host: String, other: String? = nil, vm: String = "db1", detail: JSONValue? = nil
  ) -> Event {
    var event = Event(occurredAt: testNow.adding(seconds: seconds), type: type)
    event.vm = ObjectReference(kind: .vm, foreignID: "", name: vm)
    event.host = ObjectReference(kind: .host, foreignID: "", name: host)
    event.otherHost = other.map { ObjectReference(kind: .host, foreignID: "", name: $0) }
    event.detail = detail
    return event
  }

  private func ledger(_ events: [Event], request: Int) async throws -> Ledger {
    let ledger = try memoryLedger()
    try await ledger.write(at: testNow) { transaction in
      let source = try transaction.source(named: "lab", instanceUUID: nil)
      let number = transaction.nextSeq + Int64(request)
      for (index, event) in events.enumerated() {
        var event = event
        if index >= request { event.migration = number }
        _ = try transaction.append(event, source: source)
      }
    }
    return ledger
  }

  private func document(_ ledger: Ledger, since: Double? = nil, until: Double = 1000) throws -> JSONValue {
    try ledger.read { reader in
      var scope = ReplayScope()
      if let since { scope.since = testNow.adding(seconds: since) }
      let report = try ReplayReport.report(reader, scope: scope, at: testNow.adding(seconds: until), for: .json)
      return try #require(report.document)
    }
  }

  private static let live = [
    event(.vmRegistered, at: 0, host: "esx01"), event(.vmPoweredOn, at: 1, host: "esx01"),
    event(.migrationRequested, at: 10, host: "esx01", other: "esx02", detail: ["kind": "live", "trigger": "user"]),
    event(.migrationStarted, at: 11, host: "esx01", other: "esx02", detail: ["kind": "live"]),
    event(
      .migrationPhase, at: 20, host: "esx01", other: "esx02",
      detail: ["phase": "precopy", "pass": 1, "bytes": 4_294_967_296]),
    event(.migrationPhase, at: 21, host: "esx01", other: "esx02", detail: ["phase": "commit"]),
    event(
      .migrationCompleted, at: 22, host: "esx02", other: "esx01",
      detail: ["kind": "live", "passes": 1, "bytes": 4_294_967_296, "duration_s": .double(11), "downtime_ms": 210]),
  ]

  @Test func ourOwnMoveIsAStepWithItsPasses() async throws {
    let document = try document(await ledger(Self.live, request: 2))
    #expect(document["start"] == ["db1": "esx01"] && document["end"] == ["db1": "esx02"])
    let step = try #require(document["steps"]?.arrayValue?.first)
    #expect(document["steps"]?.arrayValue?.count == 1)
    #expect(step["seq"] == 3 && step["kind"] == "live" && step["from"] == "esx01" && step["to"] == "esx02")
    #expect(step["result"] == "completed" && step["duration_s"] == .double(11) && step["downtime_ms"] == .double(210))
    #expect(step["phases"]?.arrayValue?.count == 1 && step["phases"]?.arrayValue?.first?["bytes"] == 4_294_967_296)
    #expect(step["checkpoints"]?.arrayValue?.first?["phase"] == "commit")
    #expect(document["difference"]?.arrayValue?.first?["to"] == "esx02")
  }

  @Test func atATimeBetweenItRuns() async throws {
    let document = try document(await ledger(Self.live, request: 2), until: 20.5)
    let step = try #require(document["steps"]?.arrayValue?.first)
    #expect(step["result"] == "running" && step["ended_at"] == .null && step["duration_s"] == .null)
    #expect(document["end"] == ["db1": "esx01"])
  }

  @Test func whatBeganBeforeTheTimeAndEndedWithinBelongsToIt() async throws {
    let ledger = try await ledger(Self.live, request: 2)
    let document = try document(ledger, since: 15)
    #expect(document["steps"]?.arrayValue?.first?["seq"] == 3 && document["start"] == ["db1": "esx01"])
    #expect(try self.document(ledger, since: 23)["steps"] == [])
    // Nor is what ended last within a time that begins behind all evidence.
    #expect(try self.document(ledger, since: 23, until: 22)["steps"] == [])
  }

  @Test func aRefusedRequestIsNoStep() async throws {
    let refused =
      Self.live.prefix(3) + [Self.event(.migrationRefused, at: 10, host: "esx01", other: "esx02", detail: ["kind": "live"])]
    #expect(try document(await ledger(Array(refused), request: 2))["steps"] == [])
  }

  @Test func aPageWithItsScriptIsWellFormed() async throws {
    let script = try #require(MovePlayer.script.firstMatch(of: /<script>(?<body>[\s\S]*)<\/script>/)).output.body
    #expect(!script.contains("<") && !script.contains("&") && script.count > 500)
    let ledger = try await ledger(Self.live, request: 2)
    let page = try ledger.read { reader in
      var text = ""
      let report = try ReplayReport.report(reader, scope: ReplayScope(), at: testNow.adding(seconds: 99), for: .html)
      try Renderer(.html, zone: DisplayZone(name: "UTC"), program: "yadokari test") { text += $0 }.render(report)
      return text
    }
    #expect(page.contains("data-place=\"esx02\"") && page.contains("data-name=\"db1\""))
    #expect(page.components(separatedBy: "<rect class=\"place-").count - 1 == 2 + 2, "two stays, and the legend")
  }

  @Test func namesThatSeveralVMsBearAreToldApart() {
    func vm(_ id: Int64, _ name: String, _ foreignID: String?, _ source: String = "a") -> ObjectSummary {
      ObjectSummary(id: ObjectID(rawValue: id), kind: .vm, name: name, foreignID: foreignID, source: source)
    }
    let labels = ReplayNames.labels([
      vm(1, "db", "vm-1"), vm(2, "db", "vm-2"), vm(3, "db", "vm-2", "b"), vm(4, "web", nil),
    ])
    #expect(labels.values.sorted() == ["db (vm-1)", "db (vm-2, a)", "db (vm-2, b)", "web"])
  }
}
