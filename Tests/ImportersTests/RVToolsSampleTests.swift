import Foundation
import Inventory
import Ledger
import TestSupport
import Testing

@testable import Importers

/// Exports that RVTools wrote, as they came. All figures here were counted outside of this project, with openpyxl: rows
/// whose first cell is neither empty nor blank.
@Suite struct RVToolsSampleTests {
  private func imported(_ name: String) async throws -> (Ledger, FileReport) {
    let ledger = try memoryLedger()
    let report = try await add(Project.fixture("rvtools/\(name).xlsx"), to: ledger)[0]
    return (ledger, report)
  }

  /// 3,503 rows of which 805 are filled; vHost has 34 hosts, of which vInfo names 6, and 32 that vHost does not have.
  @Test func aLargeWorkbookIsWhole() async throws {
    let (ledger, report) = try await imported("four-clusters")
    #expect(report.records == 805 + 34 && report.imported == 839 && report.skippedCount == 0)
    #expect(report.gaps.isEmpty && report.otherTabs.isEmpty && report.format == .rvtoolsWorkbook)
    let at = try #require(Instant(rfc3339: "2018-06-12T22:34:29Z"))
    #expect(report.firstEvent == at && report.lastEvent == at)
    for round in 0..<2 {
      let cluster = try ledger.read { try $0.snapshot(at: at) }
      #expect(cluster.vms.count == 805 && !cluster.isComplete)
      #expect(cluster.vms.count { $0.power == .on } == 763 && cluster.vms.count { $0.power == .off } == 42)
      #expect(cluster.vms.count { $0.isTemplate } == 10)
      #expect(cluster.vms.reduce(0) { $0 + $1.vcpus } == 2741)
      #expect(cluster.vms.reduce(0) { $0 + $1.memoryMiB } == 10_774_868)
      let known = cluster.hosts.filter { $0.cores > 0 }
      #expect(known.count == 34 && cluster.hosts.count == 34)
      #expect(known.reduce(0) { $0 + $1.cores } == 528 && known.reduce(0) { $0 + $1.memoryMiB } == 15_006_368)
      // Hosts that only VMs name are no capacity; their VMs keep their cluster.
      let clusters = Dictionary(uniqueKeysWithValues: cluster.hosts.map { ($0.name, $0.cluster) })
      let members = Dictionary(grouping: cluster.vms) { clusters[$0.host] ?? $0.cluster ?? "" }
      #expect(members.mapValues(\.count) == ["Cluster1": 47, "Cluster2": 695, "DMZ": 41, "Mgmt": 22])
      if round == 0 { try await ledger.rebuild() }
    }
    #expect(try ledger.read { try $0.check().problems }.isEmpty)
    #expect(try ledger.read { try $0.snapshot(at: at.justBefore) } == ClusterSnapshot())
  }

