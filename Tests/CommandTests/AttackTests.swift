import Foundation
import Inventory
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// What fell in a hostile review of the whole program, each as it was found.
@Suite struct AttackTests {
  private func field(_ name: String) -> String { Project.fixture("field/\(name)") }

  /// Changes a database from outside, by SQL.
  private func tamper(_ sql: String, _ path: String) throws {
    let script = "import sqlite3,sys; d=sqlite3.connect(sys.argv[1]); d.execute(sys.argv[2]); d.commit()"
    let result = try Program.shell(
      "python3 -c \"$SCRIPT\" \"$FILE\" \"$SQL\"", environment: ["SCRIPT": script, "FILE": path, "SQL": sql])
    #expect(result.code == 0, "\(result.errors)")
  }

  @Test(
    "A short attack finds nothing; tools/attack runs longer ones",
    arguments: ["kills", "deaths", "full", "clocks", "together", "bytes", "plays"])
  func aShortAttack(kind: String) throws {
    let tool = Project.root.appendingPathComponent("tools/attack").path
    let result = try Program.shell(
      "python3 \"$TOOL\" \(kind) --program \"$0\" --rounds 2 --seed 11", environment: ["TOOL": tool])
    #expect(result.code == 0 && result.output.contains("0 faults"), "\(result.output)\(result.errors)")
  }

  @Test("A VM with newer virtual hardware does not go to a host that does not know it")
  func newHardwareStaysOnNewHosts() throws {
    let folder = try ScratchFolder()
    let lab = field("H1-hardware-4-to-esx2/lab.json")
    let play = try Program.run(["sim", "run", lab, "--db", folder.path("play.db")])
    #expect(play.code == 0 && !play.output.contains("\n!") && play.output.contains("virtual hardware 4"))
    let owed = try Program.run(["upgrade", "owed", "-o", "json", "--db", folder.path("play.db")])
    #expect(!owed.output.contains("web1"))
    let path = folder.path("plan.db")
    #expect(try Program.run(["import", lab, "--db", path]).code == 0)
    let plan = try Program.run(
      ["vm", "migrate", "web1", "--to", "old", "--datastore", "v2", "--plan", "-o", "json", "--db", path])
    #expect(plan.code == 4 && plan.output.contains("hardware-too-new"))
  }

  @Test("A play that was killed as it began goes on, or begins again", arguments: ["lab", "maintenance"])
  func aPlayKilledAtItsBirth(name: String) throws {
    let scenario = field("H2-sim-run-killed-at-birth/\(name).json")
    let seed: UInt64 = 1702
    var random = SplitMix64(seed: seed)
    for attempt in 0..<6 {
      let folder = try ScratchFolder()
      let path = folder.path("a.db")
      let process = Program.process(["sim", "run", scenario, "--db", path])
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      while process.isRunning, !FileManager.default.fileExists(atPath: path + ".hardware") {}
      usleep(UInt32.random(in: 0...3000, using: &random))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      let words = attempt % 2 == 0 ? ["sim", "resume"] : ["sim", "run", scenario]
      let next = try Program.run(words + ["--db", path])
      let resumed = next.code == 5 ? try Program.run(["sim", "resume", "--db", path]) : next
      #expect(resumed.code == 0, "seed \(seed), attempt \(attempt): \(next.errors)\(resumed.errors)")
      let list = try Program.run(["vm", "list", "-o", "csv", "--db", path])
      #expect(list.output.contains("web1"), "seed \(seed), attempt \(attempt)")
      #expect(try Program.run(["db", "check", "--db", path]).code == 0, "seed \(seed), attempt \(attempt)")
    }
  }

