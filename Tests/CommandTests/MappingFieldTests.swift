import Foundation
import Inventory
import TestSupport
import Testing

/// Mapped LUNs as people met them: shared, and such of which nothing tells which they are.
@Suite struct MappingFieldTests {
  private let file = "field/B12-rdm-shared/b12-rdm.xlsx"

  private func run(_ words: String, from file: String) throws -> Program.Result {
    try Program.run(words.split(separator: " ").map(String.init) + ["--from", file])
  }

  private func json(_ words: String, from file: String) throws -> JSONValue {
    try JSONValue(parsing: Data(run(words + " -o json", from: file).output.utf8))
  }

  @Test func lunsAreCountedByLUN() throws {
    let report = try json("report rdm", from: file)
    let summary = report["summary"]
    #expect(summary?["vms"] == 4 && summary?["rdms"] == 6 && summary?["luns"] == 3)
    #expect(summary?["rdms_of_unknown_lun"] == 1 && summary?["luns_shared"] == 2)
    #expect(summary?["vms_without_image_backup"] == 3)
    #expect(summary?["size_mib"]?.doubleValue == 2_615_296 && summary?["mapped_mib"]?.doubleValue == 3_132_416)
    let shared = report["luns"]?.arrayValue?.filter { $0["vms"] == ["sql-n1", "sql-n2"] } ?? []
    #expect(shared.count == 2 && shared.allSatisfy { $0["bus_sharing"] == ["physical"] })
    let text = try run("report rdm", from: file).output
    #expect(
      text.hasPrefix("4 VMs with 6 mappings of 3 known LUNs and 1 that is not known; 3 VMs cannot be image-backed-up."))
    #expect(text.contains("is shared by sql-n1, sql-n2; bus sharing physical."))
    #expect(text.contains("sql-n1, Hard disk 2:") && !text.contains(", disk ") && text.contains("2615296 MiB"))
  }

  @Test func aLUNThatIsNotKnownHasNoName() throws {
    let list = try json("rdm list", from: file)["rdms"]?.arrayValue ?? []
    let old = try #require(list.first { $0["vm"] == "old-off" })
    #expect(old["lun"] == .null && old["other_vms"] == .null && old["disk"] == 0 && old["disk_label"] == "Hard disk 1")
    #expect(list.first { $0["vm"] == "sql-n1" }?["other_vms"] == ["sql-n2"])
    for words in ["rdm list", "report rdm", "report rdm -o csv", "rdm list -o markdown"] {
      #expect(try !run(words, from: file).output.contains("vm-5"), "\(words)")
    }
    let plan = try run("vm migrate old-off --plan", from: file)
    #expect(plan.output.contains("Which LUN is mapped into VM old-off as Hard disk 1 is not known"))
  }

  private func workbook(_ disks: [String]) -> WorkbookFile {
    WorkbookFile(tables: [
      "vInfo": ["VM|Powerstate|Host|Cluster|VM ID", "a|poweredOn|h|C|vm-1", "b|poweredOn|h|C|vm-2"],
      "vDisk": ["VM|Disk|Capacity MiB|Raw|Raw LUN ID|Raw Comp. Mode|Shared Bus|VM ID"] + disks,
    ])
  }

  /// Two that are unknown are neither one nor two.
  @Test func severalUnknownOnesAreSaidAsMappings() throws {
    let folder = try ScratchFolder()
    let book = workbook(["a|Hard disk 3|10|True||virtualMode||vm-1", "b|Hard disk 1|20|True||virtualMode||vm-2"])
    let path = try folder.write(book.data, to: "unknown.xlsx")
    let summary = try json("report rdm", from: path)["summary"]
    #expect(summary?["luns"] == 0 && summary?["luns_shared"] == 0 && summary?["rdms_of_unknown_lun"] == 2)
    let text = try run("report rdm", from: path).output
    #expect(text.contains("2 VMs with 2 mappings of 0 known LUNs, 2 of them of LUNs that are not known"))
    #expect(text.contains("a, Hard disk 3: a LUN that is not known") && text.contains("image backup holds them all"))
  }

  /// A VM may map a LUN twice; that is no sharing. Of one size that two mappings tell, the larger counts.
  @Test func oneVMSharesNothingWithItself() throws {
    let folder = try ScratchFolder()
    let book = workbook([
      "a|Hard disk 1|10|True|naa.1|virtualMode|virtualSharing|vm-1", "a|Hard disk 2|12|True|naa.1|virtualMode||vm-1",
    ])
    let path = try folder.write(book.data, to: "twice.xlsx")
    let report = try json("report rdm", from: path)
    #expect(report["summary"]?["luns"] == 1 && report["summary"]?["luns_shared"] == 0)
    #expect(report["summary"]?["size_mib"]?.doubleValue == 12 && report["summary"]?["mapped_mib"]?.doubleValue == 22)
    #expect(report["luns"]?.arrayValue?.first?["bus_sharing"] == ["virtual"])
    #expect(report["rdms"]?.arrayValue?.map { $0["bus_sharing"] } == ["virtual", .null])
  }
}
