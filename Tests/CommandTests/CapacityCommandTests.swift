import Foundation
import FoundationXML
import Inventory
import TestSupport
import Testing

/// What is left, asked for as a user asks.
@Suite struct CapacityCommandTests {
  private func run(_ words: String, _ more: [String] = []) throws -> Program.Result {
    try Program.run(words.split(separator: " ").map(String.init) + more)
  }

  private func json(_ result: Program.Result) throws -> JSONValue { try JSONValue(parsing: Data(result.output.utf8)) }

  private func cluster(_ hosts: String, _ vms: String, _ more: String = "") -> String {
    #"{"name":"c","hosts":[\#(hosts)],"vms":[\#(vms)]\#(more)}"#
  }

  // MARK: capacity fit

  @Test func aFitIsToldAndProved() throws {
    let folder = try ScratchFolder()
    let fit = "capacity fit --vcpus 2 --memory 4GiB --keep-failures 1 --from clusters/d8.json"
    let result = try run(fit + " -o json", ["--proof", folder.path("proof.json")])
    let found = try json(result)["clusters"]?.arrayValue?.first
    #expect(result.code == 0 && found?["cluster"] == "d8" && found?["keep_failures"] == 1)
    let profile = found?["fit"]?.arrayValue?.first
    #expect(profile?["vcpus"] == 2 && profile?["memory_mib"] == 4096 && profile?["fit"] == 94)
    #expect(profile?["fit_keeping_failures"] == 64 && profile?["upper_bound"] == 64)
    #expect(profile?["limited_by"] == "memory" && profile?["verdict"] == "proved")
    #expect(profile?["bound_by"]?.stringValue?.isEmpty == false)
    let proof = try JSONValue(parsing: Data(contentsOf: folder.url.appendingPathComponent("proof.json")))
    #expect(proof["evacuations"]?.arrayValue?.count == 8 && proof["keep_failures"] == 1 && proof["cluster"] == "d8")
    guard case .object(let new)? = proof["new"] else {
      Issue.record("no new VMs")
      return
    }
    #expect(new.reduce(0) { $0 + ($1.value.intValue ?? 0) } == 64)
    #expect(try run(fit, ["--proof", folder.path("proof.json")]).code == 5)
  }

  @Test func aClusterThatDoesNotSurviveIsRefused() throws {
    let folder = try ScratchFolder()
    let fit = "capacity fit --vcpus 2 --memory 4GiB --keep-failures 3 --from clusters/d8.json -o json"
    let result = try run(fit, ["--proof", folder.path("proof.json")])
    let found = try json(result)["clusters"]?.arrayValue?.first
    #expect(result.code == 4 && found?["fit"]?.arrayValue?.first?["fit_keeping_failures"] == .null)
    #expect(found?["obstacle"]?["hosts"] == ["host004", "host006", "host007"])
    #expect(found?["obstacle"]?["verdict"] == "impossible" && found?["obstacle"]?["because"] == "fragmentation")
    #expect(!FileManager.default.fileExists(atPath: folder.path("proof.json")))
  }

  @Test(arguments: [
    ("--vcpus 0 --memory 4GiB", 64), ("--vcpus 1 --memory much", 64), ("--vcpus 1 --memory 0", 64),
    ("--vcpus 1 --memory 1GiB --keep-failures -1", 64), ("--vcpus 1 --memory 1GiB --max-vcpus-per-core 0", 64),
    ("--vcpus 1 --memory 1GiB --cluster none", 3), ("--vcpus 1 --memory 1GiB --without none", 3),
    ("--vcpus 1 --memory 1GiB --add-hosts 1 --like none", 3), ("--vcpus 1 --memory 1GiB --add-vms 1", 64),
    ("--vcpus 1 --memory 1GiB --add-vms 9999 --like vm00001", 4), ("--vcpus 1 --memory 1GiB --source none", 3),
  ])
  func whatCannotBeAskedIsRefused(words: String, code: Int32) throws {
    let result = try run("capacity fit --from clusters/d8.json " + words)
    #expect(result.code == code && !result.errors.isEmpty, "\(result.errors)")
  }

  @Test func whatIfTellsWhatWouldBe() throws {
    func keeping(_ words: String) throws -> Int64? {
      let result = try run("capacity fit --vcpus 2 --memory 4GiB --keep-failures 1 --from clusters/d8.json -o json " + words)
      return try json(result)["clusters"]?.arrayValue?.first?["fit"]?.arrayValue?.first?["fit_keeping_failures"]?.intValue
    }
    let now = try #require(try keeping(""))
    // A host has 126 GiB.
    #expect(try keeping("--without host000") ?? 0 < now - 25)
    #expect(try keeping("--add-hosts 1 --like host000") ?? 0 > now + 25)
    #expect(try keeping("--add-vms 4 --like vm00001") ?? 0 < now)
  }

