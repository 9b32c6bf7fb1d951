import Foundation
import Inventory
import TestSupport
import Testing

/// What upgrade migrations leave to be done, as a user plans it and sees it done.
@Suite struct UpgradeTests {
  private static let scenario = """
    {"name":"lab","hosts":[{"name":"old","cores":4,"mem_mib":4096,"product":"ESX 2.5.4"},
      {"name":"new","cores":4,"mem_mib":4096}],
     "datastores":[{"name":"v2","format":"vmfs2","capacity_mib":9000},{"name":"v3","capacity_mib":9000,"hosts":["new"]}],
     "vms":[{"name":"w","host":"old","mem_mib":512,"vcpus":1,"disks":[{"datastore":"v2","mib":400},{"datastore":"v2","mib":400}]}],
     "timeline":[{"at_s":10,"do":"vm.upgrade_migrate","vm":"w","to":"new","datastore":"v3"}PLAN]}
    """
  private static let plan = #",{"at_s":100,"do":"vm.upgrade_schedule","vm":"w","when_s":200}"#

  private func folder(isPlanned: Bool) throws -> ScratchFolder {
    let folder = try ScratchFolder()
    _ = try folder.write(Self.scenario.replacing("PLAN", with: isPlanned ? Self.plan : ""), to: "scenario.json")
    return folder
  }

  private func run(_ words: [String], _ folder: ScratchFolder) throws -> Program.Result {
    try Program.run(words + ["--db", folder.path("lab.db")])
  }

  private func owed(_ folder: ScratchFolder) throws -> JSONValue {
    let document = try JSONValue(parsing: Data(run(["upgrade", "owed", "-o", "json"], folder).output.utf8))
    #expect(document["schema"] == "yadokari.upgrade-owed/1")
    return try #require(document["vms"]?.arrayValue?.first)
  }

  /// The VM runs at the end, and never twice at once.
  private func checkTruth(_ folder: ScratchFolder, _ what: String) throws {
    let truth = try JSONValue(parsing: Data(run(["sim", "truth", "-o", "json"], folder).output.utf8))
    let ran = truth["ran"]?.arrayValue ?? []
    #expect(ran.last?["until"] == .null, "\(what): it is off")
    for (stint, next) in zip(ran, ran.dropFirst()) {
      #expect((stint["until"]?.stringValue ?? "x") <= (next["since"]?.stringValue ?? ""), "\(what): two copies ran")
    }
    #expect(try run(["db", "check"], folder).code == 0, "\(what)")
  }

