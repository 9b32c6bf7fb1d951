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
    #expect(report.answer.contains { $0.contains("no-failure-events") })
  }
}