  @Test("The record of a play without a whole first line is begun again, one with orders is not")
  func aTornRecord() throws {
    let folder = try ScratchFolder()
    let (path, scenario) = (folder.path("a.db"), field("H2-sim-run-killed-at-birth/lab.json"))
    #expect(try Program.run(["init", "--db", path]).code == 0)
    _ = try folder.write(#"{"scenario":"{\"na"#, to: "a.db.hardware")
    #expect(try Program.run(["sim", "resume", "--db", path]).code == 1)
    #expect(try Program.run(["sim", "run", scenario, "--db", path]).code == 0)
    #expect(try Program.run(["sim", "run", scenario, "--db", path]).code == 5)
    let record = try String(contentsOfFile: path + ".hardware", encoding: .utf8)
    let other = folder.path("b.db")
    _ = try folder.write(record, to: "b.db.hardware")
    #expect(try Program.run(["sim", "run", scenario, "--db", other]).code == 5)
    #expect(try String(contentsOfFile: other + ".hardware", encoding: .utf8) == record)
  }

  @Test("What is imported beside a play does not join its cluster, unless it is named")
  func aPlayIsNoVCenter() throws {
    let folder = try ScratchFolder()
    let (path, lab) = (folder.path("a.db"), field("H2-sim-run-killed-at-birth/lab.json"))
    #expect(try Program.run(["sim", "run", lab, "--db", path]).code == 0)
    #expect(try Program.run(["import", "vcenter-a/govc-events.xml", "--db", path]).code == 0)
    #expect(try Program.run(["vm", "list", "-o", "csv", "--source", "lab", "--db", path]).output.contains("web1"))
    #expect(
      try Program.run(["vm", "list", "-o", "csv", "--source", "vcenter-1", "--db", path]).output.contains("DC0_C0_RP0_VM4"))
    let resumed = try Program.run(["sim", "resume", "--db", path])
    #expect(resumed.code == 0, "\(resumed.output)\(resumed.errors)")
  }

  @Test("A query ends in time also inside one long function")
  func aLongFunctionIsEnded() throws {
    let folder = try ScratchFolder()
    let path = folder.path("a.db")
    #expect(try Program.run(["init", "--db", path]).code == 0)
    let sql = "SELECT instr(printf('%.*c',30000000,'a'), printf('%.*c',15000000,'a')||'b')"
    let result = try Program.run(["db", "query", sql, "--timeout", "0.5", "--db", path])
    #expect(result.code == 6 && result.errors.contains("--timeout"))
  }

  @Test("Nothing that a name holds moves the cursor, in a play and in messages")
  func controlCharactersAreNotPrinted() throws {
    let folder = try ScratchFolder()
    let name = #"\u001b]0;title\u0007\u001b[31mred\r"#
    let scenario = try folder.write(
      """
      {"name":"lab","hosts":[{"name":"a","cores":4,"mem_mib":8192},{"name":"b","cores":4,"mem_mib":8192}],
       "vms":[{"name":"\(name)","host":"a","mem_mib":256,"vcpus":1},{"name":"\\u202egnp.exe","host":"a","mem_mib":256,"vcpus":1}],
       "timeline":[{"at_s":1,"do":"vm.migrate","vm":"\(name)","to":"b"},{"at_s":9,"do":"vm.migrate","vm":"\\u202egnp.exe","to":"b"}]}
      """, to: "lab.json")
    let path = folder.path("a.db")
    var results = [try Program.run(["sim", "run", scenario, "--db", path])]
    #expect(results[0].code == 0 && results[0].output.contains("red"))
    results.append(try Program.run(["sim", "resume", "--db", path]))
    results.append(try Program.run(["vm", "where", "\u{1b}[31mx", "--db", path]))
    results.append(try Program.run(["vm", "list", "--db", "\u{1b}[31mfoo"]))
    results.append(try Program.run(["vm", "list", "--\u{1b}[31mfoo"]))
    for result in results {
      let text = (result.output + result.errors).unicodeScalars.filter { $0 != "\n" }
      #expect(!text.contains { $0.properties.generalCategory == .control || $0 == "\u{202e}" }, "\(text)")
    }
  }