  @Test func nothingIsOwedOfAnyOtherLedger() throws {
    let folder = try ScratchFolder()
    _ = try run(["init"], folder)
    let empty = try run(["upgrade", "owed", "-o", "json"], folder)
    #expect(try empty.code == 0 && JSONValue(parsing: Data(empty.output.utf8))["vms"] == [])
    let story = Project.fixture("stories/two-hosts")
    let table = try Program.run(["upgrade", "owed", "--from", story])
    #expect(table.code == 0 && table.output == "No upgrade migration left anything to be done.\n")
    #expect(
      try Program.run(["upgrade", "owed", "-o", "csv", "--from", story]).output.hasPrefix("source,vm,vm_id,host,state,"))
    #expect(try Program.run(["upgrade", "owed", "--db", folder.path("none.db")]).code == 3)
  }

  @Test func aPersonPlansIt() throws {
    let folder = try folder(isPlanned: false)
    #expect(try run(["sim", "run", folder.path("scenario.json")], folder).code == 0)
    #expect(try owed(folder)["state"] == "owed")
    let planned = try run(["upgrade", "schedule", "w", "--at", "+1h", "--plan"], folder)
    #expect(
      planned.code == 0 && planned.output.contains("w would be powered off, upgraded and started again at 2026-01-01T01:"))
    #expect(try owed(folder)["state"] == "owed")

    let words = ["upgrade", "schedule", "w", "--at", "2026-01-01T22:00:00Z", "--actor", "anna", "--reason", "at night"]
    #expect(try run(words, folder).output.contains("owed → scheduled for 2026-01-01T22:00:00.000000Z, because at night"))
    var entry = try owed(folder)
    #expect(entry["scheduled_for"] == "2026-01-01T22:00:00.000000Z" && entry["scheduled_by"] == "anna")
    #expect(entry["scheduled_because"] == "at night" && entry["state"] == "scheduled")
    // The play goes on, and ends before the time.
    #expect(try run(["sim", "resume", "--until", "3600"], folder).code == 0)
    #expect(try owed(folder)["state"] == "scheduled")
    #expect(try run(["upgrade", "schedule", "w", "--cancel"], folder).code == 0)
    #expect(try owed(folder)["state"] == "owed")
    #expect(try run(words, folder).code == 0)
    #expect(try run(["sim", "resume"], folder).output.contains("79200.000  w: on → off"))
    entry = try owed(folder)
    #expect(entry["state"] == "done" && entry["hardware_done_at"] == "2026-01-01T22:00:03.000000Z")
    #expect(entry["tools_done_at"] == "2026-01-01T22:00:43.000000Z" && entry["hardware_owed"] == false)
    // As it was before.
    let before = try run(["upgrade", "owed", "--at", "2026-01-01T21:00:00Z", "-o", "json"], folder).output
    #expect(try JSONValue(parsing: Data(before.utf8))["vms"]?.arrayValue?.first?["state"] == "scheduled")
    try checkTruth(folder, "planned")
  }

  @Test func refusals() throws {
    let folder = try folder(isPlanned: false)
    let database = folder.path("imported.db")
    #expect(try Program.run(["import", folder.path("scenario.json"), "--db", database]).code == 0)
    let nothing = try Program.run(["upgrade", "schedule", "w", "--at", "+1h", "--db", database])
    #expect(nothing.code == 4 && nothing.errors.contains("nothing is owed of VM w"))
    #expect(try run(["sim", "run", folder.path("scenario.json")], folder).code == 0)
    #expect(try run(["upgrade", "schedule", "nobody", "--at", "+1h"], folder).code == 3)
    let past = try run(["upgrade", "schedule", "w", "--at", "2026-01-01T00:00:10Z"], folder)
    #expect(past.code == 4 && past.errors.contains("is over"))
    #expect(try run(["upgrade", "schedule", "w", "--at", "-1h", "--plan"], folder).code == 4)
    let none = try run(["upgrade", "schedule", "w", "--cancel"], folder)
    #expect(none.code == 4 && none.errors.contains("nothing is planned"))
    #expect(try run(["upgrade", "schedule", "w"], folder).code == 64)
    #expect(try run(["upgrade", "schedule", "w", "--at", "now", "--cancel"], folder).code == 64)
    #expect(try run(["upgrade", "schedule", "w", "--at", "tonight"], folder).code == 64)
    // A copy of the ledger has no hardware beside it: planning works, and no more.
    #expect(try run(["db", "backup", folder.path("copy.db")], folder).code == 0)
    let copy = ["upgrade", "schedule", "w", "--at", "2030-01-01T00:00:00Z", "--db", folder.path("copy.db")]
    #expect(try Program.run(copy).code == 7)
    #expect(try Program.run(copy + ["--plan"]).code == 0)
    #expect(try owed(folder)["state"] == "owed")
  }

  /// At once, in the command itself.
  @Test func now() throws {
    let folder = try folder(isPlanned: false)
    #expect(try run(["sim", "run", folder.path("scenario.json")], folder).code == 0)
    let run = try run(["upgrade", "schedule", "w", "--at", "now"], folder)
    #expect(run.code == 0 && run.output.contains("under way → finished"), "\(run.output)\(run.errors)")
    #expect(try owed(folder)["state"] == "done")
  }

  @Test(arguments: ["--die-at-checkpoint", "--die-at-order"])
  func afterEachDeathItRuns(accident: String) throws {
    var deaths = 0
    for number in 1...40 {
      let folder = try folder(isPlanned: true)
      let what = "\(accident) \(number)"
      let run = try run(["sim", "run", folder.path("scenario.json"), accident, "\(number)"], folder)
      if run.code == 0 { break }
      deaths += 1
      #expect(run.code == 9, "\(what)")
      #expect(try self.run(["sim", "resume", "--after", "20"], folder).code == 0, "\(what)")
      try checkTruth(folder, what)
      let events = try self.run(["event", "list", "--type", "vm.upgrade_scheduled", "-o", "csv"], folder).output
      // One that died while the VM moved may have left it where it was: nothing is owed then, nor planned.
      guard events.contains("vm.upgrade_scheduled") else { continue }
      #expect(try owed(folder)["state"] == "done", "\(what)")
      #expect(try self.run(["sim", "resume"], folder).output.isEmpty, "\(what): a second recovery changes something")
    }
    #expect(deaths > 14, "so many orders, or checkpoints, there are")
  }
}
