import Foundation
import Inventory
import Ledger
import Reports
import TestSupport
import Testing

@testable import Importers

/// The story of `vcenter-a`, against its answers, whatever way it comes in.
@Suite struct SampleTests {
  private static let folder = Project.fixture("vcenter-a")
  private static let xml = Project.fixture("vcenter-a/govc-events.xml")
  private static let snapshotAt = Instant(rfc3339: "2026-11-23T11:30:00Z")
  private static let files = [
    "govc-events.xml", "govc-collect-vms.json", "govc-collect-hosts.json", "govc-collect-cluster.json", "govc-about.json",
  ]

  /// Compares the answer to "whom did it hit" with answers.json.
  private func check(_ answers: Answers) throws {
    let expected = try json("vcenter-a/answers.json")
    #expect(answers.incidents.count == 1)
    let incident = try #require(answers.incidents.first)
    #expect(incident.host == expected["failed_host"]?.stringValue)
    #expect(incident.cluster == expected["cluster"]?.stringValue)
    #expect(incident.vms.keys.sorted() == expected["affected"]?.arrayValue?.compactMap(\.stringValue).sorted())
    guard case .object(let restarted)? = expected["restarted"], case .object(let lost)? = expected["not_restarted"] else {
      Issue.record("answers.json has changed")
      return
    }
    for member in restarted {
      #expect(incident.vms[member.key]?.outcome == "restarted")
      #expect(incident.vms[member.key]?.to == member.value.stringValue)
    }
    for member in lost {
      let isDisabled = member.value.stringValue?.contains("disabled") == true
      #expect(incident.vms[member.key]?.outcome == (isDisabled ? "not_protected" : "failed"))
    }
  }

  @Test func theWholeFolder() async throws {
    let answers = try Answers(try await ledger(importing: [Self.folder], at: Self.snapshotAt))
    try check(answers)
    guard case .object(let placement)? = try json("vcenter-a/answers.json")["final_placement"] else {
      Issue.record("answers.json has no final_placement")
      return
    }
    for member in placement { #expect(answers.placements[member.key] == .some(member.value.stringValue)) }
    #expect(answers.placements.count == placement.count)
  }

  @Test func theEventsAlone() async throws {
    let ledger = try await ledger(importing: [Self.xml])
    let answers = try Answers(ledger)
    try check(answers)
    #expect(answers.placements.values.count { $0 != nil } == 12)
    #expect(answers.placements.values.count { $0 == nil } == 12)
    #expect(answers.incidents[0].unplaced.count == 7, "listed, never dropped")
    #expect(answers.incidents[0].gaps == ["no-inventory", "placement-unknown"])
    guard case .object(let placement)? = try json("vcenter-a/answers.json")["final_placement"] else {
      Issue.record("answers.json has no final_placement")
      return
    }
    for member in placement {
      if let known = answers.placements[member.key] ?? nil { #expect(known == member.value.stringValue) }
    }
  }

  @Test func theEventsTwiceAddNothing() async throws {
    let ledger = try await ledger(importing: [Self.xml])
    let head = try ledger.read { try $0.chainHead() }
    let again = try await add(Self.xml, to: ledger)
    #expect(again[0].imported == 0 && again[0].duplicates == 251 && again[0].records == 251)
    #expect(try ledger.read { try $0.chainHead() } == head)
    try check(try Answers(ledger))
  }

  @Test("An inventory equal to its neighbour in time adds its time, and no record")
  func equalInventories() async throws {
    let folder = try ScratchFolder()
    let vms = Project.fixture("vcenter-a/govc-collect-vms.json")
    let ledger = try await ledger(importing: [vms])
    try FileManager.default.copyItem(atPath: vms, toPath: folder.path("copy.json"))
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 5)], ofItemAtPath: folder.path("copy.json"))
    #expect(
      try await add(folder.path("copy.json"), to: ledger)[0].imported == 0, "the same content, copied, is the same inventory"
    )
    #expect(try await add(vms, to: ledger, at: Self.snapshotAt)[0].imported == 0)
    #expect(try await add(vms, to: ledger)[0].imported == 0, "nor without its time again")
    #expect(try await add(vms, to: ledger, at: Self.snapshotAt)[0].imported == 0)
  }

  @Test func theFilesOfOneExportAreOneInventory() async throws {
    let folder = try ScratchFolder()
    for (number, name) in Self.files.enumerated() {
      try FileManager.default.copyItem(atPath: Self.folder + "/" + name, toPath: folder.path(name))
      let date = Date(timeIntervalSince1970: 1_795_440_000 + Double(number))
      try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: folder.path(name))
    }
    let ledger = try memoryLedger()
    let reports = try await add(folder.url.path, to: ledger)
    let times = Set(reports.filter { $0.format != nil && $0.format != .govcEventsXML }.compactMap(\.lastEvent))
    #expect(times == [Instant(microseconds: 1_795_440_004_000_000)])
    try check(try Answers(ledger))
  }

  @Test func theFilesInAnyOrder() async throws {
    let seed: UInt64 = 42
    var random = SplitMix64(seed: seed)
    let expected = try Answers(try await ledger(importing: [Self.folder], at: Self.snapshotAt))
    for _ in 0..<8 {
      let order = Self.files.shuffled(using: &random)
      let ledger = try await ledger(importing: order.map { Self.folder + "/" + $0 }, at: Self.snapshotAt)
      #expect(try Answers(ledger) == expected, "seed \(seed), order \(order)")
      #expect(try ledger.read { try $0.check() }.problems == [], "order \(order)")
      #expect(try ledger.read { try $0.sourceNames() } == ["vcenter-1"], "order \(order)")
    }
  }

  @Test func atAnEarlierTimeNothingLaterIsKnown() async throws {
    let ledger = try await ledger(importing: [Self.xml])
    let before = try Answers(ledger, at: Instant(rfc3339: "2026-11-23T11:18:53.010Z"))
    #expect(before.incidents.isEmpty)
    // After the declaration, before the first word about any VM.
    let amid = try Answers(ledger, at: Instant(rfc3339: "2026-11-23T11:18:53.040Z"))
    #expect(amid.incidents.count == 1)
    #expect(amid.incidents[0].vms["DC0_C0_RP0_VM4"]?.outcome == "no_trace")
  }
}

