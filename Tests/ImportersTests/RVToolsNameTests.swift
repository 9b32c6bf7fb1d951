import Foundation
import Inventory
import Ledger
import TestSupport
import Testing

@testable import Importers

/// Which object a row is about: by ids where there are any, else by names, which several may bear.
@Suite struct RVToolsNameTests {
  private func imported(_ tables: KeyValuePairs<String, [String]>, into ledger: Ledger? = nil) async throws -> (
    Ledger, FileReport
  ) {
    let ledger = try ledger ?? memoryLedger()
    let folder = try ScratchFolder()
    let report = try await add(folder.write(WorkbookFile(tables: tables).data, to: "a.xlsx"), to: ledger)[0]
    return (ledger, report)
  }

  private func placements(_ ledger: Ledger) throws -> [String] {
    try ledger.read { reader in
      var found: [String] = []
      try reader.forEachPlacement(at: testNow) {
        found.append("\($0.vm.name) \($0.vm.foreignID ?? "-") \($0.host?.name ?? "-") \($0.cluster?.name ?? "-")")
      }
      return found.sorted()
    }
  }

  @Test func twoOfOneNameInOneDatacenterAreSetAside() async throws {
    let (ledger, report) = try await imported([
      "vInfo": ["VM|CPUs|Datacenter|Host", "web|1|D|h", "db|2|D|h", "", "web|4|D|h"],
      "vDisk": ["VM|Disk|Capacity MB", "web|Hard disk 1|10", "db|Hard disk 1|20"],
      "vSnapshot": ["VM", "db"],
    ])
    #expect(report.records == 2 && report.skipped.map(\.line) == [5, 2])
    #expect(report.skipped[0].reason.contains("row 5: \"web\" of datacenter \"D\" stands in row 2 already"))
    #expect(report.skipped[1].reason.contains("several VMs \"web\""))
    let vms = try ledger.read { try $0.snapshot(at: testNow).vms }
    #expect(vms.map(\.vcpus) == [1, 2] && vms.map(\.disks.count) == [0, 1] && vms.map(\.snapshots) == [0, 1])
    try ledger.read { reader in
      var disks: [String?] = []
      try reader.forEachPlacement(at: testNow) { disks.append(try reader.settings(of: $0.vm.id, at: testNow)["disks"]) }
      #expect(disks.count { $0 != nil } == 1, "whose the disk of web is, nobody can tell")
    }
  }

  @Test("two of one name in one datacenter are told apart by VM UUID where the list has no ids")
  func instanceUUIDTellsThemApart() async throws {
    let (ledger, report) = try await imported([
      "vInfo": [
        "VM|CPUs|Datacenter|Host|VM UUID", "web|1|D|h|50-a", "db|2|D|h|50-b", "web|4|D|i|50-c", "db|8|D|h|50-b",
      ],
      "vDisk": ["VM|Disk|Capacity MB|VM UUID", "web|Hard disk 1|10|50-c", "web|Hard disk 1|20|50-a", "web|Hard disk 1|30|"],
    ])
    #expect(report.records == 3 && report.skippedCount == 2)
    #expect(report.skipped[0].reason.contains("row 5: \"db\" of datacenter \"D\" stands in row 3 already"))
    #expect(try placements(ledger) == ["db - h -", "web 50-a h -", "web 50-c i -"])
  }

  @Test func aRowThatWasSetAsideGivesItsNameToNoOther() async throws {
    let (ledger, report) = try await imported([
      "vInfo": ["VM|VM ID|Host", "web|vm-1|h", "old|vm-1|h", "db|vm-2|h"],
      "vDisk": ["VM|Disk|Capacity MB|VM ID", "old|Hard disk 1|10|", "db|Hard disk 1|20|"],
    ])
    #expect(report.records == 2 && report.skippedCount == 2)
    let vms = try ledger.read { try $0.snapshot(at: testNow).vms }
    #expect(vms.map(\.disks.count).sorted() == [0, 1])
  }

  @Test func twoOfOneNameInTwoDatacentersAreTwo() async throws {
    let (ledger, report) = try await imported([
      "vInfo": ["VM|CPUs|Datacenter|Cluster|Host", "web|1|D1|C|h", "web|2|D2|C|h", "db|3|D2|C|i"],
      "vHost": ["Host|Datacenter|Cluster|# Cores|Speed", "h|D1|C|8|1000", "h|D2|C|16|1000", "i|D2|C|4|1000"],
      "vDisk": ["VM|Datacenter|Disk|Capacity MB", "web|D2|Hard disk 1|10", "web|D1|Hard disk 1|20"],
      "vCluster": ["Name|HA enabled", "C|True", "E|True"],
    ])
    #expect(report.records == 3 + 3 + 1 && report.skippedCount == 1)
    #expect(report.skipped[0].reason.contains("clusters of several datacenters are named \"C\""))
    #expect(try placements(ledger) == ["db - i C", "web D1/web h C", "web D2/web h C"])
    let found = try ledger.read { try $0.snapshot(at: testNow) }
    #expect(found.hosts.map(\.name).sorted() == ["h (D1/h)", "h (D2/h)", "i"])
    #expect(found.clusters.map(\.name).sorted() == ["C (D1/C)", "C (D2/C)", "E"])
    #expect(found.vms.first { $0.name == "web (D2/web)" }?.disks.map(\.sizeMiB) == [10])
    #expect(found.vms.first { $0.name == "web (D2/web)" }?.host == "h (D2/h)")
    try await ledger.rebuild()
    #expect(try ledger.read { try $0.snapshot(at: testNow) } == found)
  }

