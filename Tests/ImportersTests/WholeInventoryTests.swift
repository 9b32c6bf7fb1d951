import Foundation
import Inventory
import Ledger
import TestSupport
import Testing

@testable import Importers

/// Inventories that list everything, one after the other: what each says holds at its moment, and what the next does not list
/// is gone.
@Suite struct WholeInventoryTests {
  private func ledger(_ vms: [String]) async throws -> Ledger {
    let folder = try ScratchFolder()
    let ledger = try memoryLedger()
    for (month, list) in vms.enumerated() {
      let hosts = (month == 2 ? ["a"] : ["a", "b"]).map { #"{"name":"\#($0)","cores":4,"mem_mib":65536}"# }
      let text = #"""
        {"name":"lab","start":"2026-0\#(month + 1)-01T00:00:00Z","hosts":[\#(hosts.joined(separator: ","))],"vms":[\#(list)]}
        """#
      let path = try folder.write(text, to: "m\(month).json")
      let reports = try await Importer(into: ledger, options: ImportOptions(), now: testNow).run(paths: [path])
      if let error = reports.first?.error { throw error }
    }
    return ledger
  }

  private func vm(_ name: String, _ host: String, mib: Int = 1024, _ more: String = "") -> String {
    #"{"name":"\#(name)","host":"\#(host)","mem_mib":\#(mib),"vcpus":1\#(more)}"#
  }

  private func at(_ month: Int) throws -> Instant { try #require(Instant(rfc3339: "2026-0\(month)-01T00:00:00Z")) }

  @Test("What is gone is gone in a list of many VMs and in a question about one")
  func manyAndOneAgree() async throws {
    let all = (0..<300).map { vm("v\($0)", "a") }
    let ledger = try await ledger([all.joined(separator: ","), all.dropLast(40).joined(separator: ",")])
    for (month, count) in [(1, 300), (2, 260)] {
      let moment = try at(month)
      try ledger.read { reader in
        var listed: [String] = []
        try reader.forEachPlacement(at: moment) { listed.append($0.vm.name) }
        let asked = try (0..<300).map { "v\($0)" }.filter { name in
          let object = try reader.object(named: name, kind: .vm, source: nil, at: moment)
          return try reader.placement(of: object.id, at: moment) != nil
        }
        #expect(listed.count == count && Set(listed) == Set(asked), "month \(month)")
      }
    }
  }

  /// Between two inventories that differ nothing is known of a place; at the moment of each it is.
  @Test func whatAnInventorySaysHoldsAtItsMoment() async throws {
    let ledger = try await ledger([
      vm("x", "a") + "," + vm("y", "a"), vm("x", "b", mib: 2048) + "," + vm("y", "a", #","power":"off""#),
      vm("x", "a") + "," + vm("y", "a"),
    ])
    for (month, host, mib, power) in [(1, "a", 1024, PowerState.on), (2, "b", 2048, .off), (3, "a", 1024, .on)] {
      let moment = try at(month)
      let found = try ledger.read { try $0.snapshot(at: moment) }
      let x = try #require(found.vms.first { $0.name == "x" })
      #expect(x.host == host && x.memoryMiB == Int64(mib), "month \(month): \(x.host), \(x.memoryMiB)")
      #expect(found.vms.first { $0.name == "y" }?.power == power, "month \(month)")
      let use = try ledger.read { try $0.clusterUse(of: "lab", at: moment) }
      #expect(use.values.first?.grantedMiB == Int64(mib + (power == .on ? 1024 : 0)), "month \(month)")
    }
    let between = try ledger.read { try $0.snapshot(at: at(2).adding(seconds: 3600)) }
    #expect(between.vms.first { $0.name == "x" }?.host == "")
  }

  @Test func whatIsNotListedIsGoneAndWhatComesLaterIsNotThereYet() async throws {
    let ledger = try await ledger([vm("x", "a"), vm("x", "a") + "," + vm("y", "b"), vm("y", "a")])
    func names(_ month: Int) throws -> [[String]] {
      let found = try ledger.read { try $0.snapshot(at: at(month)) }
      return [found.hosts.map(\.name).sorted(), found.vms.map(\.name).sorted()]
    }
    #expect(try names(1) == [["a", "b"], ["x"]])
    #expect(try names(2) == [["a", "b"], ["x", "y"]])
    #expect(try names(3) == [["a"], ["y"]])
    #expect(try ledger.read { try $0.clusterUse(of: "lab", at: at(3)).values.first?.usableMiB } == 65_536)
    try await ledger.rebuild()
    #expect(try names(3) == [["a"], ["y"]])
  }

  /// Settings, too: what a list of RVTools says of the use of a host at its moment.
  @Test func settingsHoldAtTheMomentOfAnInventory() async throws {
    let ledger = try memoryLedger()
    for (month, used) in [(1, 10), (2, 30), (3, 20)] {
      let folder = try ScratchFolder()
      let path = try folder.write(
        "Host,Cluster,Speed,# Cores,# Memory,CPU usage %\r\na,c,2000,8,65536,\(used)\r\n", to: "RVTools_tabvHost.csv")
      var options = ImportOptions()
      options.at = try at(month)
      let reports = try await Importer(into: ledger, options: options, now: testNow).run(paths: [path])
      if let error = reports.first?.error { throw error }
    }
    for (month, cores) in [(1, 0.8), (2, 2.4), (3, 1.6)] {
      let moment = try at(month)
      let name = try ledger.read { try $0.sourceNames() }[0]
      let use = try ledger.read { try $0.clusterUse(of: name, at: moment).values.first }
      #expect(abs((use?.coresUsed ?? -1) - cores) < 1e-9, "month \(month): \(String(describing: use))")
    }
  }

  @Test func spaceIsThatOfTheLastInventory() async throws {
    let folder = try ScratchFolder()
    let tabs = [
      "vHost": "Host,Cluster,Speed,# Cores,# Memory\r\na,c,2000,8,65536\r\n",
      "vInfo": "VM,Powerstate,CPUs,Memory,Cluster,Host,Path\r\nv,poweredOn,2,4096,c,a,[san] v/v.vmx\r\n",
      "vDatastore": "Name,Capacity MiB,Provisioned MiB,In Use MiB,Free MiB\r\nsan,1000,1500,400,600\r\n",
    ]
    for (tab, text) in tabs { _ = try folder.write(text, to: "RVTools_tab\(tab).csv") }
    let ledger = try memoryLedger()
    var options = ImportOptions()
    options.at = try at(1)
    let reports = try await Importer(into: ledger, options: options, now: testNow).run(paths: [folder.url.path])
    #expect(reports.allSatisfy { $0.error == nil })
    let found = try ledger.read { try $0.snapshot(at: at(1)) }
    let san = try #require(found.datastores.first { $0.name == "san" })
    #expect(san.capacityMiB == 1000 && san.usedMiB == 400 && san.provisionedMiB == 1500)
  }

  /// What was retracted is seen by nobody, at its own moment neither.
  @Test func aRetractedInventorySaysNothing() async throws {
    // Between the first and the third, which differ, nobody knows where x is.
    let ledger = try await ledger([vm("x", "b"), vm("x", "a", mib: 2048) + "," + vm("y", "b"), vm("x", "a")])
    let second = try #require(try ledger.read { try $0.imports() }.first { $0.firstAt == (try? at(2)) })
    try await ledger.write(at: testNow) { _ = try $0.retract(second.seq, reason: "wrong", actor: nil) }
    let found = try ledger.read { try $0.snapshot(at: at(2)) }
    #expect(found.vms.map(\.name) == ["x"] && found.vms.first?.host == "" && found.vms.first?.memoryMiB == 1024)
  }
}
