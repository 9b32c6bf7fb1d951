import Foundation
import Inventory
import Ledger
import TestSupport
import Testing

@testable import Importers

@Suite struct DirtyFileTests {
  private func sample() throws -> String {
    try String(contentsOfFile: Project.fixture("vcenter-a/govc-events.xml"), encoding: .utf8)
  }

  private func run(_ path: String, into ledger: Ledger) async throws -> FileReport {
    try await Importer(into: ledger, options: ImportOptions(), now: testNow).run(paths: [path])[0]
  }

  @Test func aTruncatedFileLosesItsLastRecordOnly() async throws {
    let folder = try ScratchFolder()
    let text = try sample()
    var random = SplitMix64(seed: 7)
    for _ in 0..<12 {
      let cut = String(text.utf8.prefix(Int.random(in: 2000..<text.utf8.count - 10, using: &random))) ?? ""
      let ledger = try memoryLedger()
      let report = try await run(folder.write(cut, to: "cut.xml"), into: ledger)
      #expect(report.error == nil)
      // Documents end at the left margin: those that are complete were read, at most one was cut.
      let complete = cut.components(separatedBy: "\n</").count - 1
      let isCutInsideAnEndTag = !cut.hasSuffix(">\n") && cut.components(separatedBy: "\n").last?.hasPrefix("</") == true
      #expect(report.records == complete - (isCutInsideAnEndTag ? 1 : 0), "\(cut.suffix(40))")
      #expect(report.skippedCount <= 1)
      #expect(try ledger.read { try $0.check() }.problems == [])
    }
  }

  @Test func aBrokenRecordIsSetAsideWithItsLine() async throws {
    let folder = try ScratchFolder()
    let broken = try sample().replacing("<key>100</key>", with: "<key>100</ke>", maxReplacements: 1)
    let report = try await run(folder.write(broken, to: "broken.xml"), into: try memoryLedger())
    #expect(report.records == 250 && report.imported == 250 && report.skippedCount == 1)
    let line = broken.components(separatedBy: "<key>100</ke>")[0].components(separatedBy: "\n").count - 1
    #expect(report.skipped.map(\.line) == [line])
  }

  @Test func recordsWithoutTimeOrKeyAreSetAside() async throws {
    let folder = try ScratchFolder()
    let good = "<VmPoweredOnEvent><key>1</key><createdTime>2026-11-23T11:18:51Z</createdTime></VmPoweredOnEvent>"
    let text = good + "\n<A><key>2</key></A>\n<B><createdTime>2026-11-23T11:18:51Z</createdTime></B>\n"
    let report = try await run(folder.write(text, to: "a.xml"), into: try memoryLedger())
    #expect(report.records == 1 && report.skipped.map(\.line) == [2, 3])
  }

  @Test func aFileWithoutOneGoodRecordLeavesNothing() async throws {
    let folder = try ScratchFolder()
    let text = "<A><key>2</key><createdTime>never</createdTime></A>\n"
    let ledger = try memoryLedger()
    let report = try await run(folder.write(text, to: "a.xml"), into: ledger)
    #expect(report.error?.code == .failed)
    #expect(report.error?.message.contains("line 1") == true)
    #expect(try ledger.read { try $0.chainHead() }.seq == 0)
    #expect(try ledger.read { try $0.sourceNames() } == [])
  }

  @Test(arguments: ["", "   \n", "hello", "{\"a\":1}", "[]", "<html><body/></html>", "\u{0}\u{1}\u{2}"])
  func whatIsNoExportIsRefusedByName(text: String) async throws {
    let folder = try ScratchFolder()
    let report = try await run(folder.write(text, to: "x"), into: try memoryLedger())
    #expect(report.format == nil)
    #expect(report.error?.code == .failed)
    // Found in a folder it is only listed.
    let listed = try await run(folder.url.path, into: try memoryLedger())
    #expect(listed.format == nil && listed.error == nil)
  }

  @Test func entitiesAreNotExpanded() async throws {
    let folder = try ScratchFolder()
    let bomb =
      "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>\n<A><key>1</key><createdTime>2026-11-23T11:18:51Z</createdTime><m>&b;</m></A>"
    #expect(try await run(folder.write(bomb, to: "bomb.xml"), into: try memoryLedger()).error?.code == .failed)
  }

  @Test func aBurstIsAGapInTheEvidence() async throws {
    let ledger = try memoryLedger()
    let reports = try await add(Project.fixture("stories/old-forms/govc-events.xml"), to: ledger)
    #expect(reports[0].gaps.map(\.code) == ["burst-compressed"])
    #expect(try ledger.read { try $0.evidenceGaps() }.map(\.code) == ["burst-compressed"])
  }

  @Test func importsWhoseKeysDoNotMeetLeaveAGap() async throws {
    let folder = try ScratchFolder()
    func record(_ key: Int) -> String {
      "<VmPoweredOnEvent><key>\(key)</key><createdTime>2026-11-23T11:00:\(10 + key)Z</createdTime></VmPoweredOnEvent>\n"
    }
    let ledger = try memoryLedger()
    try await add(folder.write((1...5).map(record).joined(), to: "a.xml"), to: ledger)
    try await add(folder.write((6...8).map(record).joined(), to: "b.xml"), to: ledger)
    #expect(try ledger.read { try $0.evidenceGaps() }.isEmpty, "the keys meet")
    try await add(folder.write((20...22).map(record).joined(), to: "c.xml"), to: ledger)
    let gaps = try ledger.read { try $0.evidenceGaps() }
    #expect(gaps.map(\.code) == ["time-between-imports"])
    #expect(gaps[0].from == Instant(rfc3339: "2026-11-23T11:00:18Z"))
    #expect(gaps[0].to == Instant(rfc3339: "2026-11-23T11:00:30Z"))
    try await add(folder.write((9...19).map(record).joined(), to: "d.xml"), to: ledger)
    #expect(try ledger.read { try $0.evidenceGaps() }.isEmpty, "what was missing came later")
  }
}
