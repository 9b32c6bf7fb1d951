import Foundation
import Inventory
import Ledger
import TestSupport
import Testing

@testable import Importers

/// The forms that cells, rows, headings and names take, each in a small workbook of its own.
@Suite struct RVToolsFormTests {
  private static let info = "VM|Powerstate|Template|CPUs|Memory|Datacenter|Cluster|Host"

  private func imported(_ workbook: WorkbookFile) async throws -> (Ledger, FileReport) {
    let ledger = try memoryLedger()
    let folder = try ScratchFolder()
    let report = try await add(folder.write(workbook.data, to: "a.xlsx"), to: ledger)[0]
    return (ledger, report)
  }

  private func imported(_ tables: KeyValuePairs<String, [String]>) async throws -> (Ledger, FileReport) {
    try await imported(WorkbookFile(tables: tables))
  }

  private func cluster(_ ledger: Ledger) throws -> ClusterSnapshot {
    try ledger.read { try $0.snapshot(at: testNow) }
  }

  private func settings(_ kind: ObjectKind, _ name: String, _ ledger: Ledger) throws -> [String: String] {
    try ledger.read { reader in
      switch kind {
      case .host: return try reader.hosts(at: testNow).first { $0.host.name == name }?.settings ?? [:]
      case .cluster: return try reader.clusters(at: testNow).first { $0.cluster.name == name }?.settings ?? [:]
      default:
        var found: ObjectID?
        try reader.forEachPlacement(at: testNow) { if $0.vm.name == name { found = $0.vm.id } }
        return try found.map { try reader.settings(of: $0, at: testNow) } ?? [:]
      }
    }
  }

  /// Row numbers are skipped, cells stand where `r` says, a last row strays, blanks are no names.
  @Test func cellsStandWhereTheySay() async throws {
    var workbook = WorkbookFile([
      (
        "vInfo",
        """
        <row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c><c r="B1" t="s"><v>2</v></c>
        <c r="D1" t="inlineStr"><is><t>Template</t></is></c><c r="AB1" t="str"><v>Memory</v></c><c t="str"><v>Host</v></c></row>
        <row r="7"><c r="A7" t="s"><v>3</v></c><c r="C7"><f>1+1</f><v>2</v></c><c r="D7" t="b"><v>1</v></c>
        <c r="AB7"><v>4096.0000000000000000000000001</v></c><c t="str"><v>h</v></c></row>
        <row><c t="s"><v>4</v></c><c t="e"><v>#N/A</v></c><c><v>4E0</v></c><c t="b"><v>0</v></c><c r="AC8" t="str"><v>h</v></c></row>
        <row r="9"><c r="A9" t="inlineStr"><is><t> </t></is></c><c r="C9"><v>3</v></c></row>
        <row r="1000"><c r="C1000"><v>3</v></c></row>
        """
      )
    ])
    workbook.strings =
      "<si><t>VM</t></si><si><r><t>CP</t></r><r><t>Us</t></r></si><si><t>Powerstate</t></si>"
      + "<si><t>w&amp;1</t><rPh sb=\"0\" eb=\"1\"><t>x</t></rPh></si><si><t xml:space=\"preserve\"> ü2 </t></si>"
    let (ledger, report) = try await imported(workbook)
    #expect(report.records == 2 && report.skippedCount == 0)
    let vms = try cluster(ledger).vms
    #expect(vms.map(\.name) == ["w&1", "ü2"] && vms.map(\.vcpus) == [2, 4] && vms.map(\.memoryMiB) == [4096, 0])
    #expect(vms.map(\.isTemplate) == [true, false])
  }

  @Test(arguments: ["", "/xl/", "../xl/", "./"]) func partsAreFoundWhereverTheyAreSaidToBe(prefix: String) async throws {
    var workbook = WorkbookFile(tables: ["vInfo": [Self.info, "a|poweredOn|False|1|1024|D|C|h"]])
    workbook.targetPrefix = prefix
    #expect(try await imported(workbook).1.records == 1)
  }

