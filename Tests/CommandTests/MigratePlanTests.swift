import Foundation
import Inventory
import TestSupport
import Testing

/// `vm migrate --plan` as scripts use it.
@Suite struct MigratePlanTests {
  private let lab = ["--from", "clusters/where-can-it-go.json"]

  private func plan(_ arguments: [String]) throws -> (code: Int32, targets: [JSONValue]) {
    let result = try Program.run(["vm", "migrate"] + arguments + ["--plan", "-o", "json"])
    let document = try JSONValue(parsing: Data(result.output.utf8))
    #expect(document["schema"]?.stringValue == "yadokari.migration-plan/1" && document["at"]?.stringValue != nil)
    return (result.code, document["targets"]?.arrayValue ?? [])
  }

  @Test func theDocumentIsAsPromised() throws {
    let (code, targets) = try plan(["web1"] + lab)
    #expect(code == 4 && targets.count == 5 && targets.allSatisfy { $0["ok"] == .bool(false) })
    let old = try #require(targets.first { $0["host"]?.stringValue == "esx03" })
    let reason = try #require(
      old["reasons"]?.arrayValue?.first { $0["code"]?.stringValue == "cpu-features-missing" })
    #expect(reason["severity"]?.stringValue == "error" && reason["features"] == .array([.string("sse4.1")]))
    #expect(reason["text"]?.stringValue?.isEmpty == false && reason["cure"]?.stringValue?.isEmpty == false)
  }

  @Test func possibleHostsComeFirst() throws {
    let (code, targets) = try plan(["files"] + lab)
    #expect(code == 0)
    #expect(targets.map { $0["host"]?.stringValue } == ["esx01", "esx03", "esx02", "esx04", "old01"])
    #expect(targets.map { $0["ok"] } == [true, true, false, false, false].map { .bool($0) })
  }

  /// What a move would take is told where it is possible, and where how much the VM writes is known.
  @Test func possibleMovesAreForecast() throws {
    let targets = try plan(["files"] + lab).targets
    for target in targets { #expect((target["forecast"] != .null) == (target["ok"] == .bool(true)), "\(target)") }
    let forecast = try #require(targets.first?["forecast"])
    #expect(forecast["ending"]?.stringValue == "completed" && forecast["passes"]?.intValue == 1)
    #expect(forecast["bytes"]?.intValue == 2048 << 20 && forecast["duration_s"]?.doubleValue == 18.618182)
    #expect(forecast["downtime_ms"]?.doubleValue == 0)
    let mirror = try Program.run(["vm", "relocate", "db1", "--plan", "-o", "csv"] + lab)
    #expect(mirror.output.contains("8 min 32 s, 1 pass, 40960 MiB, no pause"))
    let vcenter = ["--from", "vcenter-a/govc-events.xml", "--from", "vcenter-a/govc-collect-vms.json"]
    #expect(try plan(["DC0_C0_RP0_VM4"] + vcenter).targets.allSatisfy { $0["forecast"] == .null })
  }

  @Test func refusalsHaveTheirCodes() throws {
    let cases: [([String], Int32)] = [
      (["files", "--plan", "--to", "esx03"], 0), (["web1", "--plan", "--to", "esx02"], 4),
      (["nobody", "--plan"], 3), (["web1", "--plan", "--to", "nowhere"], 3),
      (["web1", "--plan", "--datastore", "nowhere"], 3), (["web1"], 64), (["web1", "--to", "esx02"], 7),
      (["nobody", "--to", "esx02"], 3), (["web1", "--plan", "--to", " "], 64),
    ]
    for (arguments, code) in cases {
      let result = try Program.run(["vm", "migrate"] + arguments + lab)
      #expect(result.code == code, "\(arguments): \(result.errors)")
      #expect(code == 0 || code == 4 || result.output.isEmpty && !result.errors.isEmpty, "\(arguments)")
    }
  }

  @Test func datastoresAreAskedForLikewise() throws {
    let cases: [([String], Int32)] = [
      (["web1", "--plan"], 0), (["web1", "--plan", "--to-datastore", "san1"], 4), (["web1"], 64),
      (["db1", "--plan", "--to-datastore", "san2", "--way", "redo_log"], 4), (["web1", "--to-datastore", "san2"], 7),
      (["web1", "--plan", "--to-datastore", "nowhere"], 3),
      (["web1", "--plan", "--way", "redo_log", "--log-datastore", "nowhere"], 3),
      (["web1", "--plan", "--way", "teleport"], 64), (["db1", "--plan", "--log-datastore", "san2"], 64),
      (["db1", "--plan", "--to-datastore", "san2", "--disk", "0=san1", "--disk", "0=san2"], 64),
    ]
    for (arguments, code) in cases {
      let result = try Program.run(["vm", "relocate"] + arguments + lab)
      #expect(result.code == code, "\(arguments): \(result.errors)")
    }
  }

  @Test func aNameThatSeveralBearIsRefused() throws {
    let folder = try ScratchFolder()
    let database = folder.path("a.db")
    for source in ["a", "b"] {
      let file = ["import", "clusters/where-can-it-go.json", "--source", source, "--db", database]
      #expect(try Program.run(file).code == 0)
    }
    let both = try Program.run(["vm", "migrate", "web1", "--plan", "--db", database])
    #expect(both.code == 5 && both.errors.contains("--source"))
    let (code, targets) = try plan(["files", "--source", "b", "--db", database])
    #expect(code == 0 && targets.count == 5)
    let mapped = try Program.run(["rdm", "list", "--db", database, "-o", "ndjson"]).output
    #expect(mapped.split(separator: "\n").count == 4)
  }

  /// What an import does not say is not checked, and that is said.
  @Test func anImportedInventoryIsPlannedWithItsGaps() throws {
    let vcenter = ["--from", "vcenter-a/govc-events.xml", "--from", "vcenter-a/govc-collect-vms.json"]
    let (code, targets) = try plan(["DC0_C0_RP0_VM4"] + vcenter)
    #expect(code == 0 && targets.count == 8)
    for target in targets where target["ok"] == .bool(true) {
      let codes = target["reasons"]?.arrayValue?.compactMap { $0["code"]?.stringValue } ?? []
      #expect(codes.contains("not-known"), "\(target)")
    }
    let then = ["--from", "vcenter-a/govc-events.xml", "--at", "2026-11-23T11:18:53.011827Z"]
    let inMaintenance = try plan(["DC0_C0_RP0_VM4", "--to", "DC0_C1_H3"] + then)
    #expect(inMaintenance.code == 4)
    #expect(inMaintenance.targets.first?["reasons"]?.arrayValue?.first?["code"]?.stringValue == "host-in-maintenance")
    let report = try Program.run(["report", "rdm", "-o", "json"] + vcenter)
    #expect(report.code == 0 && report.output.contains(#""code":"rdm-not-known""#))
  }
}
