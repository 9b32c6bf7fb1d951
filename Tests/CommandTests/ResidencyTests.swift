import Foundation
import Inventory
import TestSupport
import Testing

/// Where VMs ran, as the program tells it.
@Suite struct ResidencyTests {
  private static let sample =
    ["about", "collect-cluster", "collect-hosts", "collect-vms"].flatMap { ["--from", "vcenter-a/govc-\($0).json"] }
    + ["--from", "vcenter-a/govc-events.xml"]

  private func report(_ arguments: String...) throws -> Program.Result {
    try Program.run(["report", "residency"] + Self.sample + arguments)
  }

  private func document(_ arguments: [String]) throws -> JSONValue {
    let result = try Program.run(["report", "residency", "-o", "json"] + arguments)
    // Of one of the workbooks a record is set aside.
    #expect(result.code == 0 || result.code == 2 && result.errors.contains("1 record set aside"), "\(result.errors)")
    return try JSONValue(parsing: Data(result.output.utf8))
  }

  /// The stays of each VM meet, hold no hour twice, and change hosts where it was moved.
  @Test func theStaysOfTheSampleFollowItsMoves() throws {
    let document = try document(Self.sample + ["--match", "DC0_C0_*"])
    let answers = try JSONValue(parsing: Data(contentsOf: URL(fileURLWithPath: Project.fixture("vcenter-a/answers.json"))))
    let vms = try #require(document["vms"]?.arrayValue)
    #expect(vms.count == 12 && document["schema"] == "yadokari.residency/1")
    for vm in vms {
      let stays = try #require(vm["stays"]?.arrayValue)
      #expect(zip(stays, stays.dropFirst()).allSatisfy { $0["to"] == $1["from"] })
      #expect(stays.last?["to"] == document["until"])
      for stay in stays {
        let ends = try ["from", "to"].map { try #require(Instant(rfc3339: stay[$0]?.stringValue ?? "")) }
        #expect(abs((stay["hours"]?.doubleValue ?? -1) * 3600 - ends[1].seconds(since: ends[0])) < 0.01)
      }
      guard case .string(let name)? = vm["vm"], let moves = answers["migrations_posted"]?[name]?.arrayValue else { continue }
      let hosts = stays.compactMap { $0["host"]?.stringValue }
      let changes = zip(hosts, hosts.dropFirst()).filter { $0 != $1 }.map { $0.1 }
      let last = moves.last?.arrayValue?[1].stringValue
      #expect(last.map(changes.contains) == true, "\(name)")
    }
  }

  @Test func theHeadIsThatOfTheChain() throws {
    let folder = try ScratchFolder()
    let db = ["--db", folder.path("lab.db")]
    #expect(try Program.run(["import", "clusters/where-can-it-go.json"] + db).code == 0)
    let document = try document(db)
    let head = try Program.run(["event", "head"] + db).output
    let hash = try #require(document["head"]?["hash"]?.stringValue)
    #expect(head.trimmingCharacters(in: .newlines) == "\(document["head"]?["seq"]?.intValue ?? 0) \(hash)")
    #expect(try Program.run(["event", "verify", "--head", hash] + db).code == 0)
  }

  /// Each of the hosts that cannot take a VM is left out for a reason that the file was made for.
  @Test func whereAVMCouldHaveRunIsWhatTheInventoryAllows() throws {
    let document = try document(["--from", "clusters/where-can-it-go.json", "--cores-per-socket-minimum", "6"])
    var could: [String: JSONValue] = [:]
    for vm in document["vms"]?.arrayValue ?? [] { could[vm["vm"]?.stringValue ?? ""] = vm["could_have_run_on"] }
    #expect(could["web1"] == ["esx01", "esx02", "esx04"], "esx03 has no DMZ, old01 no DMZ and no san1")
    #expect(could["db1"] == ["esx01", "esx02"], "esx03 sees its LUN under another number, esx04 not at all")
    #expect(could["fax"] == ["esx01", "old01"], "nobody else sees its datastore")
    let erp = try #require(document["vms"]?.arrayValue?.first { $0["vm"] == "erp" })
    #expect(erp["hosts"] == 1 && erp["sockets"] == 1 && erp["cores"] == 4 && erp["cores_with_minimum"] == 6)
    #expect(document["summary"]?["could_cores_with_minimum"] == .int(8 + 8 + 8 + 6 + 6))
  }

  @Test func aWorkbookOfRVToolsIsAnInventory() throws {
    let document = try document(["--from", "rvtools/two-clusters.xlsx", "--cores-per-socket-minimum", "16"])
    #expect(document["gaps"]?.arrayValue?.map { $0["code"] } == ["inventories-only"])
    let host = try #require(document["hosts"]?.arrayValue?.first { $0["host"] == "esxhost03.next.local" })
    #expect(host["sockets"] == 2 && host["cores"] == 16 && host["cores_with_minimum"] == 32)
    #expect(host["model"] == "Dell Inc. PowerEdge R720" && host["cpu_model"]?.stringValue?.contains("E5-2690 0") == true)
    let summary = try #require(document["summary"])
    #expect(summary["vms_ran"] == 109 && summary["cores"] == 192 && summary["cores_with_minimum"] == 256)
  }

  @Test func itIsPrintedInEveryForm() throws {
    #expect(try report().output.contains("yadokari event verify --head "))
    let lines = try report("-o", "csv").output.components(separatedBy: "\r\n")
    #expect(lines[0].hasPrefix("vm,vm_id,source,host,host_id,cluster,from,to,hours,power,sockets,cores,"))
    let stays = lines.count - 2
    let items = try report("-o", "ndjson").output.split(separator: "\n").map { try JSONValue(parsing: Data($0.utf8)) }
    #expect(items.reduce(0) { $0 + ($1["stays"]?.arrayValue?.count ?? 0) } == stays && stays > 24)
    #expect(try report("-o", "markdown").output.contains("## Each stay"))
    #expect(try report("-o", "html").output.contains("</html>"))
    let hosts = try report("-o", "csv", "--table", "hosts").output.components(separatedBy: "\r\n")
    #expect(hosts[0].hasPrefix("host,host_id,source,sockets,cores,cores_with_minimum,cpu_model,model,vms,"))
    let folder = try ScratchFolder()
    #expect(try report("--out", folder.path("tables")).code == 0)
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path("tables")).sorted()
    #expect(files == ["gaps.csv", "hosts.csv", "stays.csv", "vms.csv"])
    #expect(try report("-o", "html").output == report("-o", "html").output)
  }

  @Test(
    arguments: [
      (["--vm", "nobody"], 3, "nobody"), (["--host", "nobody"], 3, "nobody"), (["--cluster", "nobody"], 3, "nobody"),
      (["--source", "nobody"], 3, "nobody"), (["--match", "nobody*"], 3, "fits the pattern"),
      (["--match", "[a"], 64, "without ]"), (["--match", "a*", "--vm", "a"], 64, "exclude each other"),
      (["--vm", ""], 64, "blank"), (["--cores-per-socket-minimum", "0"], 64, "1 or more"),
      (["--since", "2026-11-24T00:00:00Z", "--until", "2026-11-23T00:00:00Z"], 64, "swap them"),
      (["--table", "stays"], 64, "goes with -o csv"),
    ] as [([String], Int32, String)])
  func whatCannotBeAnsweredIsRefused(arguments: [String], code: Int32, words: String) throws {
    let result = try Program.run(["report", "residency"] + Self.sample + arguments)
    #expect(result.code == code && result.errors.contains(words) && result.output.isEmpty, "\(result.errors)")
  }
}
