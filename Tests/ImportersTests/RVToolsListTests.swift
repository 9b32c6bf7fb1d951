import Foundation
import Inventory
import Ledger
import TestSupport
import Testing

@testable import Importers

/// One list for each tab: the lists of a folder are one inventory.
@Suite struct RVToolsListTests {
  private static let info = "VM,Powerstate,Template,CPUs,Memory,Provisioned MB,Host,Cluster,VM ID\r\n"
  private static let rows =
    "web,poweredOn,False,2,\"4,096\",\"1,043,107\",h,C,vm-1\r\n\"a \"\"b\"\"\nc\",poweredOff,TRUE,1,512,10,h,C,vm-2\r\n,,,,,,,,\r\n"
  private static let hosts = "Host,Cluster,# Cores,Speed,# Memory\r\nh,C,8,2600,65536\r\n"

  private func export(_ separator: String = ",") throws -> ScratchFolder {
    let folder = try ScratchFolder()
    func text(_ text: String) -> String {
      separator == ","
        ? text
        : text.replacingOccurrences(of: "\"4,096\"", with: "4.096")
          .replacingOccurrences(of: "\"1,043,107\"", with: "1.043.107").replacingOccurrences(of: ",", with: separator)
    }
    _ = try folder.write("\u{feff}" + text(Self.info + Self.rows), to: "RVTools_tabvInfo.csv")
    _ = try folder.write(text(Self.hosts), to: "RVTools_tabvHost.csv")
    _ = try folder.write(
      text("VM,Disk,Capacity MB,Path,VM ID\r\nweb,Hard disk 1,10,[d] w.vmdk,vm-1\r\n"), to: "RVTools_tabvDisk.csv")
    _ = try folder.write(text("VM,Network\r\nweb,n\r\n"), to: "RVTools_tabvNetwork.csv")
    return folder
  }

  private func run(_ paths: [String], _ ledger: Ledger) async throws -> [FileReport] {
    try await Importer(into: ledger, options: ImportOptions(), now: testNow).run(paths: paths)
  }

  @Test(arguments: [",", ";", "\t"]) func aFolderIsOneInventory(separator: String) async throws {
    let folder = try export(separator)
    let ledger = try memoryLedger()
    let reports = try await run([folder.url.path], ledger)
    try #require(reports.count == 1)
    #expect(reports[0].error == nil && reports[0].path == folder.url.path && reports[0].format == .rvtoolsLists)
    #expect(reports[0].imported == 3 && reports[0].skippedCount == 0)
    #expect(
      reports[0].otherTabs == ["RVTools_tabvNetwork.csv"] && reports[0].gaps.map(\.code) == ["snapshot-time-from-file-date"])
    let at = try #require(reports[0].firstEvent)
    let found = try ledger.read { try $0.snapshot(at: at) }
    #expect(found.vms.map(\.name) == ["web", "a \"b\"\nc"] && found.vms.map(\.memoryMiB) == [4096, 512])
    #expect(found.vms.map(\.isTemplate) == [false, true] && found.vms.map(\.disks.count) == [1, 0])
    #expect(found.hosts.map(\.cores) == [8])
    let again = try await run([folder.url.path], ledger)
    #expect(again[0].imported == 0 && again[0].duplicates == 3)
    // In another order, and named one by one, they are the same inventory.
    let names = ["vNetwork", "vDisk", "vHost", "vInfo"].map { folder.path("RVTools_tab\($0).csv") }
    let named = try await run(names, ledger)
    #expect(named.count == 1 && named[0].imported == 0 && named[0].duplicates == 3)
  }

  @Test func oneListByItselfIsRead() async throws {
    let folder = try ScratchFolder()
    // The name says nothing: the headings do.
    let path = try folder.write(Self.info + Self.rows, to: "export.txt")
    let reports = try await run([path], try memoryLedger())
    #expect(reports.map(\.path) == [path] && reports[0].imported == 2)
    let disks = try folder.write("VM,Disk,Capacity MB,Disk Mode\nweb,d,10,persistent\n", to: "RVTools_tabvDisk.csv")
    let alone = try await run([disks], try memoryLedger())
    #expect(alone[0].error?.message.contains("no vInfo lists the VMs that it tells of; import the tabs together") == true)
  }

  @Test(arguments: [
    ("vInfo", "VM,Powerstate,CPUs,Memory"), ("vHost", "Host,Speed,# Cores"), ("vCluster", "Name,TotalCpu"),
    ("vDatastore", "Name,Capacity MiB,Provisioned MiB,In Use MiB"), ("vDisk", "VM,Disk,Capacity MB,Disk Mode"),
    ("vPartition", "VM,Disk,Capacity MB,Consumed MB"), ("vSnapshot", "VM,Size MiB (total)"),
    ("vTools", "VM,Tools,Tools Version"),
    ("vMemory", "VM,Active,Consumed"), ("vCPU", "VM,Overall"),
    ("vInfo", "vInfoVMName,vInfoPowerstate,vInfoCPUs,vInfoMemory"),
    ("vMetaData", "RVTools version,xlsx creation datetime"),
  ]) func headingsTellTheTab(tab: String, headings: String) throws {
    let row = SheetRow(number: 1, cells: headings.split(separator: ",").map { .text(String($0)) })
    #expect(RVToolsTab(headings: row)?.rawValue == tab)
    #expect(RVToolsTab(name: "RVTools_tab\(tab)")?.rawValue == tab && RVToolsTab(name: tab.uppercased())?.rawValue == tab)
  }

  @Test func otherListsAreNone() throws {
    for headings in ["VM,Host", "Name,Capacity", "CreatedTime,Message", "VM,Tags", "Host"] {
      #expect(
        RVToolsTab(headings: SheetRow(number: 1, cells: headings.split(separator: ",").map { .text(String($0)) })) == nil)
    }
    for name in ["vNetwork", "vInfos", "dvSwitch", "Sheet1", "RVTools_tabvHBA", "tab"] {
      #expect(RVToolsTab(name: name) == nil)
    }
  }

  @Test func brokenRowsAreSetAside() async throws {
    let folder = try ScratchFolder()
    let path = try folder.write(
      Self.info + "a,poweredOn,False,1,2,3,h,C,vm-1,too,many\nb,poweredOn,False,1,2,3,h,C,vm-2\nc,powered",
      to: "RVTools_tabvInfo.csv")
    let report = try await run([path], try memoryLedger())[0]
    #expect(report.imported == 1 && report.skipped.map(\.line) == [2, 4])
    #expect(report.skipped[0].reason.hasPrefix("RVTools_tabvInfo.csv: 11 fields under 9 headings"))
    #expect(report.skipped[1].reason.hasSuffix("the file ends inside this row"))
  }

  @Test func twoExportsInOneFolderAreRefused() async throws {
    let folder = try export()
    _ = try folder.write(Self.info + Self.rows, to: "old_RVTools_tabvInfo.csv")
    let reports = try await run([folder.url.path], try memoryLedger())
    #expect(reports[0].error?.message.contains("are both a vInfo") == true)
  }
}