  @Test("CSV is exact, and guarded against spreadsheets where that is asked for")
  func formulasAreGuarded() throws {
    let folder = try ScratchFolder()
    let events = try String(contentsOfFile: Project.fixture("vcenter-a/govc-events.xml"), encoding: .utf8)
      .replacing("DC0_C0_RP0_VM4", with: "=HYPERLINK(&quot;http://evil&quot;,&quot;x&quot;)")
      .replacing("DC0_C0_RP0_VM6", with: "-x").replacing("DC0_C0_RP0_VM1", with: "@x")
    let path = folder.path("a.db")
    #expect(try Program.run(["import", folder.write(events, to: "a.xml"), "--db", path]).code == 0)
    for words in [
      ["ha", "affected"], ["vm", "list"], ["event", "list"], ["replay", "--since", "-30d"], ["event", "export"],
      ["report", "residency"], ["ha", "affected", "--table", "vms"],
    ] {
      let exact = try Program.run(words + ["-o", "csv", "--db", path])
      #expect(exact.code == 0 && exact.output.contains(#""=HYPERLINK(""http://evil"",""x"")"#), "\(words): \(exact.errors)")
      let guarded = try Program.run(words + ["-o", "csv", "--guard-formulas", "--db", path])
      #expect(guarded.output.contains(#""'=HYPERLINK(""http://evil"",""x"")"#), "\(words)")
      for formula in [",\"=", ",=", ",@x", ",-x", "\n-x", "\n@x"] {
        #expect(!guarded.output.contains(formula), "\(words): \(formula)")
      }
    }
    let out = folder.path("tables")
    #expect(try Program.run(["ha", "affected", "--out", out, "--guard-formulas", "--db", path]).code == 0)
    let table = try String(contentsOfFile: out + "/vms.csv", encoding: .utf8)
    #expect(table.contains("'=HYPERLINK") && table.contains("'-x"))
  }

  @Test("Records that do not count though no event says so are not appended twice")
  func ownExclusionsAreRefused() throws {
    let folder = try ScratchFolder()
    let path = folder.path("a.db")
    #expect(try Program.run(["import", "vcenter-a/govc-events.xml", "--db", path]).code == 0)
    let head = try Program.run(["event", "head", "--db", path]).output
    try tamper("INSERT INTO excluded_event SELECT seq, seq FROM event WHERE type <= 15", path)
    let again = try Program.run(["import", "vcenter-a/govc-events.xml", "--db", path])
    #expect(again.code == 1 && again.errors.contains("db rebuild"))
    #expect(try Program.run(["event", "head", "--db", path]).output == head)
    #expect(try Program.run(["db", "check", "--db", path]).code == 2)
    #expect(try Program.run(["db", "rebuild", "--db", path]).code == 0)
    #expect(try Program.run(["import", "vcenter-a/govc-events.xml", "--db", path]).code == 0)
    #expect(try Program.run(["event", "head", "--db", path]).output == head)
    #expect(try Program.run(["db", "check", "--db", path]).code == 0)
  }

  @Test("An answer about failures notices that what it rests on was removed", arguments: ["host_state", "outage"])
  func emptiedProjectionsAreNoticed(table: String) throws {
    let folder = try ScratchFolder()
    let path = folder.path("a.db")
    #expect(try Program.run(["import", "vcenter-a/govc-events.xml", "--db", path]).code == 0)
    try tamper("DELETE FROM \(table)", path)
    for words in [["ha", "affected"], ["ha", "incidents"], ["ha", "affected", "--host", "DC0_C0_H2"]] {
      let result = try Program.run(words + ["--db", path])
      #expect(result.code == 1 && result.errors.contains("db check"), "\(words): \(result.output)")
    }
    #expect(try Program.run(["db", "check", "--db", path]).code == 2)
  }

  @Test("A copy has the rights of its original, and no more")
  func copiesArePrivate() throws {
    let folder = try ScratchFolder()
    let script = """
      umask 022; cd "$FOLDER"; "$0" init --db p.db; chmod 600 p.db; "$0" db backup c.db --db p.db; stat -c %a c.db
      "$0" sim run "$LAB" --db p.db > play.txt; stat -c %a p.db.hardware
      chmod 640 p.db; "$0" db backup d.db --db p.db; stat -c %a d.db
      umask 077; chmod 644 p.db; "$0" db backup e.db --db p.db; stat -c %a e.db
      """
    let result = try Program.shell(
      script, environment: ["FOLDER": folder.url.path, "LAB": field("H2-sim-run-killed-at-birth/lab.json")])
    let rights = result.output.split(separator: "\n").filter { $0.allSatisfy(\.isNumber) }
    #expect(rights == ["600", "600", "640", "600"], "\(result.output)\(result.errors)")
  }
}
