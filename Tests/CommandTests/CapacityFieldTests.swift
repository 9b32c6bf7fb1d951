import Foundation
import Inventory
import TestSupport
import Testing

/// Capacity as people met it: reservations, hosts in no cluster, what a vCenter tells, and names.
@Suite struct CapacityFieldTests {
  private func run(_ words: String, from file: String? = nil) throws -> Program.Result {
    try Program.run(words.split(separator: " ").map(String.init) + (file.map { ["--from", $0] } ?? []))
  }

  private func json(_ words: String, from file: String, code: Int32 = 0) throws -> JSONValue {
    let result = try run(words + " -o json", from: file)
    #expect(result.code == code, "\(result.errors)")
    return try JSONValue(parsing: Data(result.output.utf8))
  }

  private func first(_ document: JSONValue) throws -> JSONValue { try #require(document["clusters"]?.arrayValue?.first) }

  // MARK: Reservations

  /// The worked example of VMware's availability guide: all five reserve 7000 MHz, H3 has 6000.
  @Test func thePublishedExampleIsAsPublished() throws {
    let file = "field/B10-cpu-reservations/worked-example.json"
    let cluster = try first(json("report capacity", from: file))
    #expect(cluster["policies"]?["slots"]?["slot_mhz"] == 2000 && cluster["policies"]?["slots"]?["slots"] == [4, 3, 3])
    #expect(cluster["policies"]?["slots"]?["failures_tolerated"] == 1)
    #expect(cluster["policies"]?["percentage"]?["failures_tolerated"] == 1)
    let tolerated = cluster["failures_tolerated"]
    #expect(tolerated?["proved"] == 1 && tolerated?["next"]?["hosts"] == ["H1", "H2"])
    #expect(tolerated?["next"]?["verdict"] == "impossible" && tolerated?["next"]?["because"] == "sum")
    #expect(tolerated?["next"]?["short_of"]?["cpu_mhz"] == 1000 && tolerated?["next"]?["short_of"]?["memory_mib"] == 0)
    #expect(try run("report capacity", from: file).output.contains("(1000 MHz of CPU short)"))
  }

  @Test func whatIsReservedIsHard() throws {
    let file = "field/B10-cpu-reservations/two-hosts.json"
    let cluster = try first(json("report capacity", from: file))
    #expect(cluster["failures_tolerated"]?["proved"] == 0)
    let keeping = try first(json("capacity fit --vcpus 2 --memory 4GiB --keep-failures 1", from: file, code: 4))
    let fit = keeping["fit"]?.arrayValue?.first
    #expect(fit?["fit"] == 28 && fit?["fit_keeping_failures"] == .null && fit?["verdict"] == "impossible")
    #expect(fit?["limited_by"] == "cpu_reservation" && keeping["obstacle"]?["short_of"]?["cpu_mhz"] == 4000)
    // New VMs reserve nothing.
    let free = try first(json("capacity fit --vcpus 2 --memory 4GiB", from: file))
    #expect(free["fit"]?.arrayValue?.first?["fit_keeping_failures"] == 28)
    #expect(free["fit"]?.arrayValue?.first?["limited_by"] == "memory")
    // The plan of a move says the same.
    let plan = try run("vm migrate vm0 --plan --to b -o json", from: file)
    #expect(plan.code == 4 && plan.output.contains("cpu-reservation-short"))
  }

  private func lab(_ hosts: [String], _ vms: [String]) -> String {
    #"{"name":"c","hosts":[\#(hosts.joined(separator: ","))],"vms":[\#(vms.joined(separator: ","))]}"#
  }

  /// One VM reserves more than any other host has left, and memory is no matter.
  @Test func aLargeReservationNeedsOneHost() throws {
    let folder = try ScratchFolder()
    let hosts = ["a", "b", "c"].map { #"{"name":"\#($0)","cores":2,"mhz":2000,"mem_mib":65536}"# }
    let vms = ["a": 3000, "b": 2000, "c": 1500].sorted { $0.key < $1.key }.map {
      #"{"name":"v\#($0.key)","host":"\#($0.key)","mem_mib":1024,"vcpus":1,"cpu_demand":0.1,"cpu_reservation_mhz":\#($0.value)}"#
    }
    let file = try folder.write(lab(hosts, vms), to: "lab.json")
    let cluster = try first(json("report capacity", from: file))
    let next = cluster["failures_tolerated"]?["next"]
    #expect(next?["hosts"] == ["a"] && next?["because"] == "fragmentation" && next?["unplaced"] == ["va"])
    #expect(next?["short_of"]?["cpu_mhz"] == 500 && next?["short_of"]?["memory_mib"] == 0)
    // Nor can the host go, whatever its load.
    let zero = try first(json("report capacity --keep-failures 0", from: file))
    for retire in zero["retire"]?.arrayValue ?? [] {
      #expect(retire["hosts"]?.arrayValue?.contains("a") == false)
    }
    #expect(try run("capacity fit --vcpus 1 --memory 1GiB --without a", from: file).code == 4)
    #expect(try run("capacity fit --vcpus 1 --memory 1GiB --add-vms 1 --like va", from: file).code == 4)
    #expect(try run("capacity fit --vcpus 1 --memory 1GiB --add-vms 1 --like vb", from: file).code == 0)
  }

  /// The proof is of reservations, too: the VM goes to the host with MHz, not to the one with memory.
  @Test func aProofKeepsReservations() throws {
    let folder = try ScratchFolder()
    let hosts = [("a", 4000, 16_384), ("b", 8000, 16_384), ("c", 4000, 65_536)].map {
      #"{"name":"\#($0.0)","cores":2,"mhz":\#($0.1 / 2),"mem_mib":\#($0.2)}"#
    }
    let vms = [("x", "a", 3500), ("y", "c", 1000)].map {
      #"{"name":"\#($0.0)","host":"\#($0.1)","mem_mib":2048,"vcpus":1,"cpu_reservation_mhz":\#($0.2)}"#
    }
    let file = try folder.write(lab(hosts, vms), to: "lab.json")
    let result = try run(
      "capacity fit --vcpus 1 --memory 2GiB --keep-failures 1 --proof \(folder.path("p.json"))", from: file)
    #expect(result.code == 0, "\(result.errors)")
    let proof = try JSONValue(parsing: Data(contentsOf: folder.url.appendingPathComponent("p.json")))
    let lost = proof["evacuations"]?.arrayValue?.first { $0["failed"] == ["a"] }
    #expect(lost?["to"]?["x"] == "b" && proof["cluster"] == "c")
  }

  // MARK: Hosts in no cluster

  @Test func aHostInNoClusterIsAPoolOfOne() throws {
    let file = "field/B13-standalone-host/b13-standalone.xlsx"
    let host = try first(json("report capacity", from: file))
    #expect(host["cluster"] == .null && host["host"] == "esx-alone.example.test" && host["host_id"] == "ha-host")
    #expect(host["hosts"] == 1 && host["sockets"] == 1 && host["cores"] == 16 && host["memory_gib"]?.doubleValue == 128)
    #expect(host["vms_powered_on"] == 5 && host["vcpus"] == 10 && host["vm_memory_gib"]?.doubleValue == 40)
    #expect(host["pooled"]?["memory_granted"]?["used_ratio"]?.doubleValue == 0.3125)
    #expect(abs((host["pooled"]?["cpu_demand"]?["used_ratio"]?.doubleValue ?? 0) - 0.2) < 1e-9)
    #expect(host["failures_tolerated"]?["proved"] == 0)
    // A datastore is there, whether a VM lies on it or not.
    #expect(host["datastores"]?.arrayValue?.compactMap { $0["datastore"]?.stringValue } == ["datastore1", "san01"])
    let free = try first(json("capacity fit --vcpus 2 --memory 8GiB", from: file))
    #expect(free["fit"]?.arrayValue?.first?["fit"] == 11 && free["cluster"] == .null)
    let kept = try first(json("capacity fit --vcpus 2 --memory 8GiB --keep-failures 1", from: file, code: 4))
    #expect(kept["fit"]?.arrayValue?.first?["fit_keeping_failures"] == .null)
    for form in ["table", "markdown", "html", "csv", "ndjson"] {
      let result = try run("report capacity -o \(form)", from: file)
      #expect(result.code == 0 && result.output.contains("esx-alone.example.test"), "\(form)")
    }
    let hosts = try run("report capacity -o csv --table hosts", from: file).output
    #expect(hosts.contains(",,esx-alone.example.test,yes,5,16,"), "\(hosts)")
  }

  private func vHost(_ rows: [String], _ vms: [String]) -> WorkbookFile {
    WorkbookFile(tables: [
      "vHost": ["Host|Cluster|Speed|# CPU|# Cores|# Memory|CPU usage %|Object ID"] + rows,
      "vInfo": ["VM|Powerstate|CPUs|Memory|Cluster|Host|VM ID"] + vms,
    ])
  }

  @Test func clustersAndHostsInNoneAreBothAnswered() throws {
    let folder = try ScratchFolder()
    let workbook = vHost(
      ["e1|prod|2000|2|8|65536|10|host-1", "e2|prod|2000|2|8|65536|10|host-2", "alone||2000|1|4|16384|50|host-3"],
      ["a|poweredOn|2|4096|prod|e1|vm-1", "b|poweredOn|2|4096||alone|vm-2", "c|poweredOff|1|1024||alone|vm-3"])
    let file = try folder.write(workbook.data, to: "mixed.xlsx")
    let document = try json("report capacity", from: file)
    let pools = document["clusters"]?.arrayValue ?? []
    #expect(pools.map { $0["cluster"] } == ["prod", .null] && pools.map { $0["host"] } == [.null, "alone"])
    #expect(pools.last?["vms"] == 2 && pools.last?["vcpus"] == 3 && pools.first?["vms"] == 1)
    #expect(document["gaps"]?.arrayValue?.contains { $0["code"] == "outside-clusters" } == false)
    let text = try run("report capacity", from: file).output
    #expect(
      text.contains("host alone: 1 host, 1 VM running of 2") || text.contains("host alone: 1 host, 1 VMs running of 2"))
    func codes(_ words: String) throws -> Int32 { try run("capacity fit --vcpus 1 --memory 1GiB " + words, from: file).code }
    #expect(try codes("") == 0)
    #expect(try codes("--keep-failures 1") == 4)
    #expect(try codes("--keep-failures 1 --cluster prod") == 0)
    #expect(try codes("--keep-failures 1 --host alone") == 4)
    #expect(try codes("--host host-3") == 0)
    // A host in a cluster is no pool; nor are both asked for.
    #expect(try codes("--host e1") == 3)
    #expect(try codes("--host nothing") == 3)
    #expect(try codes("--host alone --cluster prod") == 64)
    // Its VMs have nowhere to go.
    #expect(try codes("--without alone") == 4)
    let more = try json("capacity fit --vcpus 1 --memory 1GiB --add-hosts 1 --like alone", from: file)
    #expect(more["clusters"]?.arrayValue?.count == 3)
  }

  /// Of what is only heard of, neither cluster nor size is known: it is said, and no answer is no good answer.
  @Test func whatIsOnlyHeardOfIsSaid() throws {
    let folder = try ScratchFolder()
    let text = "CreatedTime,FullFormattedMessage\r\n09/01/2026 10:00:00,web1 on esx9 in DC1 is powered on\r\n"
    let file = try folder.write(text, to: "events.csv")
    let result = try run("report capacity --tz UTC --date-order dmy", from: file)
    #expect(result.code == 2 && result.output.contains("outside-clusters"), "\(result.output) \(result.errors)")
  }

  // MARK: Sockets and cores

  @Test func socketsAndCoresThatTheSourceLacksAreNull() throws {
    let folder = try ScratchFolder()
    let workbook = WorkbookFile(tables: [
      "vHost": ["Host|Cluster|# Cores|# Memory", "e1|prod|8|65536", "e2|prod||65536"],
      "vInfo": ["VM|Powerstate|CPUs|Memory|Cluster|Host", "a|poweredOn|2|4096|prod|e1"],
    ])
    let file = try folder.write(workbook.data, to: "few.xlsx")
    let cluster = try first(json("report capacity", from: file))
    #expect(cluster["sockets"] == .null && cluster["cores"] == .null && cluster["after_failures"]?["cores"] == .null)
    #expect(cluster["host_use"]?.arrayValue?.map { $0["cores"] } == [8, .null])
    #expect(cluster["host_use"]?.arrayValue?.allSatisfy { $0["sockets"] == .null } == true)
    #expect(cluster["overcommit"]?["vcpus_per_core"] == .null)
    #expect(cluster["failures_tolerated"]?["proved"] == 1, "memory is known")
  }

  // MARK: Names

  @Test func aClusterIsNamedAsEverywhere() throws {
    let folder = try ScratchFolder()
    let database = folder.path("two.db")
    for source in ["one", "two"] {
      let file = try folder.write(
        vHost(["e1|prod|2000|2|8|65536|10|host-1"], ["a|poweredOn|2|4096|prod|e1|vm-1"]).data, to: "\(source).xlsx")
      #expect(try Program.run(["import", file, "--source", source, "--db", database]).code == 0)
    }
    func code(_ words: String) throws -> Int32 { try run("report capacity --db \(database) " + words).code }
    #expect(try code("--cluster prod") == 5)
    #expect(try code("--cluster prod --source two") == 0)
    #expect(try code("--cluster none") == 3)
    #expect(try code("--cluster prod --source three") == 3)
    #expect(try run("report capacity --cluster domain-c8", from: "field/govc-capacity").code == 0)
    #expect(try run("report capacity --cluster host-11", from: "field/govc-capacity").code == 3)
  }

  // MARK: A vCenter by the recipe

  @Test func theRecipeOfTheReadmeSuffices() throws {
    let folder = try ScratchFolder()
    let database = folder.path("vcenter.db")
    let imported = try run("import field/govc-capacity --db \(database) --at 2026-09-01T06:00:00Z -o json")
    let formats = try JSONValue(parsing: Data(imported.output.utf8))["files"]?.arrayValue?.compactMap {
      $0["format"]?.stringValue
    }
    #expect(Set(formats ?? []).contains("govc-collect-datastores") && imported.code == 0, "\(imported.errors)")
    let document = try JSONValue(parsing: Data(run("report capacity -o json --db \(database)").output.utf8))
    let pools = document["clusters"]?.arrayValue ?? []
    #expect(pools.map { $0["cluster"] } == ["prod", .null] && pools.map { $0["cluster_id"] } == ["domain-c8", .null])
    let prod = try #require(pools.first)
    // Templates are no VMs; overhead counts where it is given, in whole MiB.
    #expect(prod["vms"] == 4 && prod["vms_powered_on"] == 3 && prod["sockets"] == 4 && prod["cores"] == 16)
    let granted = Double(16_384 + 100 + 4096 + 16_384 + 100) / Double(2 * 65_536)
    #expect(abs((prod["pooled"]?["memory_granted"]?["used_ratio"]?.doubleValue ?? 0) - granted) < 1e-9)
    #expect(abs((prod["pooled"]?["cpu_demand"]?["used_ratio"]?.doubleValue ?? 0) - 6000.0 / 32_000) < 1e-9)
    let active = Double(8192 + 1024 + 4096) / Double(2 * 65_536)
    #expect(abs((prod["pooled"]?["memory_active"]?["used_ratio"]?.doubleValue ?? 0) - active) < 1e-9)
    // 9000 MHz of 16000 are reserved on each: neither survives the other.
    #expect(prod["failures_tolerated"]?["proved"] == 0)
    #expect(prod["failures_tolerated"]?["next"]?["short_of"]?["cpu_mhz"] == 2000)
    #expect(prod["retire"]?.arrayValue?.count == 3)
    let stores = prod["datastores"]?.arrayValue ?? []
    #expect(stores.compactMap { $0["datastore"]?.stringValue } == ["empty1", "local1", "san01", "san02"])
    #expect(stores[2]["capacity_gib"]?.doubleValue == 1024 && stores[2]["provisioned_gib"]?.doubleValue == 1280)
    #expect(stores[2]["overcommitted"] == true && stores[3]["provisioned_gib"] == .null)
    let alone = try #require(pools.last)
    #expect(alone["host"] == "esx-alone.example.test" && alone["host_id"] == "host-41")
    #expect(alone["pooled"]?["cpu_demand"]?["used_ratio"]?.doubleValue == 0.25)
    let gaps = document["gaps"]?.arrayValue?.first { $0["code"] == "rules-unknown" }
    #expect(gaps?["text"]?.stringValue?.contains("reservations") == false)
    // The plan of a move knows the reservations of such an inventory, too.
    let plan = try run("vm migrate db1 --plan --to esx2.example.test -o json --db \(database)")
    #expect(plan.code == 4 && plan.output.contains("cpu-reservation-short"))
  }
}
