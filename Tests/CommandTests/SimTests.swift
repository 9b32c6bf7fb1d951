import Foundation
import Inventory
import TestSupport
import Testing

/// Plays on the built-in hypervisor, as a user runs them; the process is killed as a power failure would end it.
@Suite struct SimTests {
  private static let scenario = """
    {"name":"lab","hosts":[{"name":"esx01","cores":8,"mem_mib":16384},{"name":"esx02","cores":8,"mem_mib":16384}],
     "vms":[{"name":"web1","host":"esx01","mem_mib":4096,"vcpus":2,"dirty_mib_s":20}],
     "timeline":[{"at_s":10,"do":"vm.migrate","vm":"web1","to":"esx02"}]}
    """

  private func folder() throws -> ScratchFolder {
    let folder = try ScratchFolder()
    _ = try folder.write(Self.scenario, to: "scenario.json")
    return folder
  }

  private func sim(_ words: [String], _ folder: ScratchFolder) throws -> Program.Result {
    try Program.run(["sim"] + words + ["--db", folder.path("lab.db")])
  }

  /// Where the VM ran, by the hardware's own record: each stint must end before the next begins.
  private func stints(_ folder: ScratchFolder) throws -> [(host: String, since: String, until: String?)] {
    let truth = try JSONValue(parsing: Data(sim(["truth", "-o", "json"], folder).output.utf8))
    return (truth["ran"]?.arrayValue ?? []).map { stint in
      (stint["host"]?.stringValue ?? "", stint["since"]?.stringValue ?? "", stint["until"]?.stringValue)
    }
  }

  private func checkTruth(_ folder: ScratchFolder, _ what: String) throws {
    let stints = try stints(folder)
    for (stint, next) in zip(stints, stints.dropFirst()) {
      #expect(stint.until.map { $0 <= next.since } == true, "\(what): two copies ran")
    }
    #expect(stints.last?.until == nil, "\(what): the VM is lost")
    let place = try Program.run(["vm", "where", "web1", "-o", "json", "--db", folder.path("lab.db")])
    let host = try JSONValue(parsing: Data(place.output.utf8))["host"]?.stringValue
    #expect(host == stints.last?.host, "\(what): the ledger says \(host ?? "-")")
    #expect(try Program.run(["db", "check", "--db", folder.path("lab.db")]).code == 0, "\(what)")
  }

  /// Example A of the model: 3 passes, 45.461 s, 223.8 ms.
  @Test func aMigrationFollowsTheModel() throws {
    let folder = try folder()
    let result = try sim(["run", folder.path("scenario.json")], folder)
    #expect(result.code == 0)
    #expect(result.output.contains("    55.461  web1: on esx01 → on esx02"))
    let events = try Program.run(["event", "export", "-o", "ndjson", "--db", folder.path("lab.db")])
    let completed = try events.output.split(separator: "\n").map { try JSONValue(parsing: Data($0.utf8)) }
      .first { $0["type"] == "migration.completed" }
    let detail = completed?["detail"]
    let expected = 6_656_000.0 / 1331 * 1_048_576
    #expect(detail?["passes"] == 3 && abs((detail?["bytes"]?.doubleValue ?? 0) - expected) < 1024)
    #expect(abs((detail?["downtime_ms"]?.doubleValue ?? 0) - 223.8) < 0.1)
    try checkTruth(folder, "no accident")
  }

  @Test func theSamePlayGivesTheSameLedger() throws {
    let heads = try (0..<2).map { _ in
      let folder = try folder()
      let run = try sim(["run", folder.path("scenario.json")], folder)
      // The import's own event names the file, which lies elsewhere.
      let events = ["event", "list", "--type", "migration.phase", "-o", "json", "--db", folder.path("lab.db")]
      return try run.output + Program.run(events).output
    }
    #expect(heads[0] == heads[1] && !heads[0].isEmpty)
  }