  /// Units, case, blanks, the second way of naming, columns of one's own in the middle, columns that old versions lack.
  @Test(
    arguments: [
      ("VM|Powerstate|Provisioned MB|In Use MB|Host", "VM|Disk|Capacity MB|Disk Mode"),
      (" vm |POWERSTATE| Provisioned MiB |in use MiB|Owner|Host", "VM|Disk |Capacity MiB|Disk Mode"),
      ("vInfoVMName|vInfoPowerstate|vInfoProvisioned|vInfoInUse|vInfoHost", "vDiskVMName|vDiskName|vDiskCapacityMiB"),
      ("VM|Host|Powerstate|Provisioned|In Use|Host", "VM|Disk|Capacity|Free % "),
    ]) func headingsMeanTheSame(info: String, disk: String) async throws
  {
    let count = info.split(separator: "|").count
    let row =
      count == 5
      ? "a|poweredOn|300|200|h" : info.hasPrefix("VM|Host") ? "a|mine|poweredOn|300|200|h" : "a|poweredOn|300|200|me|h"
    let (ledger, _) = try await imported(["vInfo": [info, row], "RVTools_tabvDisk": [disk, "a|Hard disk 1|100"]])
    let vm = try #require(try cluster(ledger).vms.first)
    #expect(vm.name == "a" && vm.power == .on && vm.host == "h" && vm.disks.map(\.sizeMiB) == [100])
    #expect(vm.vcpus == 0 && vm.memoryMiB == 0, "what no column says is not known")
    #expect(try settings(.vm, "a", ledger)["storage"] == #"{"provisioned_mib":300,"in_use_mib":200}"#)
    #expect(try settings(.vm, "a", ledger)["needs"] == nil)
  }

  @Test func hostsSayWhatTheyAre() async throws {
    let (ledger, report) = try await imported([
      "vHost": [
        "Host|Datacenter|Cluster|in Maintenance Mode|CPU Model|Speed|HT Active|# CPU|Cores per CPU|# Memory|Current EVC|"
          + "Max EVC|ESX Version|Assigned License(s)|CPU usage %|Object ID",
        "h1|D|C|TRUE|Xeon|2600|true|2|8|196514| |intel-broadwell|ESXi 8|Enterprise|0.3214285714285714285714285714|host-1",
        "h2|D|C|False||-1|False||||merom||ESX 3.5| |x|host-2",
      ]
    ])
    #expect(report.records == 2 && report.skippedCount == 0)
    let hosts = try cluster(ledger).hosts
    #expect(hosts.map(\.mode) == [.maintenance, .normal] && hosts.map(\.cores) == [16, 0])
    #expect(hosts.map(\.cluster) == ["C", "C"] && hosts[0].licence == "Enterprise" && hosts[1].licence == nil)
    let first = try settings(.host, "h1", ledger)
    #expect(first["threads"] == "32" && first["evc_current"] == "none" && first["evc_max"] == "intel-broadwell")
    #expect(first["usage"] == #"{"cpu_ratio":0.0032142857142857147}"#)
    let second = try settings(.host, "h2", ledger)
    #expect(second == ["evc_current": "merom", "product": "ESX 3.5"], "-1, a blank and a word are no numbers")
    #expect(try ledger.read { try $0.hosts(at: testNow).map(\.host.foreignID) } == ["host-1", "host-2"])
  }

  @Test func spaceOfDatastoresIsKept() async throws {
    let (ledger, report) = try await imported([
      "vDatastore": [
        "Name|Type|Capacity MiB|Provisioned MiB|In Use MiB|Free MiB|Object ID", "ds1|VMFS|1000|3000|400|600|datastore-1",
        "ds2|NFS|||||datastore-2",
      ],
      "vInfo": ["VM|Path|Host|Cluster", "a|[ds1] a/a.vmx|h|C2", "b||h|C1"],
      "vCluster": ["Name|TotalCpu|HA enabled", "C1|1|TRUE", "C2|1|false"],
    ])
    #expect(report.records == 2 + 2 + 2)
    let found = try cluster(ledger)
    #expect(found.datastores.map(\.name) == ["ds1"] && found.datastores.map(\.capacityMiB) == [1000] && !found.isComplete)
    #expect(found.datastores.map(\.usedMiB) == [400])
    #expect(found.clusters.map(\.highAvailability.isEnabled) == [true, false])
    let list = try ledger.read { try $0.datastores(at: testNow) }
    #expect(list.map(\.datastore.foreignID) == ["datastore-1"] && list.map(\.vms) == [1])
    let event = try ledger.read { try $0.event(3).event }
    #expect(event.type == .datastoreObserved)
    #expect(event.detail?["settings"]?["provisioned_bytes"] == .string(String(3000 << 20)))
    #expect(event.detail?["settings"]?["type"] == "VMFS")
  }

