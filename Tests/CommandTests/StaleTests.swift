import Inventory
import TestSupport
import Testing

/// Questions that reach beyond the evidence: how old that is stands first, in one wording, and exit code 2 tells scripts that
/// nothing is known.
@Suite struct StaleTests {
  private static let vcenter = ["--from", "vcenter-a/govc-events.xml"]

  private static let stale = "STALE: the newest evidence is 7 d 0 h old (2026-11-23 11:18:5"

  private static let commands = [
    ["ha", "affected"], ["ha", "incidents"], ["replay"], ["event", "list"], ["event", "types"], ["report", "residency"],
    ["vm", "history", "DC0_C0_RP0_VM4"],
  ]

  private func run(_ command: [String], _ more: [String]) throws -> Program.Result {
    try Program.run(
      command + Self.vcenter + more + ["--zone", "UTC"], environment: ["YADOKARI_NOW": "2026-11-30T11:19:00Z"])
  }

  @Test("Where there is no evidence of the time asked about, that is the answer", arguments: commands)
  func nothingIsKnown(command: [String]) throws {
    let result = try run(command, ["--since", "2d"])
    #expect(result.code == 2)
    #expect(result.output.hasPrefix(Self.stale) && result.output.contains("nothing is known of that time."))
    // The import itself is an event of that time.
    #expect(result.output.contains("There are no records of that time.") != (command[0] == "event"))
    let document = try JSONValue(parsing: try run(command, ["--since", "2d", "-o", "json"]).output.utf8)
    let gap = document["gaps"]?.arrayValue?.first
    #expect(gap?["code"] == "evidence-ends-earlier" && gap?["source"]?.stringValue?.isEmpty == false)
    #expect(try run(command, ["--since", "2d", "-o", "ndjson"]).code == 2)
  }

  @Test("Where some of the time has evidence, the rest is named and the answer stands", arguments: commands)
  func someIsKnown(command: [String]) throws {
    let result = try run(command, ["--since", "30d"])
    #expect(result.code == 0)
    #expect(result.output.hasPrefix(Self.stale) && result.output.contains("nothing is known of the time after it."))
    #expect(!result.output.contains("There are no records of that time."))
  }

  @Test("A question within the evidence is not stale", arguments: commands)
  func withinTheEvidence(command: [String]) throws {
    let result = try run(command, ["--until", "2026-11-23T11:18:53Z"])
    #expect(result.code == 0 && !result.output.contains("STALE"))
    #expect(try !run(command, []).output.contains("STALE"))
  }

  @Test("A moment after the evidence is named, and the answer is what was known last")
  func aMomentAfterIt() throws {
    let result = try run(["vm", "list"], ["--at", "2030-01-01"])
    #expect(result.code == 0)
    #expect(result.output.hasPrefix(Self.stale))
    #expect(result.output.contains("DC0_C0_RP0_VM4") && result.output.contains("nothing is known of the time after it."))
    // The answer is what was known last, not that there is none.
    let place = try run(["vm", "where", "DC0_C0_RP0_VM4"], ["--at", "2030-01-01"])
    #expect(place.code == 0 && place.output.contains("DC0_C0_RP0_VM4 was on DC0_C0_H3"))
    let failures = try run(["ha", "affected"], ["--at", "2030-01-01"])
    #expect(failures.output.contains("\nDC0_C0_H2 failed: ") && !failures.output.contains("There are no records"))
    let page = try run(["vm", "list"], ["--at", "2030-01-01", "-o", "html"]).output
    #expect(page.contains("<p class=\"warning\">STALE: the newest evidence"))
  }

  @Test("Lines of values say beside them how old the evidence is", arguments: ["csv", "ndjson"])
  func linesOfValuesSayItBesideThem(format: String) throws {
    for command in [["event", "list"], ["ha", "affected"]] {
      let result = try run(command, ["--since", "30d", "-o", format])
      #expect(result.code == 0 && result.errors.contains("yadokari: \(Self.stale)") && !result.output.contains("STALE"))
    }
  }

  @Test("A new database is empty, and not stale")
  func anEmptyDatabaseIsNot() throws {
    let folder = try ScratchFolder()
    let path = folder.path("new.db")
    #expect(try Program.run(["init", "--db", path]).code == 0)
    for command in [["ha", "affected"], ["replay"], ["event", "list"]] {
      let result = try Program.run(command + ["--since", "7d", "--db", path])
      #expect(result.code == 0 && !result.output.contains("STALE"), "\(command)")
    }
  }
}