  @Test func valuesAreThoseOfTheSheets() async throws {
    let (ledger, _) = try await imported("four-clusters")
    try ledger.read { reader in
      let host = try #require(try reader.hosts(at: testNow).first { $0.host.name == "vmsp-01" })
      #expect(host.cluster?.name == "Cluster1")
      let usage = #"{"cpu_ratio":0.38,"memory_ratio":0.5}"#
      #expect(
        host.settings == [
          "memory_bytes": String(262_109 << 20), "cores": "16", "sockets": "2", "threads": "32", "cpu_mhz": "2700",
          "cpu_model": "Intel(R) Xeon(R) CPU E5-2680 0 @ 2.70GHz", "product": "VMware ESXi 6.0.0 build-4192238",
          "vendor": "HP", "model": "ProLiant BL460c Gen8", "usage": usage,
        ])
      let vm = try #require(try placement("wadfs1", reader))
      #expect(vm.host?.name == "bovmsp-04.customer.com" && vm.cluster?.name == "Cluster1" && vm.power == .on)
      #expect(vm.vcpus == 1 && vm.memoryMiB == 4096 && vm.datastore == nil)
      let settings = try reader.settings(of: vm.vm.id, at: testNow)
      // The guest has one partition: 81,916 MB, 41,510 of them consumed.
      let storage =
        #"{"provisioned_mib":86201,"in_use_mib":62420,"guest_capacity_mib":81916,"guest_consumed_mib":41510}"#
      #expect(
        settings == [
          "datacenter": "Datacenter1", "needs": #"{"template":false}"#, "storage": storage,
          "guest_os": "Microsoft Windows Server 2008 R2 (64-bit)", "hardware": #"{"nics":1,"disks":1}"#,
        ])
      #expect(try reader.datacenter(ofVM: vm.vm.id, at: testNow)?.name == "Datacenter1")
    }
  }

  /// 131 VMs, 8 hosts, 2 clusters; 247 disks whose VMs have other names than in vInfo, but the same ids.
  @Test func idsJoinWhatNamesDoNot() async throws {
    let (ledger, report) = try await imported("two-clusters")
    #expect(report.imported == 131 + 8 + 2 && report.skippedCount == 1)
    #expect(report.skipped[0].line == 1)
    #expect(report.skipped[0].reason.hasPrefix("sheet vPartition: cell A1: \"NEXT Data Center\", and no heading \"VM\""))
    try ledger.read { reader in
      let cluster = try reader.snapshot(at: testNow)
      #expect(cluster.vms.count == 131 && cluster.vms.count { $0.power == .off } == 22)
      #expect(cluster.vms.count { $0.isTemplate } == 2)
      #expect(cluster.vms.reduce(0) { $0 + $1.disks.count } == 247)
      #expect(cluster.vms.flatMap(\.disks).reduce(0) { $0 + $1.sizeMiB } == 39_236_545)
      let mapped = cluster.vms.filter { $0.disks.contains { $0.mapping != nil } }
      #expect(mapped.map(\.name).sorted() == ["gtappDB02", "gtappDB03"])
      let luns = mapped.map { Set($0.disks.compactMap(\.mapping?.lun)) }
      #expect(luns[0] == luns[1] && luns[0].count == 2)
      #expect(mapped.flatMap(\.disks).compactMap(\.mapping).allSatisfy { $0.mode == .physical })
      let levels = try reader.hosts(at: testNow).map {
        ($0.cluster?.name, $0.settings["evc_current"], $0.settings["evc_max"])
      }
      let production = levels.filter { $0.0 == "Production Cluster" }
      #expect(production.count == 6 && production.allSatisfy { $0.1 == "intel-ivybridge" })
      #expect(production.count { $0.2 == "intel-broadwell" } == 4 && production.count { $0.2 == "intel-ivybridge" } == 2)
      let clusters = try reader.clusters(at: testNow)
      #expect(
        clusters.first { $0.cluster.name == "Production Cluster" }?.settings == [
          "ha_enabled": "true", "ha_admission_control": "false", "failover_level": "1", "drs_enabled": "true",
          "dpm_enabled": "false",
        ])
      let vm = try #require(try placement("ADDSDC01", reader))
      #expect(vm.vm.foreignID == "vm-13481")
      let settings = try reader.settings(of: vm.vm.id, at: testNow)
      #expect(settings["ha_protected"] == "true" && settings["restart_priority"] == "highest")
    }
  }

  @Test func aWorkbookWhoseCellsHoldTheirTextsIsRead() async throws {
    let (ledger, report) = try await imported("small")
    #expect(report.imported == 3 + 2 + 1 && report.skippedCount == 0)
    #expect(report.otherTabs == ["vNetwork", "vCD", "vUSB", "vHealth", "vSwitch", "dvSwitch", "vPort", "dvPort"])
    try ledger.read { reader in
      let cluster = try reader.snapshot(at: testNow)
      let database = try #require(cluster.vms.first { $0.name == "sample-db-01" })
      #expect(database.cpuDemand == 2200 / 2600.0 && database.memoryActiveMiB == 14_336)
      #expect(database.snapshots == 1 && database.disks.count == 2 && database.disks[0].sizeMiB == 102_400)
      #expect(cluster.vms.first { $0.name == "sample-web-01" }?.snapshots == 0)
      let vm = try #require(try placement("sample-db-01", reader))
      let settings = try reader.settings(of: vm.vm.id, at: testNow)
      #expect(settings["tools"] == #"{"status":"toolsOld","version":"10000"}"#)
      #expect(settings["reserved"] == #"{"mem_reservation_mib":0}"#)
    }
  }

  @Test(arguments: ["four-clusters", "two-clusters", "small"]) func twiceAddsNothing(name: String) async throws {
    let ledger = try memoryLedger()
    let path = Project.fixture("rvtools/\(name).xlsx")
    let first = try await add(path, to: ledger)[0]
    let head = try ledger.read { try $0.chainHead().seq }
    let second = try await add(path, to: ledger)[0]
    #expect(second.imported == 0 && second.duplicates == first.imported && second.skippedCount == first.skippedCount)
    #expect(try ledger.read { try $0.chainHead().seq } == head)
    let later = try #require(Instant(rfc3339: "2026-01-02T03:04:05Z"))
    #expect(try await add(path, to: ledger, at: later)[0].firstEvent == later, "another time is another inventory")
  }

  private func placement(_ name: String, _ reader: borrowing LedgerReader) throws -> Placement? {
    var found: Placement?
    try reader.forEachPlacement(at: testNow) { if $0.vm.name == name { found = $0 } }
    return found
  }
}
