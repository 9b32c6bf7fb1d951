import Foundation
import FoundationXML
import Inventory
import TestSupport
import Testing

/// What was found wrong in reports of capacity, each as it was found.
@Suite struct CapacityReviewTests {
  private func report(_ file: String, _ more: [String] = ["-o", "json"]) throws -> (Program.Result, JSONValue?) {
    let folder = try ScratchFolder()
    let result = try Program.run(["report", "capacity", "--from", folder.write(file, to: "lab.json")] + more)
    return (result, (try? JSONValue(parsing: Data(result.output.utf8)))?["clusters"]?.arrayValue?.first)
  }

  private func host(_ name: String, mib: Int = 8192, _ more: String = "") -> String {
    #"{"name":"\#(name)","cores":4,"mem_mib":\#(mib)\#(more)}"#
  }

  private func vm(_ name: String, _ host: String, mib: Int, _ more: String = "") -> String {
    #"{"name":"\#(name)","host":"\#(host)","mem_mib":\#(mib),"vcpus":1\#(more)}"#
  }

  private func lab(_ hosts: [String], _ vms: [String]) -> String {
    #"{"name":"c","hosts":[\#(hosts.joined(separator: ","))],"vms":[\#(vms.joined(separator: ","))]}"#
  }

  /// Lines and bars of nothing but zeros had no scale.
  @Test func aFullClusterHasAPage() throws {
    let full = lab(["a", "b"].map { host($0) }, ["a", "b"].map { vm("v\($0)", $0, mib: 8192) })
    for file in [full, lab([host("a", #","connected":false"#)], [])] {
      let (result, _) = try report(file, ["-o", "html"])
      #expect(result.code == 0 && XMLParser(data: Data(result.output.utf8)).parse())
    }
  }

  @Test func noFailureIsSurvivedWhereNoOtherHostCanRunVMs() throws {
    let away = lab([host("a"), host("b", #","connected":false"#)], [vm("v", "a", mib: 1024)])
    let (_, cluster) = try report(away)
    #expect(cluster?["failures_tolerated"]?["proved"] == 0 && cluster?["after_failures"]?["cores"] == 0)
    #expect(try report(away, []).0.output.contains("Survives no host failure"))
    let (_, none) = try report(lab([host("a", #","connected":false"#)], [vm("v", "a", mib: 1024)]))
    #expect(none?["fit"] == .null && none?["failures_tolerated"] == .null)
  }

  /// The scenario `capacity` has a host that can go only where its VM does not go to the fullest host.
  @Test func whatWouldBeHasNoCourse() throws {
    let vms = [vm("x", "a", mib: 2048, #","cpu_demand":1"#), vm("y", "b", mib: 5000, #","cpu_demand":1"#)]
    let file = lab([host("a"), host("b"), host("c", mib: 16_384)], vms + [vm("z", "c", mib: 1024, #","cpu_demand":1"#)])
    let (_, cluster) = try report(file)
    #expect(
      cluster?["retire"]?.arrayValue?.last?["hosts"] == ["c"] || cluster?["retire"]?.arrayValue?.last?["hosts"] == ["a"])
    let without = try report(file, ["-o", "json", "--without", "a"]).1
    #expect(without?["failures_tolerated"]?["proved"] == 1)
    #expect(without?["trend"] == [] && without?["changed_since"] == .null)
  }

  @Test func aLimitOfVCPUsHoldsWhereHostsGo() throws {
    let four = #","vcpus":4,"cpu_demand":0.1"#
    let vms = ["a", "b"].map { #"{"name":"v\#($0)","host":"\#($0)","mem_mib":1024\#(four)}"# }
    let words = ["-o", "json", "--keep-failures", "0", "--max-vcpus-per-core", "1"]
    let (_, cluster) = try report(lab(["a", "b"].map { host($0) }, vms), words)
    #expect(cluster?["retire"]?.arrayValue?.allSatisfy { $0["hosts"] == [] } == true)
  }

  @Test func anOverfullHostIsSaidPlainly() throws {
    let (result, cluster) = try report(lab(["a", "b"].map { host($0) }, [vm("v", "a", mib: 9000, #","cpu_demand":1"#)]))
    #expect(result.code == 0 && cluster?["failures_tolerated"]?["argument"]?.stringValue?.hasPrefix("none") == true)
    #expect(cluster?["retire"]?.arrayValue?.allSatisfy { $0["hosts"] == [] && $0["staying"] == [] } == true)
  }

  @Test func equalNamesInTwoSourcesAreToldApart() throws {
    let folder = try ScratchFolder()
    let database = folder.path("two.db")
    for source in ["one", "two"] {
      let file = try folder.write(lab([host("a"), host("b")], [vm("v", "a", mib: 1024)]), to: "\(source).json")
      #expect(try Program.run(["import", file, "--source", source, "--db", database]).code == 0)
    }
    let table = try Program.run(["report", "capacity", "--db", database, "-o", "csv", "--table", "fit"]).output
    #expect(table.contains("one,c,") && table.contains("two,c,"))
    #expect(try Program.run(["report", "capacity", "--db", database]).output.contains("c of two: hosts"))
    let fit = ["capacity", "fit", "--vcpus", "1", "--memory", "1GiB", "--db", database]
    let proof = try Program.run(fit + ["--proof", folder.path("p.json")])
    #expect(proof.code == 5 && proof.errors.contains("--source"))
    #expect(try Program.run(fit + ["--without", "a"]).code == 5)
    #expect(try Program.run(fit + ["--without", "a", "--source", "two"]).code == 0)
  }

  /// Where vCPUs bind, best fit alone finds no place.
  @Test func fewVMsArePlacedInEveryWay() throws {
    let file = #"""
      {"name":"c","hosts":[{"name":"h1","cores":2,"mem_mib":27648,"node_mem_mib":874},{"name":"h2","cores":8,"mem_mib":27648},
       {"name":"h3","cores":4,"mem_mib":6144,"node_mem_mib":1225},{"name":"h4","cores":2,"mem_mib":28329,"node_mem_mib":734}],
       "vms":[{"name":"v1","host":"h2","mem_mib":8192,"vcpus":2},{"name":"v3","host":"h4","mem_mib":9216,"vcpus":1},
       {"name":"v4","host":"h2","mem_mib":11286,"vcpus":1,"mem_overhead_mib":148},{"name":"v5","host":"h1","mem_mib":3814,"vcpus":3}]}
      """#
    let folder = try ScratchFolder()
    let words = "capacity fit --vcpus 3 --memory 777MiB --keep-failures 1 --max-vcpus-per-core 2 -o csv"
    let path = try folder.write(file, to: "lab.json")
    let result = try Program.run(words.split(separator: " ").map(String.init) + ["--from", path])
    #expect(result.code == 0 && result.output.contains(",777,7,2,3,"), "\(result.output)")
  }

  /// Between two inventories that differ the one before counts.
  @Test func betweenInventoriesTheOneBeforeCounts() throws {
    let folder = try ScratchFolder()
    let database = folder.path("months.db")
    for (month, home) in [(1, "a"), (2, "a"), (3, "b")] {
      let text =
        #"{"name":"c","start":"2026-0\#(month)-01T00:00:00Z","hosts":[\#(host("a")),\#(host("b"))],"#
        + #""vms":[\#(vm("v", home, mib: 1024))]}"#
      #expect(try Program.run(["import", folder.write(text, to: "m\(month).json"), "--db", database]).code == 0)
    }
    let words = ["report", "capacity", "-o", "json", "--db", database, "--at"]
    let found = try JSONValue(parsing: Data(Program.run(words + ["2026-02-10T00:00:00Z"]).output.utf8))
    #expect(found["clusters"]?.arrayValue?.first?["vms_powered_on"] == 1)
    #expect(found["gaps"]?.arrayValue?.contains { $0["code"] == "time-between-imports" } == true)
    #expect(try Program.run(words + ["2026-02-01T00:00:00Z", "--since", "2026-03-01T00:00:00Z"]).code == 64)
  }
}