  // MARK: report capacity

  /// Every sum of each cluster, beside what a script reads out of the sheets' own cells.
  @Test(arguments: ["four-clusters", "two-clusters"])
  func theSumsOfAWorkbookAreThoseOfItsCells(name: String) throws {
    let script = Program.process([Project.fixture("rvtools/sums.py"), Project.fixture("rvtools/\(name).xlsx")])
    script.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    let pipe = Pipe()
    script.standardOutput = pipe
    try script.run()
    let expected = try JSONValue(parsing: pipe.fileHandleForReading.readDataToEndOfFile())
    let result = try run("report capacity --from rvtools/\(name).xlsx -o json")
    guard case .object(let sums) = expected, let clusters = try json(result)["clusters"]?.arrayValue else {
      Issue.record("no clusters")
      return
    }
    #expect(clusters.count == sums.count && sums.count > 1)
    for sum in sums {
      let cluster = try #require(clusters.first { $0["cluster"]?.stringValue == sum.key })
      func same(_ key: String, _ cell: String, by unit: Double = 1) {
        let (ours, cells) = (cluster[key]?.doubleValue, sum.value[cell]?.doubleValue)
        #expect(abs((ours ?? -1) - (cells ?? -unit) / unit) < 1e-6, "\(sum.key): \(key) is \(String(describing: ours))")
      }
      for (key, cell) in [
        ("hosts", "hosts"), ("vms", "vms"), ("vms_powered_on", "on"), ("cores", "cores"), ("vcpus", "vcpus"),
      ] {
        same(key, cell)
      }
      same("memory_gib", "memory", by: 1024)
      same("vm_memory_gib", "vm_memory", by: 1024)
      if sum.value["guest"] != nil { same("guest_consumed_tib", "guest", by: 1_048_576) }
      if sum.value["guest"] == nil { #expect(cluster["guest_consumed_tib"] == .null) }
    }
  }

  /// VMs of that workbook are on hosts under other names than its sheet of hosts gives them.
  @Test func whatIsNotKnownIsNotGuessed() throws {
    let report = try json(run("report capacity --from rvtools/four-clusters.xlsx -o json --cluster Cluster1"))
    let cluster = report["clusters"]?.arrayValue?.first
    for key in ["fit", "failures_tolerated", "retire"] { #expect(cluster?[key] == .null, "\(key)") }
    let codes = report["gaps"]?.arrayValue?.compactMap { $0["code"]?.stringValue } ?? []
    #expect(codes.contains("hosts-missing") && codes.contains("cpu-demand-by-host"))
    // Granted memory of VMs that run, of what the hosts of the sheet have.
    let ratio = cluster?["pooled"]?["memory_granted"]?["used_ratio"]?.doubleValue ?? 0
    #expect(abs(ratio - 1_224_168.0 / 1_310_545) < 1e-9)
    #expect(cluster?["pooled"]?["memory_active"]?["used_ratio"] == .null)
    // Of disks whose files nobody names no datastore is made up.
    let other = try json(run("report capacity --from rvtools/two-clusters.xlsx -o json"))
    #expect(other["clusters"]?.arrayValue?.allSatisfy { $0["datastores"] == [] } == true)
  }

  @Test func theReportHasTheContractsKeys() throws {
    let result = try run("report capacity --from clusters/d8.json -o json")
    let cluster = try #require(try json(result)["clusters"]?.arrayValue?.first)
    #expect(cluster["hosts"] == 8 && cluster["vms"] == 80 && cluster["memory_gib"] == .double(1024))
    #expect(cluster["after_failures"]?["cores"] == 112 && cluster["after_failures"]?["memory_gib"] == .double(896))
    #expect(cluster["failures_tolerated"]?["proved"] == 2)
    #expect(cluster["failures_tolerated"]?["next"]?["verdict"] == "impossible")
    #expect(cluster["failures_tolerated"]?["next"]?["short_of"]?["memory_mib"] == 512)
    let fits = cluster["fit"]?.arrayValue ?? []
    #expect(fits.first?["fit_keeping_failures"] == 64 && fits.count == 4)
    let retire = cluster["retire"]?.arrayValue ?? []
    #expect(retire.compactMap { $0["target_ratio"]?.doubleValue } == [0.7, 0.8, 0.9])
    #expect(retire.first?["saves"]?["cores"] == 32 && retire.first?["saves"]?["watts"] == .null)
    #expect(cluster["policies"]?["slots"]?["slots"]?.arrayValue?.count == 8)
    #expect(cluster["policies"]?["percentage"]?["memory"]?.doubleValue == 1)
    #expect(cluster["changed_since"] == .null && cluster["guest_consumed_tib"] == .null)
    #expect(cluster["trend"]?.arrayValue?.first?["verdict"] == "not_enough_history")
  }

  @Test func aPageStandsAloneAndIsDrawn() throws {
    let page = try run("report capacity --from clusters/d8.json -o html").output
    let parser = XMLParser(data: Data(page.utf8))
    #expect(parser.parse() && page.components(separatedBy: "<svg").count == 4)
    #expect(!page.contains("<script") && !page.contains("http://") && page.contains("<h1"))
  }

  @Test func tablesAreFilesToo() throws {
    let folder = try ScratchFolder()
    let result = try run("report capacity --from clusters/d8.json", ["--out", folder.path("tables")])
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path("tables")).sorted()
    #expect(result.code == 0)
    #expect(files == ["clusters", "datastores", "fit", "gaps", "hosts", "licences", "retire", "trend"].map { $0 + ".csv" })
    #expect(try run("report capacity --from clusters/d8.json -o csv --table nothing").code == 64)
  }

  // MARK: Odd clusters

  @Test func oddClustersAreSaidAndNotFatal() throws {
    let folder = try ScratchFolder()
    func report(_ text: String) throws -> JSONValue {
      let result = try run("report capacity -o json", ["--from", folder.write(text, to: "odd.json")])
      #expect(result.code == 0, "\(result.errors)")
      return try json(result)
    }
    let host = #"{"name":"a","cores":4,"mem_mib":1024}"#
    let overfull = try report(cluster(host, #"{"name":"v","host":"a","mem_mib":4096,"vcpus":2}"#))
    let first = overfull["clusters"]?.arrayValue?.first
    #expect(first?["pooled"]?["memory_granted"]?["used_ratio"]?.doubleValue == 4)
    #expect(first?["pooled"]?["memory_granted"]?["free_hosts"]?.doubleValue == -3)
    #expect(first?["failures_tolerated"]?["proved"] == 0)
    #expect(first?["fit"]?.arrayValue?.first?["fit"] == 0)
    #expect(first?["fit"]?.arrayValue?.first?["fit_keeping_failures"] == .null)
    let alone = try report(cluster(host, ""))
    #expect(alone["clusters"]?.arrayValue?.first?["failures_tolerated"]?["next"] == .null)
    let away = try report(cluster(#"{"name":"a","cores":4,"mem_mib":1024,"connected":false}"#, ""))
    #expect(away["gaps"]?.arrayValue?.contains { $0["code"] == "hosts-away" } == true)
  }

  // MARK: Its course

  @Test func changesAndTrendsComeFromEarlierInventories() throws {
    let folder = try ScratchFolder()
    let database = folder.path("months.db")
    for month in 1...6 {
      let vms = (0..<(month * 2)).map { #"{"name":"v\#($0)","host":"a","mem_mib":1024,"vcpus":1}"# }
      let extra = month == 6 ? #"{"name":"b","cores":4,"mem_mib":65536},"# : ""
      let text = #"""
        {"name":"c","start":"2026-0\#(month)-01T00:00:00Z","hosts":[\#(extra){"name":"a","cores":4,"mem_mib":65536}],
         "vms":[\#(vms.dropFirst(month == 6 ? 1 : 0).joined(separator: ","))]}
        """#
      let file = try folder.write(text, to: "m\(month).json")
      #expect(try run("import", [file, "--db", database]).code == 0)
    }
    let last = try json(run("report capacity -o json", ["--db", database]))["clusters"]?.arrayValue?.first
    #expect(last?["changed_since"]?["since"] == "2026-05-01T00:00:00.000000Z")
    #expect(last?["changed_since"]?["hosts_added"] == ["b"] && last?["changed_since"]?["hosts_removed"] == [])
    #expect(last?["changed_since"]?["vms_added"] == ["v10", "v11"] && last?["changed_since"]?["vms_removed"] == ["v0"])
    // Two VMs of 1 GiB a month into 64 GiB of which 10 are used.
    let may = try json(run("report capacity -o json --at 2026-05-01T00:00:00Z", ["--db", database]))
    let trend = may["clusters"]?.arrayValue?.first?["trend"]?.arrayValue?.first
    #expect(trend?["verdict"] == "grows" && trend?["points"]?.arrayValue?.count == 5)
    #expect(abs((trend?["days_left"]?.doubleValue ?? 0) - 54 / (8.0 / 120)) < 25)
    #expect(may["clusters"]?.arrayValue?.first?["vms"] == 10)
  }
}
