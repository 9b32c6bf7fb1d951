import Foundation
import Inventory
import Ledger
import TestSupport
import Testing

@testable import Importers

/// The time in the names of files and folders.
@Suite struct NamedTimeTests {
  @Test(
    "A name has a time where date and time stand together",
    arguments: [
      ("RVTools_export_all_2026-09-01_06.00.00", "2026-09-01T06:00:00"),
      ("RVTools_ExportvInfo2csv_2026-09-01_06.00.07.csv", "2026-09-01T06:00:07"),
      ("vms-20260901T060000Z.json", "2026-09-01T06:00:00"), ("vms_20260901_060000.json.gz", "2026-09-01T06:00:00"),
      ("2026-09-01T06:00:00.123Z", "2026-09-01T06:00:00"), ("2026-09-01T08-00-00+02:00.json", "2026-09-01T06:00:00"),
      ("2026-09-01T08:00:00+0200", "2026-09-01T06:00:00"), ("dump 2026-09-01 0600", "2026-09-01T06:00:00"),
      ("2026-09-01_06.00.00_of_2026-09-01_06.00.00", "2026-09-01T06:00:00"),
      ("vms.json", nil), ("vms-2026-09-01.json", nil), ("vms-2026-13-01_06.00.00", nil), ("2026-02-30T06:00:00Z", nil),
      ("2026-09-01_06.00.00_2026-09-02_06.00.00", nil), ("120260901_060000", nil), ("20260901_0600001", nil),
      ("2026-0901_060000", nil),
    ] as [(String, String?)])
  func namesHaveTimes(name: String, wanted: String?) throws {
    let found = try NamedTime(name)?.instant(inZone: "UTC")
    #expect(found == wanted.flatMap { Instant(rfc3339: $0 + "Z") }, "\(name): \(found?.description ?? "no time")")
  }

  @Test("Without a zone in the name or from a person there is no moment")
  func theZoneIsNotGuessed() throws {
    let time = try #require(NamedTime("a-2026-09-01_06.00.00"))
    #expect(try time.instant(inZone: nil) == nil && time.text == "2026-09-01_06.00.00")
    #expect(try time.instant(inZone: "Europe/Berlin") == Instant(rfc3339: "2026-09-01T04:00:00Z"))
    #expect(throws: YadokariError.self) { try time.instant(inZone: "Mars/Olympus") }
  }

  private func firstEvent(
    _ name: String, zone: String? = nil, at: String? = nil
  ) async throws -> (at: String?, gaps: [String]) {
    let folder = try ScratchFolder()
    let path = try folder.write(
      #"{"virtualMachines": [{"self": {"type": "VirtualMachine", "value": "vm-1"}, "name": "a"}]}"#, to: name)
    let date = Date(timeIntervalSince1970: 1_780_000_000)
    try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path)
    var options = ImportOptions(at: at.flatMap { Instant(rfc3339: $0) })
    options.zone = zone
    let report = try await Importer(into: try memoryLedger(), options: options, now: testNow).run(paths: [path])[0]
    if let error = report.error { throw error }
    return (report.firstEvent?.description, report.gaps.map(\.code))
  }

  @Test("An inventory is of the time in its name, else in its folder's name, else of its file's date")
  func inventoriesAreDatedByName() async throws {
    #expect(try await firstEvent("a-20260901T060000Z.json") == ("2026-09-01T06:00:00.000000Z", []))
    #expect(try await firstEvent("2026-09-01T06:00:00Z/vms.json") == ("2026-09-01T06:00:00.000000Z", []))
    #expect(
      try await firstEvent("2026-09-01_06.00.00/vms.json", zone: "+02:00") == ("2026-09-01T04:00:00.000000Z", []))
    #expect(
      try await firstEvent("2026-09-01_06.00.00/b-20260902T060000Z.json") == ("2026-09-02T06:00:00.000000Z", []))
    #expect(
      try await firstEvent("a-20260901T060000Z.json", at: "2026-08-01T00:00:00Z") == ("2026-08-01T00:00:00.000000Z", []))
    let unplaced = try await firstEvent("a-2026-09-01_06.00.00.json")
    #expect(unplaced == ("2026-05-28T20:26:40.000000Z", ["zone-unknown", "snapshot-time-from-file-date"]))
  }

  @Test("Equal inventories whose names have different times are two sightings")
  func equalContentsAreTwoSightings() async throws {
    let folder = try ScratchFolder()
    let ledger = try memoryLedger()
    for (day, host) in [("01", "host-1"), ("02", "host-2"), ("03", "host-1")] {
      let path = try folder.write(
        """
        {"virtualMachines": [{"self": {"type": "VirtualMachine", "value": "vm-1"}, "name": "a",
          "runtime": {"host": {"type": "HostSystem", "value": "\(host)"}}}]}
        """, to: "2026-09-\(day)T06:00:00Z/vms.json")
      _ = try await Importer(into: ledger, options: ImportOptions(), now: testNow).run(paths: [path])
    }
    for (day, host) in [("01", "host-1"), ("02", "host-2"), ("03", "host-1")] {
      let at = try #require(Instant(rfc3339: "2026-09-\(day)T06:00:00Z"))
      var hosts: [String] = []
      try ledger.read { try $0.forEachPlacement(at: at) { hosts.append($0.host?.foreignID ?? "") } }
      #expect(hosts == [host], "at \(at)")
    }
  }
}
