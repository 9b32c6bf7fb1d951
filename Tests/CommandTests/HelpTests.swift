import Foundation
import Inventory
import TestSupport
import Testing

/// Every command as the program itself describes it.
@Suite struct HelpTests {
  private struct Described {
    let words: [String]
    let abstract: String
    let discussion: String
    let arguments: [JSONValue]
  }

  private func commands() throws -> [Described] {
    let help = try Program.run(["--experimental-dump-help"]).output
    return described(try #require(try JSONValue(parsing: Data(help.utf8))["command"]), below: [])
  }

  private func described(_ command: JSONValue, below words: [String]) -> [Described] {
    let name = command["commandName"]?.stringValue ?? ""
    guard name != "help" else { return [] }
    let own = Described(
      words: words + [name], abstract: command["abstract"]?.stringValue ?? "",
      discussion: command["discussion"]?.stringValue ?? "", arguments: command["arguments"]?.arrayValue ?? [])
    return [own] + (command["subcommands"]?.arrayValue ?? []).flatMap { described($0, below: own.words) }
  }

  /// The lines below EXAMPLE.
  private func examples(_ command: Described) -> [String] {
    command.discussion.components(separatedBy: "\n").drop { $0 != "EXAMPLE" }.dropFirst().map {
      $0.trimmingCharacters(in: .whitespaces)
    }
  }

  @Test func everyCommandSaysWhatItIsAndHasAnExample() throws {
    let commands = try commands()
    #expect(commands.count > 25)
    for command in commands {
      let spoken = command.words.joined(separator: " ")
      #expect(!command.abstract.isEmpty && command.abstract.hasSuffix(".") || command.abstract.hasSuffix("?"), "\(spoken)")
      let mentions = examples(command).contains { $0.contains("yadokari \(command.words.dropFirst().first ?? "")") }
      #expect(mentions, "\(spoken) has no example")
      for argument in command.arguments { #expect(argument["abstract"]?.stringValue?.isEmpty == false, "\(spoken)") }
      let environment = ["db": "YADOKARI_DB", "no-color": "NO_COLOR", "zone": "TZ"]
      for argument in command.arguments {
        guard let name = argument["preferredName"]?["name"]?.stringValue, let variable = environment[name] else { continue }
        #expect(argument["abstract"]?.stringValue?.contains(variable) == true, "\(spoken) --\(name)")
      }
    }
  }

  /// In the order of the help, as one would try them: in a folder with an export, from no database on.
  @Test func everyExampleWorks() throws {
    let folder = try ScratchFolder()
    try FileManager.default.copyItem(atPath: Project.fixture("stories/two-hosts"), toPath: folder.path("exports"))
    try FileManager.default.copyItem(atPath: Project.fixture("rvtools/small.xlsx"), toPath: folder.path("RVTools.xlsx"))
    let program = try #require(Program.process([]).executableURL)
    let events = "\"Key\",\"CreatedTime\",\"UserName\",\"FullFormattedMessage\"\r\n"
    _ = try folder.write(events + "\"9001\",\"10/13/2026 9:20:00 AM\",\"\",\"Nothing of note\"\r\n", to: "vievents.csv")
    let restarts = "When,What happened\n10/13/2026 9:20:00 AM,Nothing of note\n"
    _ = try folder.write(restarts, to: "restarts.csv")
    let syslog = "Event [9002] [1-1] [2026-10-13T09:20:00Z] [vim.event.TaskEvent] [info] [] [] [9002] [Task: none]\n"
    _ = try folder.write(syslog, to: "vcenter-syslog.log")
    let gzip = try Process.run(
      URL(fileURLWithPath: "/usr/bin/gzip"), arguments: [folder.path("vcenter-syslog.log")])
    gzip.waitUntilExit()
    try prepareMoves(in: folder)
    var count = 0
    for command in try commands() {
      for example in examples(command) where !example.hasPrefix("govc ") {
        count += 1
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/bash")
        shell.arguments = ["-c", example]
        shell.currentDirectoryURL = folder.url
        shell.environment = [
          "PATH": "\(program.deletingLastPathComponent().path):/usr/bin:/bin", "YADOKARI_DB": folder.path("yadokari.db"),
          "YADOKARI_NOW": "2026-10-14T00:00:00Z", "TZ": "UTC",
        ]
        shell.standardOutput = FileHandle.nullDevice
        let errors = folder.path("errors")
        try Data().write(to: URL(fileURLWithPath: errors))
        shell.standardError = FileHandle(forWritingAtPath: errors)
        try shell.run()
        shell.waitUntilExit()
        let said = try String(contentsOfFile: errors, encoding: .utf8)
        #expect(shell.terminationStatus == 0, "\(example): \(said)")
      }
    }
    #expect(count > 25)
  }

  /// Plays of which one ended, one was broken off, and one left a move to a person.
  private func prepareMoves(in folder: ScratchFolder) throws {
    func scenario(_ more: String, way: String = #""do": "vm.migrate", "vm": "web1", "to": "esx02""#) -> String {
      let hosts = #"""
        [{"name": "esx01", "cores": 8, "mem_mib": 16384}, {"name": "esx02", "cores": 8, "mem_mib": 16384},
         {"name": "old01", "cores": 8, "mem_mib": 16384, "product": "ESX 2.5.4"}]
        """#
      let datastores = #"""
        [{"name": "san-a", "capacity_mib": 20000}, {"name": "san-b", "capacity_mib": 20000, "hosts": ["esx01", "esx02"]},
         {"name": "vmfs2", "format": "vmfs2", "capacity_mib": 9000}]
        """#
      let disks = #"[{"datastore": "san-a", "mib": 4000}, {"datastore": "san-a", "mib": 1000}]"#
      let vms = #"""
        [{"name": "web1", "host": "esx01", "mem_mib": 4096, "vcpus": 2, "disks": \#(disks)},
         {"name": "old1", "host": "old01", "mem_mib": 1024, "vcpus": 1, "disks": [{"datastore": "vmfs2", "mib": 4000}]}]
        """#
      let move = #"{"at_s": 10, \#(way)}"#
      return
        #"{"name": "lab", "hosts": \#(hosts), "datastores": \#(datastores), "vms": \#(vms), "timeline": [\#(move)\#(more)]}"#
    }
    let cut =
      #", {"at_s": 20, "do": "host.storage_cut", "host": "esx01"}, "#
      + #"{"at_s": 3000, "do": "host.storage_restore", "host": "esx01"}, "#
      + #"{"at_s": 3001, "do": "vm.power_off", "vm": "old1"}"#
    let files = #""do": "vm.migrate_storage", "vm": "web1", "datastore": "san-b""#
    let (whole, parked) = try (
      folder.write(scenario(""), to: "scenario.json"), folder.write(scenario(cut, way: files), to: "cut.json")
    )
    #expect(try Program.run(["sim", "run", whole, "--db", folder.path("lab.db")]).code == 0)
    #expect(try Program.run(["sim", "run", whole, "--db", folder.path("open.db"), "--die-at-checkpoint", "3"]).code == 9)
    #expect(try Program.run(["sim", "run", parked, "--db", folder.path("parked.db")]).output.contains("parked"))
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func completionIsAScriptOfTheShell(shell: String) throws {
    let script = try Program.run(["completion", shell])
    #expect(script.code == 0 && script.output.contains("yadokari") && script.output.contains("affected"))
    #expect(try Program.run(["completion", "csh"]).code == 64)
  }

  @Test func everyCommandHasAManualPage() throws {
    let folder = try ScratchFolder()
    let process = Process()
    process.executableURL = Project.root.appendingPathComponent("tools/man")
    process.arguments = [folder.path("man"), try #require(Program.process([]).executableURL).path]
    process.environment = ProcessInfo.processInfo.environment
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    for command in try commands() {
      let page = try String(contentsOfFile: folder.path("man/\(command.words.joined(separator: "-")).1"), encoding: .utf8)
      for part in [".TH ", ".SH NAME", ".SH SYNOPSIS", ".SH EXAMPLES", ".SH ENVIRONMENT", ".SH EXIT STATUS\n.TP\n0\n"] {
        #expect(page.contains(part), "\(command.words) \(part)")
      }
    }
  }
}
