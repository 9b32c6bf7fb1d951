import Foundation
import Inventory
import Ledger
import TestSupport
import Testing

@testable import Importers

/// What a snapshot says of the space of datastores, held against plain counting over lists in which names are shared, cells
/// are empty, and "free" and "in use" disagree.
@Suite struct DatastoreSpaceTests {
  /// A row of the list, in MiB.
  private struct Row {
    let name: String
    var capacity: Int?
    var free: Int?
    var inUse: Int?
    var provisioned: Int?

    func text(_ number: Int) -> String {
      let cells = [capacity, free, inUse, provisioned].map { $0.map { String($0) } ?? "" }
      return "\(name),\(cells.joined(separator: ",")),datastore-\(number)\r\n"
    }
  }

  private static func rows(_ random: inout SplitMix64) -> [Row] {
    func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }
    return (0..<(1 + below(5))).map { _ in
      var row = Row(name: "d\(below(4))")
      if below(5) > 0 { row.capacity = (below(4) + 1) * 1000 }
      if below(2) == 0 { row.free = below(12) * 250 }
      if below(2) == 0 { row.inUse = below(12) * 250 }
      if below(2) == 0 || row.capacity == nil { row.provisioned = below(12) * 250 }
      return row
    }
  }

  /// By plain counting: a name that two bear says nothing; what is free counts before what is in use.
  private static func expected(_ rows: [Row], _ used: Set<String>) -> [String] {
    Set(rows.map(\.name)).union(used).sorted().compactMap { name in
      let bearers = rows.filter { $0.name == name }
      guard bearers.count == 1, let row = bearers.first else {
        return used.contains(name) ? "\(name) 0.0 0.0 nil" : nil
      }
      guard row.capacity != nil || used.contains(name) else { return nil }
      let taken: Int =
        if let capacity = row.capacity, let free = row.free {
          free > capacity ? 0 : capacity - free
        } else if row.capacity != nil {
          row.inUse ?? 0
        } else {
          0
        }
      let provisioned = row.provisioned.map { Double($0) }
      return "\(name) \(Double(row.capacity ?? 0)) \(Double(taken)) \(String(describing: provisioned))"
    }
  }

  @Test("Space is that of plain counting", arguments: 0..<UInt64(3))
  func plainly(block: UInt64) async throws {
    var (shared, disagreeing) = (0, 0)
    for seed in (block * 40)..<(block * 40 + 40) {
      var random = SplitMix64(seed: seed)
      let rows = Self.rows(&random)
      let used = Set((0..<4).map { "d\($0)" }.filter { _ in Int.random(in: 0..<3, using: &random) == 0 })
      let folder = try ScratchFolder(inMemory: true)
      let vms = used.sorted().map { "vm on \($0),poweredOn,2,4096,c,a,[\($0)] v/v.vmx,vm-\($0)\r\n" }.joined()
      let lists = [
        "vHost": "Host,Cluster,Speed,# Cores,# Memory\r\na,c,2000,8,65536\r\n",
        "vInfo": "VM,Powerstate,CPUs,Memory,Cluster,Host,Path,VM ID\r\nother,poweredOn,1,1024,c,a,,vm-1\r\n" + vms,
        "vDatastore": "Name,Capacity MiB,Free MiB,In Use MiB,Provisioned MiB,Object ID\r\n"
          + rows.enumerated().map { $1.text($0) }.joined(),
      ]
      for (tab, text) in lists { _ = try folder.write(text, to: "RVTools_tab\(tab).csv") }
      let ledger = try memoryLedger()
      var options = ImportOptions()
      options.at = Instant(microseconds: 1_600_000_000_000_000)
      let reports = try await Importer(into: ledger, options: options, now: testNow).run(paths: [folder.url.path])
      #expect(reports.allSatisfy { $0.error == nil })
      let found = try ledger.read { try $0.snapshot(at: options.at ?? testNow) }.datastores.sorted { $0.name < $1.name }
      let said = found.map { "\($0.name) \($0.capacityMiB) \($0.usedMiB) \(String(describing: $0.provisionedMiB))" }
      #expect(said == Self.expected(rows, used), "seed \(seed): \(rows) \(used)")
      if Set(rows.map(\.name)).count < rows.count { shared += 1 }
      if rows.contains(where: { row in row.capacity.map { $0 - (row.free ?? $0) != row.inUse } ?? false }) {
        disagreeing += 1
      }
    }
    #expect(shared > 5 && disagreeing > 5)
  }
}
