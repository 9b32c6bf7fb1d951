import Foundation
import Inventory
import Ledger
import TestSupport
import Testing

@testable import Importers

/// When an export was taken.
@Suite struct RVToolsTimeTests {
  private func time(
    _ meta: String?, created: String? = "2026-09-01T10:00:00Z", at: String? = nil, zone: String? = nil
  ) async throws -> (at: String?, gaps: [String]) {
    let folder = try ScratchFolder()
    var workbook = WorkbookFile(tables: ["vInfo": ["VM", "a"]])
    if let meta {
      workbook.sheets.append(
        (
          "vMetaData",
          WorkbookFile.rows(["RVTools major version|RVTools version|xlsx creation datetime|Server", "4|4.6.1|\(meta)|vc"])
        ))
    }
    workbook.created = created
    let path = try folder.write(workbook.data, to: "a.xlsx")
    let date = Date(timeIntervalSince1970: 1_780_000_000)
    try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path)
    var options = ImportOptions(at: at.flatMap { Instant(rfc3339: $0) })
    options.zone = zone
    let report = try await Importer(into: try memoryLedger(), options: options, now: testNow).run(paths: [path])[0]
    if let error = report.error { throw error }
    return (report.firstEvent?.description, report.gaps.map(\.code))
  }

  @Test(
    arguments: [
      ("2026-08-31T08:00:00Z", nil, nil, "2026-08-31T08:00:00"),
      ("2026-08-31T08:00:00Z", "2026-08-01T00:00:00Z", nil, "2026-08-01T00:00:00"),
      ("2026-08-31 08:00:00", nil, "Europe/Berlin", "2026-08-31T06:00:00"),
      ("8/31/2026 8:00:00 AM", nil, "UTC", "2026-08-31T08:00:00"),
      ("31.08.2026 08:00:00", nil, "UTC", "2026-08-31T08:00:00"),
      // A day of Excel.
      ("46265.5", nil, "+02:00", "2026-08-31T10:00:00"),
      // Without a zone the properties, which are in UTC, are certain.
      ("2026-08-31 08:00:00", nil, nil, "2026-09-01T10:00:00"), ("soon", nil, "UTC", "2026-09-01T10:00:00"),
      (nil, nil, nil, "2026-09-01T10:00:00"),
    ] as [(String?, String?, String?, String)])
  func theExportSaysIt(meta: String?, given: String?, zone: String?, wanted: String) async throws {
    let (at, gaps) = try await time(meta, at: given, zone: zone)
    #expect(at == "\(wanted).000000Z" && gaps.isEmpty)
  }

  @Test(arguments: [nil, "once upon a time", "9999999-01-01"] as [String?]) func elseItIsTheDateOfTheFile(created: String?)
    async throws
  {
    let (at, gaps) = try await time(nil, created: created)
    #expect(at == "2026-05-28T20:26:40.000000Z" && gaps == ["snapshot-time-from-file-date"])
  }

  @Test func aTimeWithoutAZoneIsSaid() async throws {
    let (at, gaps) = try await time("2026-08-31 08:00:00", created: nil)
    #expect(at == "2026-05-28T20:26:40.000000Z" && gaps == ["zone-unknown", "snapshot-time-from-file-date"])
  }

  @Test func aDateThatCanBeReadInTwoWaysIsAskedFor() async throws {
    await #expect(throws: YadokariError.self) { _ = try await time("8/7/2026 8:00:00 AM", zone: "UTC") }
    await #expect(throws: YadokariError.self) { _ = try await time("2026-08-31 08:00:00", zone: "Mars/Olympus") }
  }
}
