import Foundation
import Ledger
import TestSupport
import Testing

@testable import Importers

/// Of which vCenter lists of objects are that do not say it.
@Suite struct ListedSourceTests {
  private let about = #"{"about":{"apiType":"VirtualCenter","instanceUuid":"1111-a"}}"#
  private let vms = "Name,PowerState,NumCpu,MemoryGB,VMHost,Id\na,PoweredOn,1,1,h1,VirtualMachine-vm-1\n"

  @Test func theAboutBesideThemTellsIt() async throws {
    let ledger = try memoryLedger()
    var sources: [String?] = []
    for uuid in ["1111-a", "2222-b", "1111-a"] {
      let folder = try ScratchFolder()
      _ = try folder.write(about.replacing("1111-a", with: uuid), to: "about.json")
      _ = try folder.write(vms, to: "vms.csv")
      let reports = try await Importer(into: ledger, options: ImportOptions(), now: testNow).run(paths: [folder.url.path])
      for report in reports { if let error = report.error { throw error } }
      sources.append(reports.first { $0.format == .powerCLIInventory }?.source)
    }
    #expect(sources == ["vcenter-1", "vcenter-2", "vcenter-1"])
  }

  @Test("Amounts beyond all machines are unknown", arguments: ["1e300", "99999999999999", "-1", "nan"])
  func amountsMayBeOdd(amount: String) async throws {
    let ledger = try memoryLedger()
    let folder = try ScratchFolder()
    let hosts =
      "Name,ConnectionState,PowerState,NumCpu,CpuTotalMhz,MemoryTotalGB,Id\n"
      + "h1,Connected,PoweredOn,\(amount),\(amount),\(amount),HostSystem-host-1\n"
    let reports = try await add(folder.write(hosts, to: "hosts.csv"), to: ledger)
    #expect(reports.map(\.records) == [1] && reports[0].skippedCount == 0)
    let settings = try ledger.read { reader in
      try reader.hosts(at: testNow).first.map { try reader.settings(of: $0.host.id, at: testNow) }
    }
    #expect(settings?["cores"] == nil && settings?["memory_bytes"] == nil && settings?["cpu_mhz"] == nil)
  }
}
