import Foundation
import TestSupport
import Testing

/// A cancel that comes as a command while a move is open and its service dead.
@Suite struct CancelTests {
  private static let scenario = """
    {"name":"lab","hosts":[{"name":"esx01","cores":4,"mem_mib":8192}],
     "datastores":[{"name":"a","capacity_mib":100000},{"name":"b","capacity_mib":100000}],
     "vms":[{"name":"x","host":"esx01","mem_mib":1024,"vcpus":1,"disks":[{"datastore":"a","mib":8000,"write_mib_s":1}]}],
     "timeline":[{"at_s":10,"do":"vm.migrate_storage","vm":"x","datastore":"b"}]}
    """

  /// What the hardware had done when the service died would let the move go on: whoever wants it ended is heard first.
  @Test(arguments: [(order: 1, code: 0), (2, 0), (3, 0), (4, 0), (5, 4)])
  func aCancelIsHeardBeforeTheMoveGoesOn(order: Int, code: Int32) throws {
    let folder = try ScratchFolder()
    let (database, scenario) = (folder.path("lab.db"), try folder.write(Self.scenario, to: "s.json"))
    _ = try Program.run(["sim", "run", scenario, "--db", database, "--die-at-order", "\(order)"])
    let open = try Program.run(["migration", "list", "-o", "csv", "--db", database]).output.split(
      whereSeparator: \.isNewline)
    let number = try #require(open.last?.split(separator: ",").first.map(String.init))
    let cancel = try Program.run(["migration", "cancel", number, "--actor", "anna", "--db", database])
    #expect(cancel.code == code)
    #expect(cancel.output.contains(code == 0 ? "→ cancelled, because cancelled by anna" : "opened → completed"))
  }

  /// What was left to a person is neither over nor under way: who wants it ended or the VM moved learns how to go on.
  @Test func whatWasLeftToAPersonNamesTheWayOut() throws {
    let folder = try ScratchFolder()
    let database = folder.path("lab.db")
    let cut = Self.scenario.replacing("\"timeline\":[", with: "\"until_s\":2000,\"timeline\":[")
      .replacing(
        "\"datastore\":\"b\"}]",
        with:
          "\"datastore\":\"b\"},{\"at_s\":20,\"do\":\"host.storage_cut\",\"host\":\"esx01\"}]")
    _ = try Program.run(["sim", "run", try folder.write(cut, to: "s.json"), "--db", database])
    let open = try Program.run(["migration", "list", "-o", "csv", "--db", database]).output.split(
      whereSeparator: \.isNewline)
    let number = try #require(open.last?.split(separator: ",").first.map(String.init))
    for command in [["migration", "cancel", number], ["vm", "relocate", "x", "--to-datastore", "b"]] {
      let refused = try Program.run(command + ["--db", database])
      #expect(refused.code == 4 && refused.errors.contains("migration resolve"), "\(command): \(refused.errors)")
    }
  }
}
