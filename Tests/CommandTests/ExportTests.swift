import Foundation
import Inventory
import TestSupport
import Testing

@Suite struct ExportTests {
  private func database(_ folder: ScratchFolder) throws -> String {
    let path = folder.path("a.db")
    #expect(try Program.run(["import", "vcenter-a", "--db", path, "--at", "2026-11-23T11:30:00Z"]).code == 0)
    return path
  }

  private func objects(_ text: String) throws -> [JSONValue] {
    try text.split(separator: "\n").map { try JSONValue(parsing: Data($0.utf8)) }
  }

  @Test func everyEventComesInTheOrderOfItsNumber() throws {
    let folder = try ScratchFolder()
    let path = try database(folder)
    let head = try Program.run(["event", "head", "--db", path]).output.split(separator: " ")
    let events = try objects(Program.run(["event", "export", "--db", path]).output)
    #expect(events.map { $0["seq"]?.intValue } == (1...Int64(events.count)).map { $0 })
    #expect(String(events.count) == head[0])
    #expect(events.last?["hash"]?.stringValue == head[1].trimmingCharacters(in: .newlines))
    for seq in [1, 254] {
      let shown = try objects(Program.run(["event", "show", "\(seq)", "--db", path, "-o", "ndjson"]).output)
      #expect(shown == [events[seq - 1]], "the same fields as event show")
    }
  }

  @Test func csvHasALineForEachEventAndAFieldForEachColumn() throws {
    let folder = try ScratchFolder()
    let path = try database(folder)
    let filter = ["--db", path, "--type", "ha.vm_restart_failed", "-o"]
    let lines = try Program.run(["event", "export"] + filter + ["csv"]).output.components(separatedBy: "\r\n")
    #expect(lines.count == 2 + 2 && lines[3].isEmpty)
    #expect(lines[0].hasPrefix("seq,at,recorded_at,type,foreign_type,source,") && lines[0].hasSuffix(",hash,excluded_by"))
    #expect(lines[1].contains(",DC0_C0_H2,host-44,DC0_C0_RP0_VM2,vm-112,") && lines[1].contains(#""{""foreign"":{"#))
    let fields = lines[0].split(separator: ",").count
    #expect(lines[1].replacing(/"([^"]|"")*"/, with: "").count { $0 == "," } == fields - 1)
  }

  @Test func cloudEventsHaveTheAttributesOfTheSpecification() throws {
    let folder = try ScratchFolder()
    let path = folder.path("a.db")
    #expect(try Program.run(["import", "vcenter-a/govc-events.xml", "--db", path, "--source", "prod / 1"]).code == 0)
    let events = try objects(Program.run(["event", "export", "--db", path, "-o", "cloudevents"]).output)
    #expect(events.count == 252)
    for event in events {
      for key in ["specversion", "id", "source", "type", "time", "data"] { #expect(event[key] != nil, "\(key)") }
      guard case .object(let members) = event else { continue }
      for member in members {
        #expect(member.key.wholeMatch(of: /[a-z0-9]+/) != nil && member.value != .null, "\(member.key)")
      }
    }
    let failed = try #require(events.first { $0["type"]?.stringValue == "ha.vm_restart_failed" })
    #expect(failed["source"]?.stringValue == "/yadokari/prod%20%2F%201" && failed["subject"]?.stringValue == "vm/vm-112")
    #expect(failed["time"]?.stringValue?.hasPrefix("2026-11-23T11:18:53") == true)
    #expect(failed["foreigntype"]?.stringValue == "NotEnoughResourcesToStartVmEvent")
  }

  @Test func aFileIsNewAndWholeOrNotThere() throws {
    let folder = try ScratchFolder()
    let path = try database(folder)
    let file = folder.path("events.ndjson")
    let arguments = ["event", "export", "--db", path, "--out", file]
    let written = try Program.run(arguments)
    #expect(written.code == 0 && written.output.isEmpty)
    #expect(try String(contentsOfFile: file, encoding: .utf8) == Program.run(["event", "export", "--db", path]).output)
    #expect(try Program.run(arguments).code == 5, "what is there is not overwritten")
    #expect(try Program.run(["event", "export", "--db", path, "--out", folder.path("no/such/e")]).code == 3)
    let wrong = folder.path("wrong")
    #expect(try Program.run(["event", "export", "--db", path, "--out", wrong, "--host", "nobody"]).code == 3)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
    #expect(names.filter { !$0.hasPrefix("a.db") } == ["events.ndjson"], "nothing half-written is left")
  }

  @Test func otherFormsAreRefusedAndTheThreeNamed() throws {
    for form in ["table", "json", "html", "xml"] {
      let result = try Program.run(["event", "export", "--from", "vcenter-a", "-o", form])
      #expect(result.code == 64 && result.output.isEmpty)
      for known in ["ndjson", "csv", "cloudevents"] { #expect(result.errors.contains(known)) }
    }
  }
}
