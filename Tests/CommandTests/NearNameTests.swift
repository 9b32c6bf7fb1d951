import Foundation
import TestSupport
import Testing

/// Words that are nearly right, by the program: what may be meant is asked, and a name in other letters is found.
@Suite struct NearNameTests {
  @Test(
    "What is nearly right comes with what may be meant",
    arguments: [
      (["vms", "list"], 64, "there is no command \"vms\" (did you mean \"vm\"?)"),
      (
        ["ha", "afected"], 64, "\"yadokari ha\" has no \"afected\" (did you mean \"affected\"?); it has: affected, incidents"
      ),
      (["help", "vmm"], 64, "there is no command \"vmm\" (did you mean \"vm\"?)"),
      (["vm", "where", "wbe1"], 3, "no vm is named \"wbe1\" (did you mean \"web1\"?)"),
      (["ha", "affected", "--host", "esx2"], 3, "no host is named \"esx2\" (did you mean \"esx02\"?)"),
      (["event", "list", "--type", "vm.powerd_on"], 3, "(did you mean \"vm.powered_on\"?)"),
      (["event", "export", "--type", "vm.powerd_on"], 3, "there is no event type \"vm.powerd_on\""),
      (["db", "query", "SELECT * FROM v_migrations"], 64, "(did you mean \"v_migration\"?); views: "),
      (["vm", "list", "--host", "zzzzzzzzz"], 3, "no host is named \"zzzzzzzzz\"; see"),
    ] as [([String], Int32, String)])
  func theNearestIsAsked(words: [String], code: Int32, said: String) throws {
    let folder = try ScratchFolder()
    let path = folder.path("a.db")
    #expect(try Program.run(["import", "stories/two-hosts", "--db", path]).code == 0)
    let result = try Program.run(words, environment: ["YADOKARI_DB": path])
    #expect(result.code == code && result.output.isEmpty && result.errors.contains(said), "\(result.errors)")
  }

  @Test("A name in other letters is found where only one has it, and its own letters count first")
  func otherLettersAreTheSameName() throws {
    func `where`(_ name: String, _ vms: [String]) throws -> Program.Result {
      let folder = try ScratchFolder()
      let rows = vms.map { #"{"name":"\#($0)","host":"a","mem_mib":1024,"vcpus":1}"# }.joined(separator: ",")
      let hosts = #"[{"name":"a","cores":4,"mem_mib":65536}]"#
      let path = try folder.write(#"{"name":"lab","hosts":\#(hosts),"vms":[\#(rows)]}"#, to: "lab.json")
      return try Program.run(["vm", "where", name, "--from", path])
    }
    #expect(try `where`("DB1", ["db1", "web1"]).output.hasPrefix("db1 was on a "))
    #expect(try `where`("DB1", ["db1", "DB1"]).output.hasPrefix("DB1 was on a "))
    let several = try `where`("DB1", ["db1", "Db1"])
    #expect(several.code == 3 && several.errors.contains("(did you mean \"Db1\" or \"db1\"?)"))
  }

  @Test("Neither a heading nor a source's name moves the cursor")
  func nothingMovesTheCursor() throws {
    let folder = try ScratchFolder()
    let path = folder.path("a.db")
    let name = "v\u{1B}[31mc"
    #expect(try Program.run(["import", "stories/two-hosts", "--source", name, "--db", path]).code == 0)
    #expect(try Program.run(["import", "vcenter-a", "--source", "other", "--db", path]).code == 0)
    let commands = [
      ["db", "query", "SELECT 1 AS \"\u{1B}[31m\", 2 AS two"], ["event", "list", "--since", "1d"],
      ["vm", "list", "--at", "2030-01-01"],
      ["ha", "affected", "--since", "60d"],
    ]
    for command in commands {
      for more in [[], ["--width", "40"], ["-o", "markdown"]] {
        let result = try Program.run(command + more + ["--db", path], environment: ["YADOKARI_NOW": "2027-03-01T00:00:00Z"])
        #expect(!result.output.contains("\u{1B}") && !result.errors.contains("\u{1B}"), "\(command + more)")
      }
    }
  }
}
