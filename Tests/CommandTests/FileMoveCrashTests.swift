import Foundation
import Inventory
import TestSupport
import Testing

/// Moves that take files along, while everything dies: the process is killed at each checkpoint, and after each order, loses
/// each answer, sends each order late or twice. In the end the VM runs once, each disk is whole where the ledger says, and
/// nothing is left over.
@Suite struct FileMoveCrashTests {
  /// A kind of move, and how it is asked for.
  struct Kind: Sendable, CustomTestStringConvertible {
    let name: String
    /// The verb and its keys.
    let action: String
    var power = "on"
    /// How many checkpoints and orders it has.
    let checkpoints: Int
    let orders: Int
    var testDescription: String { name }
  }

  static let kinds = [
    Kind(name: "mirror", action: #""do":"vm.migrate_storage","datastore":"new""#, checkpoints: 8, orders: 7),
    Kind(
      name: "changed blocks", action: #""do":"vm.migrate_storage","datastore":"new","way":"changed_blocks""#,
      checkpoints: 10, orders: 9),
    Kind(
      name: "redo log", action: #""do":"vm.migrate_storage","datastore":"new","way":"redo_log""#, checkpoints: 12,
      orders: 12),
    Kind(
      name: "two datastores", action: #""do":"vm.migrate_storage","datastore":"new","disks":["new","third"]"#,
      checkpoints: 8, orders: 7),
    Kind(
      name: "live and storage", action: #""do":"vm.migrate","to":"esx02","datastore":"new""#, checkpoints: 12, orders: 13),
    Kind(
      name: "upgrade", action: #""do":"vm.upgrade_migrate","to":"esx02","datastore":"new""#, checkpoints: 18, orders: 20),
    Kind(
      name: "cold", action: #""do":"vm.migrate","to":"esx02","datastore":"new""#, power: "off", checkpoints: 6, orders: 4),
  ]

  private func scenario(_ kind: Kind, in folder: ScratchFolder) throws -> String {
    let isUpgrade = kind.name == "upgrade"
    let lab = """
      {"name":"lab","clusters":[{"name":"lab","migration":{"switch_ms":50}}],
       "hosts":[{"name":"esx01","cores":8,"mem_mib":16384,"product":"\(isUpgrade ? "ESX 2.5.4" : "ESX 3.5")"},
        {"name":"esx02","cores":8,"mem_mib":16384}],
       "datastores":[{"name":"old","format":"\(isUpgrade ? "vmfs2" : "vmfs3")","capacity_mib":50000},
        {"name":"new","capacity_mib":50000,"hosts":\(isUpgrade ? #"["esx02"]"# : #"["esx01","esx02"]"#)},
        {"name":"third","capacity_mib":50000}],
       "vms":[{"name":"web1","host":"esx01","mem_mib":1024,"vcpus":2,"dirty_mib_s":20,"power":"\(kind.power)",
        "disks":[{"datastore":"old","mib":4000,"write_mib_s":8},{"datastore":"old","mib":1000,"write_mib_s":2}]}],
       "timeline":[{"at_s":10,"vm":"web1",\(kind.action)}]}
      """
    return try folder.write(lab, to: "scenario.json")
  }

  private func sim(_ words: [String], _ folder: ScratchFolder) throws -> Program.Result {
    try Program.run(["sim"] + words + ["--db", folder.path("lab.db")])
  }

  /// What is true, and what the ledger says.
  private func check(_ kind: Kind, _ folder: ScratchFolder, _ what: String) throws {
    let truth = try JSONValue(parsing: Data(sim(["truth", "-o", "json"], folder).output.utf8))
    let stints = truth["ran"]?.arrayValue ?? []
    for (stint, next) in zip(stints, stints.dropFirst()) {
      #expect(
        stint["until"]?.stringValue.map { $0 <= next["since"]?.stringValue ?? "" } == true, "\(what): two copies ran")
    }
    for file in truth["files"]?.arrayValue ?? [] {
      #expect(file["is_home"] == .bool(true) && file["is_complete"] == .bool(true), "\(what): \(file.compactText) is left")
    }
    #expect(truth["files"]?.arrayValue?.count == 2, "\(what)")
    if kind.power == "on" { #expect(stints.last?["until"] == .null, "\(what): the VM is lost") }
    #expect(try Program.run(["db", "check", "--db", folder.path("lab.db")]).code == 0, "\(what)")
    let moves = try Program.run(["migration", "list", "-o", "csv", "--db", folder.path("lab.db")]).output
    #expect(moves.contains(",completed,") || moves.contains(",rolled_back,"), "\(what): \(moves)")
  }

  private func journal(_ folder: ScratchFolder) throws -> String {
    try Program.run(["event", "list", "--type", "migration.phase", "-o", "csv", "--db", folder.path("lab.db")]).output
  }

  @Test(arguments: kinds, ["--die-at-checkpoint", "--die-at-order"])
  func afterEachDeathAllIsWell(kind: Kind, accident: String) throws {
    var deaths = 0
    for number in 1...40 {
      let folder = try ScratchFolder()
      let what = "\(kind.name) \(accident) \(number)"
      let run = try sim(["run", scenario(kind, in: folder), accident, "\(number)"], folder)
      if run.code == 0 { break }
      deaths += 1
      #expect(run.code == 9, "\(what)")
      let resumed = try sim(["resume"], folder)
      #expect(resumed.code == 0, "\(what): \(resumed.output)")
      try check(kind, folder, what)
      let before = try journal(folder)
      #expect(try sim(["resume"], folder).output.isEmpty, "\(what): a second recovery changes something")
      #expect(try journal(folder) == before, "\(what)")
    }
    #expect(
      deaths == (accident == "--die-at-order" ? kind.orders : kind.checkpoints), "\(kind.name) \(accident): \(deaths) deaths"
    )
  }

  @Test(arguments: kinds, ["--lose-answer", "--late-order", "--repeat-order"])
  func eachOrderMayGoWrong(kind: Kind, accident: String) throws {
    for number in 1...kind.orders {
      let folder = try ScratchFolder()
      let what = "\(kind.name) \(accident) \(number)"
      let run = try sim(["run", scenario(kind, in: folder), accident, "\(number)"], folder)
      #expect(run.code == 0, "\(what): \(run.output)")
      try check(kind, folder, what)
    }
  }
}