/// The stories of Tests/Fixtures/stories, each with other failures in it.
@Suite struct StoryTests {
  @Test(arguments: Project.stories)
  func theAnswersAreRight(story: String) async throws {
    let expected = try json("stories/\(story)/answers.json")
    let snapshotAt = expected["snapshot_at"]?.stringValue.flatMap { Instant(rfc3339: $0) }
    let answers = try Answers(try await ledger(importing: [Project.fixture("stories/\(story)")], at: snapshotAt))
    let incidents = try #require(expected["incidents"]?.arrayValue)
    #expect(answers.incidents.count == incidents.count)
    for (found, right) in zip(answers.incidents, incidents) {
      #expect(found.host == right["host"]?.stringValue)
      #expect(found.cluster == right["cluster"]?.stringValue)
      #expect(found.trigger == right["trigger"]?.stringValue)
      #expect(found.failedAt == right["failed_at"]?.stringValue)
      #expect(found.declaredAt == right["declared_at"]?.stringValue)
      #expect(found.recoveredAt == right["host_recovered_at"]?.stringValue)
      guard case .object(let vms)? = right["vms"] else {
        Issue.record("answers.json has no vms")
        continue
      }
      #expect(found.vms.keys.sorted() == vms.map(\.key).sorted())
      for vm in vms { check(found.vms[vm.key], against: vm.value, name: vm.key) }
      for code in right["gap_codes"]?.arrayValue ?? [] { #expect(found.gaps.contains(code.stringValue ?? "")) }
      #expect(found.unplaced == right["placement_unknown"]?.arrayValue?.compactMap(\.stringValue).sorted())
    }
    guard case .object(let placement)? = expected["final_placement"] else {
      Issue.record("answers.json has no final_placement")
      return
    }
    for vm in placement { #expect((answers.placements[vm.key] ?? nil) == vm.value.stringValue, "\(vm.key)") }
  }

  private func check(_ found: Answers.VM?, against right: JSONValue, name: String) {
    #expect(found?.outcome == right["outcome"]?.stringValue, "\(name)")
    #expect(found?.to == right["to"]?.stringValue, "\(name)")
    if let attempts = right["attempts"]?.intValue { #expect(found?.attempts == attempts, "\(name)") }
    let downtime = found?.downtime.flatMap { Double($0) }
    if case .double(let seconds)? = right["downtime_s"] {
      #expect(abs((downtime ?? 0) - seconds) < 0.1, "\(name)")
    } else if right["downtime_s"] == .null {
      #expect(downtime == nil, "\(name)")
    }
  }
}

/// One incident asked for alone must be answered as it is among all.
@Suite struct NarrowingTests {
  @Test(arguments: Project.stories + [""])
  func aloneAndAmongAll(story: String) async throws {
    let folder = Project.fixture(story.isEmpty ? "vcenter-a" : "stories/\(story)")
    let ledger = try await ledger(importing: [folder], at: Instant(rfc3339: "2026-11-25T00:00:00Z"))
    try ledger.read { reader in
      let at = try reader.lastEvidence() ?? testNow
      let all = try AffectedReport.report(reader, scope: IncidentReader.Scope(), at: at)
      #expect(!all.items.isEmpty)
      for item in all.items {
        var scope = IncidentReader.Scope()
        scope.incident = item["id"]?.intValue
        #expect(try AffectedReport.report(reader, scope: scope, at: at).items == [item])
        var byHost = IncidentReader.Scope()
        let host = try reader.object(named: item["host_id"]?.stringValue ?? "", kind: .host, source: nil, at: at)
        byHost.hosts = [host.id]
        #expect(try AffectedReport.report(reader, scope: byHost, at: at).items.contains(item))
      }
    }
  }
}
