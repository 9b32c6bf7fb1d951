import Foundation
import Ledger
import Reports
import TestSupport
import Testing

@testable import Importers

/// A list whose texts are in another language shows no failure, and must not look like good news.
@Suite struct UnreadTextTests {
  @Test func textsThatNobodyReadsAreAGap() async throws {
    let folder = try ScratchFolder()
    let path = try folder.write(
      "\"CreatedTime\",\"UserName\",\"FullFormattedMessage\"\n\"11/23/2026 11:18:52 AM\",\"\",\"Host esx01 ist ausgefallen\"\n",
      to: "de.csv")
    let ledger = try Ledger.inMemory(name: UUID().uuidString, now: testNow)
    var options = ImportOptions(source: "a")
    options.zone = "UTC"
    _ = try await Importer(into: ledger, options: options, now: testNow).run(paths: [path])
    let report = try ledger.read { try AffectedReport.report($0, scope: IncidentReader.Scope(), at: testNow) }
    #expect(report.items.isEmpty)
    #expect(report.answer.contains { $0.contains("texts-unread") })
  }

  /// Of a list that was translated by hand some texts may still be read: names of objects are no sign that all are.
  @Test func someTextsThatAreReadDoNotHideTheOthers() async throws {
    let rows =
      ["vm1 on esx01 in DC is powered on", "Host esx01 ist ausgefallen", "Migration von vm1 abgeschlossen"].enumerated()
      .map { "11/23/2026 11:18:5\($0),\"\($1)\"\n" }
    let ledger = try memoryLedger()
    let report = try await read(text: "CreatedTime,Message\n" + rows.joined(), into: ledger, zone: "UTC")
    #expect(report.gaps.filter { $0.code == "texts-unread" }.map { String($0.text.prefix(12)) } == ["2 of 3 texts"])
    let answer = try ledger.read { try AffectedReport.report($0, scope: IncidentReader.Scope(), at: testNow).answer }
    #expect(answer.contains { $0.hasPrefix("! texts-unread: import ") })
  }
}
