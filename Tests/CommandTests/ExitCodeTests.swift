import Foundation
import TestSupport
import Testing

@Suite struct ExitCodeTests {
  private func database() throws -> (ScratchFolder, String) {
    let folder = try ScratchFolder()
    let path = folder.path("a.db")
    let result = try Program.run(["import", Project.fixture("vcenter-a/govc-events.xml"), "--db", path])
    #expect(result.code == 0)
    return (folder, path)
  }

  @Test(
    arguments: [
      (["vm", "list"], 3), (["import", "nothing-here"], 3), (["vm", "list", "--at", "some day"], 64), (["vm", "fly"], 64),
      (["import"], 64), (["import", "-", "-"], 64), (["event", "verify"], 3), (["db", "rebuild"], 3),
      (["ha", "affected", "-o", "xls"], 64),
      (["--help"], 0), (["--version"], 0), (["ha", "affected", "--help"], 0),
    ] as [([String], Int32)])
  func withoutADatabase(arguments: [String], code: Int32) throws {
    let folder = try ScratchFolder()
    let result = try Program.run(arguments, environment: ["YADOKARI_DB": folder.path("none.db")])
    #expect(result.code == code, "\(result.errors)")
    #expect(!FileManager.default.fileExists(atPath: folder.path("none.db")), "a refusal leaves no file")
    if code != 0 { #expect(result.output.isEmpty && !result.errors.isEmpty) }
  }

  @Test("A folder of which no file can be read is not a success, one of which some can is")
  func aFolderOfOthersIsNoSuccess() throws {
    let folder = try ScratchFolder()
    let database = ["--db", folder.path("none.db")]
    try FileManager.default.createDirectory(atPath: folder.path("exports"), withIntermediateDirectories: true)
    _ = try folder.write("hello\n", to: "exports/notes.txt")
    let none = try Program.run(["import", folder.path("exports")] + database)
    #expect(none.code == 2 && none.errors.contains("help formats") && none.output.contains("notes.txt"))
    #expect(!FileManager.default.fileExists(atPath: folder.path("none.db")))
    _ = try folder.write("ObjectName CreatedTime\n---------- -----------\nsql07      3/14/2026\n", to: "exports/screen.txt")
    let screen = try Program.run(["import", folder.path("exports")] + database)
    #expect(screen.code == 2 && screen.errors.contains("screen.txt: it is a table as PowerShell writes it for the screen"))
    _ = try folder.write("CreatedTime,Message\n2026-11-23 11:18:51,hello\n", to: "exports/events.csv")
    for _ in 0..<2 { #expect(try Program.run(["import", folder.path("exports"), "--tz", "UTC"] + database).code == 0) }
  }

  @Test func aTamperedFileIsReadByVerifyAndCheckAndRefusedByTheRest() throws {
    let (folder, path) = try database()
    defer { _ = folder }
    let change = Process()
    change.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    change.arguments = [
      "sqlite3", path, "DROP TRIGGER event_no_update; UPDATE event SET message = 'nothing happened' WHERE seq = 100",
    ]
    try change.run()
    change.waitUntilExit()
    try #require(change.terminationStatus == 0)
    let verify = try Program.run(["event", "verify", "--db", path])
    #expect(verify.code == 2 && verify.output.contains("event 100"))
    #expect(try Program.run(["db", "check", "--db", path]).code == 2)
    for command in [["ha", "affected"], ["vm", "list"], ["db", "rebuild"], ["import", Project.fixture("vcenter-a")]] {
      let refused = try Program.run(command + ["--db", path])
      #expect(refused.code == 1 && refused.errors.contains("tampered"), "\(command)")
    }
  }

  @Test func aHostThatOnlyDoesNotAnswerIsSaid() throws {
    let early = ["--from", "stories/two-hosts", "--at", "2026-10-13T09:14:09Z"]
    let answer = try Program.run(["ha", "affected"] + early)
    #expect(answer.output.contains("esx02 has not answered since 2026-10-13 09:14:07"))
    #expect(answer.output.contains("the evidence ends at"))
    let data = try Program.run(["ha", "affected", "-o", "json"] + early).output
    #expect(data.contains(#""incidents": []"#) && data.contains(#""unconfirmed": [{"host":"esx02""#))
  }

  @Test func beforeTheEvidenceNothingIsKnown() throws {
    let early = ["--from", "vcenter-a", "--at", "1999-01-01T00:00:00Z", "-o", "json"]
    #expect(try Program.run(["vm", "where", "DC0_C0_RP0_VM4"] + early).output.contains(#""host": null"#))
    for list in ["vm", "host", "cluster", "datastore"] {
      #expect(try Program.run([list, "list"] + early).output.contains("[]"), "\(list)")
    }
  }

  @Test func aWindowThatEndsBeforeItBeginsIsRefused() throws {
    let reversed = ["--from", "vcenter-a", "--since", "2026-12-01T00:00:00Z", "--until", "2026-01-01T00:00:00Z"]
    for command in [["ha", "affected"], ["ha", "incidents"], ["event", "list"], ["event", "types"]] {
      #expect(try Program.run(command + reversed).code == 64, "\(command)")
    }
  }

  @Test func aTimeThatIsNoneIsExplained() throws {
    for time in ["some day", "2026-10-13 9:15", "2026-10-13T24:15:00", "-2y"] {
      let result = try Program.run(["vm", "list", "--from", "vcenter-a", "--at", time])
      #expect(result.code == 64 && result.errors.contains("zone"), "\(time)")
    }
  }

  @Test func headAndVerifyFitTogether() throws {
    let (folder, path) = try database()
    defer { _ = folder }
    let head = try Program.run(["event", "head", "--db", path]).output.split(separator: " ")
    #expect(head.count == 2 && head[0] == "252")
    let hash = head[1].trimmingCharacters(in: .newlines)
    #expect(try Program.run(["event", "verify", "--db", path, "--head", hash]).code == 0)
    let wrong = try Program.run(["event", "verify", "--db", path, "--head", String(hash.reversed())])
    #expect(wrong.code == 2 && wrong.output.contains("does not occur"))
  }

  @Test func partOfAnImportIsToldByTheCode() throws {
    let folder = try ScratchFolder()
    let good = Project.fixture("vcenter-a/govc-events.xml")
    let bad = try folder.write("no export", to: "notes.txt")
    let database = folder.path("a.db")
    #expect(try Program.run(["import", bad, "--db", database]).code == 1)
    let part = try Program.run(["import", good, bad, "--db", database, "-o", "json"])
    #expect(part.code == 2 && part.errors.contains("notes.txt"))
    let cut = try folder.write(String(try String(contentsOfFile: good, encoding: .utf8).prefix(5000)), to: "cut.xml")
    #expect(try Program.run(["import", cut, "--db", folder.path("b.db")]).code == 2, "a record was set aside")
  }

  @Test func aPlanSaysWhatWouldBeAddedAndAddsNothing() throws {
    let (folder, path) = try database()
    let head = try Program.run(["event", "head", "--db", path]).output
    let plan = try Program.run(["import", "vcenter-a", "--db", path, "--plan", "-o", "csv"])
    #expect(plan.code == 0)
    #expect(plan.output.contains("vcenter-a/govc-collect-vms.json,govc-collect-vms,vcenter-1,24,24,0"))
    #expect(plan.output.contains("vcenter-a/govc-events.xml,govc-events-xml,vcenter-1,251,0,251"))
    #expect(try Program.run(["event", "head", "--db", path]).output == head)
    let none = folder.path("none.db")
    #expect(try Program.run(["import", "vcenter-a", "--db", none, "--plan"]).code == 0)
    #expect(!FileManager.default.fileExists(atPath: none))
  }

  @Test func whoImportedAndWhyIsKept() throws {
    let folder = try ScratchFolder()
    let path = folder.path("a.db")
    let arguments = ["vcenter-a/govc-about.json", "--db", path, "--actor", "alice", "--reason", "before the switch-off"]
    #expect(try Program.run(["import"] + arguments).code == 0)
    let event = try Program.run(["event", "list", "--type", "import.finished", "--db", path, "-o", "csv"]).output
    #expect(event.contains("alice") && event.contains("before the switch-off"))
  }

  @Test func aNameThatIsNoFileIsRefused() throws {
    let folder = try ScratchFolder()
    for name in ["", ":memory:", folder.url.path] {
      for command in [["init"], ["import", "vcenter-a"], ["vm", "list"]] {
        let result = try Program.run(command + ["--db", name])
        #expect(result.code == 64 || (name.isEmpty || name.hasPrefix(":")) && result.code == 3, "\(command) \(name)")
      }
    }
  }

  @Test func anImportThatFailsLeavesNoDatabase() throws {
    let folder = try ScratchFolder()
    let bad = try folder.write("no export", to: "notes.txt")
    #expect(try Program.run(["import", bad, "--db", folder.path("a.db")]).code == 1)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["notes.txt"])
  }

  @Test func outputThatCannotBeWrittenIsAFailureAndMessagesAreNot() throws {
    let (folder, path) = try database()
    defer { _ = folder }
    for command in [["event", "head"], ["event", "verify"], ["db", "check"], ["vm", "list"]] {
      let process = Program.process(command + ["--db", path])
      process.standardOutput = FileHandle(forWritingAtPath: "/dev/full")
      process.standardError = FileHandle(forWritingAtPath: "/dev/full")
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationReason == .exit && process.terminationStatus == 1, "\(command)")
    }
  }

  @Test func aSourceIsAFilterAndMustExist() throws {
    let folder = try ScratchFolder()
    let path = folder.path("a.db")
    for source in ["a", "b"] {
      #expect(try Program.run(["import", "vcenter-a/govc-events.xml", "--db", path, "--source", source]).code == 0)
    }
    let affected = try Program.run(["ha", "incidents", "--source", "b", "--db", path, "-o", "ndjson"])
    #expect(affected.output.split(separator: "\n").count == 1 && affected.output.contains(#""source":"b""#))
    let events = try Program.run(["event", "list", "--source", "a", "--db", path, "-o", "ndjson"])
    #expect(events.output.split(separator: "\n").count == 251)
    for command in [["ha", "affected"], ["event", "list"], ["vm", "where", "vm-106"]] {
      let none = try Program.run(command + ["--source", "zz", "--db", path])
      #expect(none.code == 3 && none.errors.contains("no source"), "\(command)")
    }
  }

  @Test func severalProcessesMayMakeOneDatabase() throws {
    let folder = try ScratchFolder()
    let path = folder.path("a.db")
    let processes = (0..<6).map { _ in Program.process(["import", "vcenter-a/govc-events.xml", "--db", path]) }
    for process in processes {
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
    }
    for process in processes { process.waitUntilExit() }
    #expect(processes.allSatisfy { [0, 5].contains($0.terminationStatus) })
    #expect(try Program.run(["event", "verify", "--db", path]).output.hasPrefix("ok: 252 events"))
  }

  @Test func theWordsOfTheChainAreDataToo() throws {
    let (folder, path) = try database()
    defer { _ = folder }
    let verify = try Program.run(["event", "verify", "--db", path, "-o", "json"])
    #expect(verify.output.contains(#""ok": true"#) || verify.output.contains(#""ok":true"#))
    #expect(try Program.run(["event", "verify", "--db", path, "--head", ""]).code == 64)
  }

  @Test func readingFromAFileLeavesNoDatabase() throws {
    let folder = try ScratchFolder()
    let result = try Program.run(
      ["ha", "affected", "--from", Project.fixture("vcenter-a"), "-o", "csv"],
      environment: ["YADOKARI_DB": folder.path("none.db")])
    #expect(result.code == 0 && result.output.contains("DC0_C0_RP0_VM6"))
    let nothing = try folder.write("no export", to: "notes.txt")
    let silent = try Program.run(["ha", "affected", "--from", nothing])
    #expect(silent.code == 1 && silent.output.isEmpty, "an answer from nothing would look like good news")
    try FileManager.default.removeItem(atPath: nothing)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
  }
}