  @Test func idsTellThemApart() async throws {
    let (ledger, report) = try await imported([
      "vInfo": ["VM|Datacenter|Host|Cluster|VM ID", "web|D|h|C|vm-1", "web|D|h|C|vm-2", "db|D|h|C|vm-1"],
      "vDisk": ["VM|Disk|Capacity MB|VM ID", "renamed|Hard disk 1|10|vm-2", "web|Hard disk 1|20|vm-9"],
      "vHost": ["Host|Cluster|Object ID", "h|C|host-7"], "vCluster": ["Name|Object ID", "C|domain-c3"],
    ])
    #expect(report.records == 2 + 1 + 1 && report.skippedCount == 2)
    #expect(report.skipped[0].reason.contains("row 4: vm-1 (\"db\") stands in row 2 already"))
    #expect(report.skipped[1].reason.contains("vInfo has no VM vm-9"))
    #expect(try placements(ledger) == ["web vm-1 h C", "web vm-2 h C"])
    try ledger.read { reader in
      #expect(try reader.hosts(at: testNow).map(\.host.foreignID) == ["host-7"])
      #expect(try reader.clusters(at: testNow).map(\.cluster.foreignID) == ["domain-c3"])
      let vms = try reader.snapshot(at: testNow).vms
      #expect(vms.map(\.disks.count) == [0, 1])
    }
  }

  /// What an old version exports without ids is what another inventory knows with them.
  @Test func namesJoinWhatHasIdsElsewhere() async throws {
    let ledger = try memoryLedger()
    let folder = try ScratchFolder()
    let vm = #"{"obj":{"type":"VirtualMachine","value":"vm-1"},"changeSet":[{"name":"name","val":"web"}]}"#
    try await add(folder.write(vm, to: "vms.json"), to: ledger, at: Instant(rfc3339: "2026-08-01T00:00:00Z"))
    let (_, report) = try await imported(["vInfo": ["VM|Host|CPUs", "web|h|2"]], into: ledger)
    #expect(report.records == 1)
    #expect(try placements(ledger) == ["web vm-1 h -"])
  }

  @Test func columnsOfOnesOwnDoNotHideTheirNamesakes() async throws {
    let (ledger, _) = try await imported(["vInfo": ["VM|Cluster|Host|Annotation|Cluster|Host", "a|SQL01|x|y|C|h"]])
    #expect(try placements(ledger) == ["a - h C"])
  }

  @Test func theVCenterIsKnownByItsID() async throws {
    let ledger = try memoryLedger()
    for (number, uuid) in ["AAAA-1", "bbbb-2", "aaaa-1"].enumerated() {
      let (_, report) = try await imported(
        ["vInfo": ["VM|VI SDK UUID", "a\(number)|\(uuid)"]], into: ledger)
      #expect(report.records == 2)
    }
    let sources = try ledger.read { try $0.sourceNames() }
    #expect(sources.count == 3, "ids are compared as they are: \(sources)")
  }

  /// Tools put the exports of several vCenters into one workbook.
  @Test func rowsOfSeveralVCentersAreSeveralInventories() async throws {
    let ledger = try memoryLedger()
    _ = try await imported(
      [
        "vInfo": ["VM|VM ID|VI SDK UUID|Host", "a|vm-1|1|h1", "b|vm-1|2|h2"],
        "vHost": ["Host|Object ID|VI SDK UUID", "h1|host-1|1", "h2|host-1|2"],
      ], into: ledger)
    let found = try ledger.read { reader in
      var found: [String: [String]] = [:]
      try reader.forEachPlacement(at: testNow) { found[$0.vm.source, default: []].append($0.vm.name) }
      return found
    }
    #expect(found == ["vcenter-1": ["a"], "vcenter-2": ["b"]])
  }

  @Test func rowsThatDoNotSayWhoseTheyAreAreRefused() async throws {
    let error = await #expect(throws: YadokariError.self) {
      _ = try await imported(["vInfo": ["VM|VI SDK UUID", "a|1", "b|2", "c|"]])
    }
    let words = "2 vCenters, and some do not say whose they are, the first in sheet vInfo, row 4"
    #expect(error?.message.contains(words) == true)
  }
}