  /// Without a tab of clusters the space stands among the settings of the first that is named.
  @Test func spaceIsKeptWithoutATabOfClusters() async throws {
    let (ledger, _) = try await imported([
      "vDatastore": ["Name|Capacity MB|In Use MB|Provisioned MB", "ds1|1000|250|1"], "vInfo": ["VM|Cluster|Host", "a|C|h"],
    ])
    #expect(try cluster(ledger).datastores.map(\.usedMiB) == [250])
    #expect(try ledger.read { try $0.datastores(at: testNow).map(\.datastore.name) } == ["ds1"])
  }

  @Test func anotherFirstClusterDoesNotDoubleTheSpace() async throws {
    let ledger = try memoryLedger()
    let folder = try ScratchFolder()
    for (number, first) in ["C", "B"].enumerated() {
      var workbook = WorkbookFile(tables: [
        "vDatastore": ["Name|Capacity MiB", "ds1|1000"], "vCluster": ["Name|TotalCpu", "C|1", "\(first)|1"],
      ])
      workbook.created = "2026-09-0\(number + 1)T10:00:00Z"
      try await add(folder.write(workbook.data, to: "\(number).xlsx"), to: ledger)
    }
    #expect(try cluster(ledger).datastores.map(\.name) == ["ds1"])
  }

  @Test func whatOtherTabsSayIsJoined() async throws {
    let (ledger, report) = try await imported([
      "vTools": ["VM|Tools|Tools Version", "a|toolsOk|12345"],
      "vSnapshot": ["VM|Name|Size MiB (total)", "a|s1|1", "a|s2|1"],
      "vPartition": ["VM|Disk|Capacity MiB|Consumed MiB", "a|C:\\|100|40", "a|D:\\|200|60"],
      "vMemory": ["VM|Active|Consumed|Reservation|Limit", "a|512|700|256|-1"],
      "vCPU": ["VM|Overall|Reservation|Limit", "a|1300|500|-1"],
      "vDisk": [
        "VM|Disk|Capacity MiB|Raw|Disk Mode|Path|Raw LUN ID|Raw Comp. Mode",
        "a|Hard disk 1|10|False|persistent|[ds1] a/a.vmdk",
        "a|Hard disk 2|20|True|persistent|[ds2] a/b.vmdk|0200|virtualMode",
        "a|Hard disk 3|30|True|persistent|||physicalMode",
      ],
      "vHost": ["Host|Speed|# Cores", "h|2600|8"], "vInfo": ["VM|Host|VM UUID|min Required EVC Mode Key", "a|h|50-0|merom"],
    ])
    #expect(report.records == 2 && report.skippedCount == 0)
    let vm = try #require(try cluster(ledger).vms.first)
    #expect(vm.cpuDemand == 0.5 && vm.memoryActiveMiB == 512 && vm.snapshots == 2)
    #expect(vm.cpuReservationMHz == 500 && vm.memoryReservationMiB == 256)
    #expect(vm.disks.map(\.datastore) == ["ds1", "ds2", ""] && vm.disks.map(\.sizeMiB) == [10, 20, 30])
    #expect(vm.disks.map(\.mapping?.lun) == [nil, "0200", nil])
    #expect(vm.disks.map(\.mapping?.mode) == [nil, .virtual, .physical])
    let settings = try settings(.vm, "a", ledger)
    #expect(settings["tools"] == #"{"status":"toolsOk","version":"12345"}"#)
    #expect(settings["storage"] == #"{"guest_capacity_mib":300,"guest_consumed_mib":100}"#)
    #expect(settings["instance_uuid"] == "50-0" && settings["evc_required"] == "merom")
  }
}