  @Test(arguments: ["--die-at-checkpoint", "--die-at-order"])
  func afterEachDeathTheVMRunsOnce(accident: String) throws {
    var deaths = 0
    for number in 1...20 {
      let folder = try folder()
      let what = "\(accident) \(number)"
      let run = try sim(["run", folder.path("scenario.json"), accident, "\(number)"], folder)
      if run.code == 0 { break }
      deaths += 1
      #expect(run.code == 9, "\(what)")
      #expect(try sim(["resume"], folder).code == 0, "\(what)")
      try checkTruth(folder, what)
      let head = try Program.run(["event", "list", "-o", "csv", "--db", folder.path("lab.db"), "--type", "migration.phase"])
        .output
      #expect(try sim(["resume"], folder).output.isEmpty, "\(what): a second recovery changes something")
      #expect(
        try Program.run(["event", "list", "-o", "csv", "--db", folder.path("lab.db"), "--type", "migration.phase"]).output
          == head,
        "\(what)")
    }
    #expect(deaths == (accident == "--die-at-order" ? 8 : 9), "a migration has so many orders, and checkpoints")
  }

  /// The service comes back when the play is over: what it finds open is ended all the same, also where that takes time.
  @Test(arguments: 1...9)
  func aRecoveryAfterTheEndOfThePlay(checkpoint: Int) throws {
    let folder = try ScratchFolder()
    let late = Self.scenario.replacing(
      #"{"name":"lab","#, with: #"{"name":"lab","until_s":57,"clusters":[{"name":"lab","migration":{"switch_ms":2000}}],"#)
    _ = try folder.write(late, to: "scenario.json")
    let run = try sim(["run", folder.path("scenario.json"), "--die-at-checkpoint", "\(checkpoint)"], folder)
    // The last two come after the end: then the play ends in the middle of the hand-over.
    #expect(run.code == (checkpoint < 8 ? 9 : 0))
    #expect(try sim(["resume"], folder).code == 0)
    try checkTruth(folder, "after checkpoint \(checkpoint)")
    let moves = try Program.run(["migration", "list", "-o", "csv", "--db", folder.path("lab.db")]).output
    #expect(moves.contains(",completed,") || moves.contains(",rolled_back,"), "\(moves)")
  }

  @Test(arguments: ["--lose-answer", "--late-order", "--repeat-order"])
  func eachOrderMayGoWrong(accident: String) throws {
    for number in 1...9 {
      let folder = try folder()
      let run = try sim(["run", folder.path("scenario.json"), accident, "\(number)"], folder)
      #expect(run.code == 0, "\(accident) \(number): \(run.output)")
      try checkTruth(folder, "\(accident) \(number)")
    }
  }

  /// A play goes on from where it ended, though nothing was written into the ledger since.
  @Test func thePlayGoesOnFromItsEnd() throws {
    let folder = try ScratchFolder()
    let scenario = Self.scenario.replacing(
      "\"timeline\":[", with: "\"until_s\":103,\"timeline\":[{\"at_s\":100,\"do\":\"host.power_cut\",\"host\":\"esx02\"},")
    _ = try folder.write(scenario, to: "scenario.json")
    #expect(try sim(["run", folder.path("scenario.json")], folder).code == 0)
    #expect(try stints(folder).last?.until == "2026-01-01T00:01:40.000000Z")
    #expect(try sim(["resume", "--after", "7"], folder).code == 0)
    let lost = try Program.run([
      "event", "list", "--type", "host.connection_lost", "-o", "json", "--db", folder.path("lab.db"),
    ])
    #expect(lost.output.contains("2026-01-01T00:01:50.000000Z"))
    // A play that comes no further leaves the record as it is.
    let record = try Data(contentsOf: URL(fileURLWithPath: folder.path("lab.db.hardware")))
    #expect(try sim(["resume", "--after", "0"], folder).code == 0)
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.path("lab.db.hardware"))) == record)
  }

  @Test func aSecondServiceIsRefused() throws {
    let folder = try folder()
    #expect(try sim(["run", folder.path("scenario.json")], folder).code == 0)
    // Another process holds the lock of the kernel.
    let script = "flock \(folder.path("lab.db")) \"$0\" vm migrate web1 --to esx01 --db \(folder.path("lab.db"))"
    let second = try Program.shell(script, environment: [:])
    #expect(second.code == 5 && second.errors.contains("another service moves VMs"))
    #expect(try Program.run(["vm", "migrate", "web1", "--to", "esx01", "--db", folder.path("lab.db")]).code == 0)
    try checkTruth(folder, "moved back")
  }

  /// What no hardware is beside can be planned, and nothing more.
  @Test func anImportedInventoryCannotBeActedUpon() throws {
    let folder = try folder()
    let database = folder.path("imported.db")
    #expect(try Program.run(["import", folder.path("scenario.json"), "--db", database]).code == 0)
    let move = try Program.run(["vm", "migrate", "web1", "--to", "esx02", "--db", database])
    #expect(move.code == 7 && move.errors.contains("sim run"))
    #expect(try Program.run(["vm", "migrate", "web1", "--to", "esx02", "--plan", "--db", database]).code == 0)
  }

  @Test func refusals() throws {
    let folder = try folder()
    let none = try sim(["resume"], folder)
    #expect(none.code == 3 && none.errors.contains("not simulated"))
    _ = try sim(["run", folder.path("scenario.json")], folder)
    let again = try sim(["run", folder.path("scenario.json")], folder)
    #expect(again.code == 5 && again.errors.contains("is there already"))
    let missing = try sim(["run", folder.path("nowhere.json")], folder)
    #expect(missing.code == 3)
  }
}
