import Foundation
import Inventory
import TestSupport
import Testing

@Suite struct ReplayTests {
  private static let sample = ["--from", "vcenter-a/govc-events.xml"]

  private func replay(_ arguments: String...) throws -> Program.Result {
    try Program.run(["replay"] + Self.sample + arguments)
  }

  private func document(_ arguments: String...) throws -> JSONValue {
    let result = try Program.run(["replay", "-o", "json"] + Self.sample + arguments)
    #expect(result.code == 0, "\(result.errors)")
    return try JSONValue(parsing: Data(result.output.utf8))
  }

  private func members(_ value: JSONValue?) -> [JSONValue.Member] {
    guard case .object(let members)? = value else { return [] }
    return members
  }

  @Test func everyMoveThatTheSampleWasMadeWithIsThere() throws {
    let answers = try JSONValue(parsing: Data(contentsOf: URL(fileURLWithPath: Project.fixture("vcenter-a/answers.json"))))
    let posted = members(answers["migrations_posted"])
    let steps = try #require(try document()["steps"]?.arrayValue)
    let ends = steps.filter { $0["result"] == "completed" && $0["kind"] == "live" }
    #expect(ends.count == posted.reduce(0) { $0 + ($1.value.arrayValue?.count ?? 0) })
    for vm in posted {
      let mine = ends.filter { $0["vm"] == .string(vm.key) }
      let moves = try #require(vm.value.arrayValue)
      #expect(mine.map { $0["from"] } == moves.map { $0.arrayValue?[0] }, "\(vm.key)")
      #expect(mine.map { $0["to"] } == moves.map { $0.arrayValue?[1] }, "\(vm.key)")
      #expect(mine.map { $0["actor"] } == moves.map { $0.arrayValue?[3] }, "\(vm.key)")
      #expect(mine.allSatisfy { $0["events"]?.arrayValue?.count == 2 && $0["duration_s"] != .null }, "\(vm.key)")
    }
    let restarts = steps.filter { $0["kind"] == "ha_restart" && $0["result"] == "completed" }
    let restarted = members(answers["restarted"])
    #expect(
      Set(restarts.map { "\($0["vm"] ?? .null) \($0["to"] ?? .null)" })
        == Set(restarted.map { "\(JSONValue.string($0.key)) \($0.value)" }))
    #expect(restarts.allSatisfy { $0["from"] == "DC0_C0_H2" && $0["trigger"] == "ha" })
  }

  @Test func aListOfTextsHasTheSameMoves() throws {
    let list = "vcenter-a-sparse/SYNTHETIC-powercli-select3.csv"
    let printed = try Program.run(["replay", "--from", list, "--tz", "UTC", "-o", "ndjson"]).output
    let steps = try printed.split(separator: "\n").map { try JSONValue(parsing: Data($0.utf8)) }
    let all = try #require(try document()["steps"]?.arrayValue)
    // The times are whole seconds; the order is that of the records, which stand newest first in the file.
    func moves(_ steps: [JSONValue]) -> [[JSONValue?]] {
      steps.map { step in ["vm", "from", "to", "result"].map { step[$0] } }
    }
    #expect(moves(steps.filter { $0["kind"] == "live" }) == moves(all.filter { $0["kind"] == "live" }))
    #expect(!steps.contains { $0["trigger"] == "import" } && steps.count == all.count)
  }

  @Test func theStepsLeadFromTheStartToTheEnd() throws {
    // With the inventory: a record that names the source of a move twice leads nowhere by itself.
    let whole = try Program.run(["replay", "-o", "json", "--from", "vcenter-a"]).output
    let document = try JSONValue(parsing: Data(whole.utf8))
    let (start, end) = (members(document["start"]), members(document["end"]))
    #expect(start.count == 24 && end.count == 24)
    var place = Dictionary(uniqueKeysWithValues: start.map { ($0.key, $0.value) })
    for step in document["steps"]?.arrayValue ?? [] where step["result"] == "completed" && step["to"] != .null {
      place[try #require(step["vm"]?.stringValue)] = step["to"]
    }
    for vm in end { #expect(place[vm.key] == vm.value, "\(vm.key)") }
  }

  @Test func eachFormHasTheSameSteps() throws {
    let count = try #require(try document()["steps"]?.arrayValue?.count)
    #expect(try replay("-o", "ndjson").output.split(separator: "\n").count == count)
    #expect(try replay("-o", "csv").output.split(separator: "\r\n").count == count + 1)
    #expect(try replay("-o", "markdown").output.contains("## Moves"))
    let page = try replay("-o", "html").output
    #expect(page.contains("id=\"player\"") && page.contains("<svg") && !page.contains("http"))
    #expect(page == (try replay("-o", "html").output), "the same evidence gives the same page")
    #expect(try replay("-o", "csv", "--table", "places").output.hasPrefix("vm,vm_id,start,"))
  }

  @Test func aPlayerPrintsWhatStandsThereAtOnce() throws {
    let atOnce = try replay("--speed", "0").output
    #expect(try atOnce == replay("--speed", "1000000").output)
    #expect(try atOnce == replay().output, "nobody watches")
    // From the first to the last move of this VM pass 0.37 seconds.
    let begun = ContinuousClock.now
    #expect(try replay("--vm", "DC0_C0_RP0_VM0", "--speed", "0.5").code == 0)
    #expect(ContinuousClock.now - begun > .seconds(0.7))
  }

  @Test func narrowedByHostAndCluster() throws {
    let all = try #require(try document()["steps"]?.arrayValue)
    let ofHost = try #require(try document("--host", "DC0_C0_H2")["steps"]?.arrayValue)
    #expect(ofHost == all.filter { $0["from"] == "DC0_C0_H2" || $0["to"] == "DC0_C0_H2" } && !ofHost.isEmpty)
    let clusters = try ["DC0_C0", "DC0_C1"].map { try document("--cluster", $0)["steps"]?.arrayValue?.count ?? 0 }
    #expect(clusters.reduce(0, +) == all.count && !clusters.contains(0))
  }

  @Test func placesAtATimeAndWhatIsElsewhereAtAnother() throws {
    let (early, late) = ("2026-11-23T11:18:52.89Z", "2026-11-23T11:18:53Z")
    func state(_ time: String) throws -> JSONValue? { try document("--state-at", time)["state"]?["DC0_C0_RP0_VM0"] }
    #expect(try state(early) == "DC0_C0_H1" && state(late) == "DC0_C0_H3")
    let changes = try Program.run(
      ["replay", "-o", "ndjson", "--diff", early, late, "--vm", "vm-106"] + Self.sample
    ).output.split(separator: "\n")
    #expect(changes.count == 1 && changes[0].contains(#""change":"moved","from":"DC0_C0_H1""#))
    #expect(try replay("--diff", early, early).output.contains("no VM changed hosts"))
    #expect(try replay("--diff", "-2h", "--", "-1h").code == 0)
  }

  @Test func beforeTheEvidenceNothingMoved() throws {
    let document = try document("--at", "1999-01-01T00:00:00Z")
    #expect(document["steps"] == [] && document["start"] == .object([]) && document["end"] == .object([]))
    // After it there is nothing to say either, and that is not good news.
    let late = try replay("--since", "2026-11-24T00:00:00Z")
    #expect(late.code == 2 && late.output.hasPrefix("STALE: the newest evidence is "))
    #expect(late.output.contains("There are no records of that time.") && !late.output.contains("No move is on record"))
  }

  @Test(
    arguments: [
      (["--vm", "nobody"], 3), (["--host", "nobody"], 3), (["--cluster", "nobody"], 3), (["--source", "nobody"], 3),
      (["--vm", ""], 64), (["--vm", "a", "--host", "b"], 64), (["--speed", "-1"], 64), (["--speed", "fast"], 64),
      (["--diff", "now"], 64), (["now"], 64), (["--state-at", "some day"], 64),
      (["--state-at", "now", "--since", "-2h"], 64),
      (["--state-at", "now", "--diff", "now", "now"], 64), (["--diff", "now", "now", "--speed", "1"], 64),
      (["--since", "now", "--until", "-2h"], 64), (["-o", "csv", "--table", "nothing"], 64), (["--table", "steps"], 64),
    ] as [([String], Int32)])
  func whatCannotBeAnsweredIsRefused(arguments: [String], code: Int32) throws {
    let result = try Program.run(["replay"] + Self.sample + arguments)
    #expect(result.code == code && result.output.isEmpty && !result.errors.isEmpty, "\(result.errors)")
  }

  @Test func aNameOfSeveralIsAConflict() throws {
    let folder = try ScratchFolder()
    let environment = ["YADOKARI_DB": folder.path("a.db")]
    for (story, source) in [("fails-twice", "a"), ("isolation", "b")] {
      _ = try Program.run(
        ["import", "stories/\(story)/govc-events.xml", "--source", source], environment: environment)
    }
    #expect(try Program.run(["replay", "--vm", "vm-101"], environment: environment).code == 5)
    let one = try Program.run(["replay", "--vm", "vm-101", "--source", "a", "-o", "json"], environment: environment)
    #expect(one.code == 0 && one.output.contains(#""source": "a""#))
    #expect(try Program.run(["replay"], environment: ["YADOKARI_DB": folder.path("none.db")]).code == 3)
    _ = try Program.run(["init", "--db", folder.path("empty.db")])
    let empty = try Program.run(["replay", "-o", "json"], environment: ["YADOKARI_DB": folder.path("empty.db")])
    #expect(empty.code == 0 && empty.output.contains("no-events"))
  }

  @Test func missingRecordsAreAGap() throws {
    let folder = try ScratchFolder()
    let whole = try String(contentsOfFile: Project.fixture("vcenter-a/govc-events.xml"), encoding: .utf8)
    // Without the events 203 to 213, of DRS moves in between.
    let first = try #require(whole.range(of: "<VmMigratedEvent>\n  <key>196</key>"))
    let second = try #require(whole.range(of: "<key>213</key>"))
    let cut = whole[..<second.lowerBound].range(of: "\n<", options: .backwards)?.lowerBound ?? second.lowerBound
    let parts = [String(whole[..<first.lowerBound]), String(whole[cut...])]
    for (index, part) in parts.enumerated() {
      let path = try folder.write(part, to: "part\(index).xml")
      let result = try Program.run(["import", path, "--format", "govc-events-xml", "--db", folder.path("a.db")])
      #expect(result.code == 0, "\(result.errors)")
    }
    let answer = try Program.run(["replay", "-o", "json", "--db", folder.path("a.db")])
    let document = try JSONValue(parsing: Data(answer.output.utf8))
    let codes = document["gaps"]?.arrayValue?.compactMap { $0["code"]?.stringValue } ?? []
    #expect(codes.contains("time-between-imports"))
    let lost = document["steps"]?.arrayValue?.filter { $0["seq"] == .int(233) } ?? []
    #expect(lost.allSatisfy { $0["result"] == "unknown" }, "its end may be among what is missing")
  }
}
