import Foundation
import Inventory
import Ledger
import TestSupport
import Testing

@testable import Importers

/// Inventories of whole objects, as `vm.info -json`, `host.info -json`, `datastore.info -json` and `ls -json` print them.
@Suite struct WholeObjectTests {
  private static let at = Instant(rfc3339: "2026-11-23T11:30:00Z")
  private static let samples = [
    ("govc-vm.info.json", ImportFormat.govcVMInfo, 1), ("govc-ls-vm.json", .govcList, 1),
    ("govc-ls-host.json", .govcList, 2),
    ("govc-datastore.info.json", .govcDatastoreInfo, 3), ("govc-about.json", .govcAbout, 1),
  ]

  private func sample(_ name: String) throws -> String {
    try String(contentsOfFile: Project.fixture("vcenter-a-run2/\(name)"), encoding: .utf8)
  }

  private func run(_ text: String) async throws -> (report: FileReport, ledger: Ledger) {
    let folder = try ScratchFolder()
    let ledger = try memoryLedger()
    let importer = Importer(into: ledger, options: ImportOptions(at: Self.at), now: testNow)
    let report = try await importer.run(paths: [folder.write(text, to: "a")])[0]
    #expect(try ledger.read { try $0.check() }.problems == [])
    return (report, ledger)
  }

  private func events(_ ledger: Ledger, count: Int) throws -> [Event] {
    try (1...Int64(count)).map { seq in try ledger.read { try $0.event(seq).event } }
  }

  /// The text with every key as older exports have it.
  private func capitalized(_ text: String) throws -> String {
    func capitalized(_ value: JSONValue) -> JSONValue {
      switch value {
      case .array(let values): .array(values.map(capitalized))
      case .object(let members):
        .object(members.map { .init($0.key.prefix(1).uppercased() + $0.key.dropFirst(), capitalized($0.value)) })
      default: value
      }
    }
    return capitalized(try JSONValue(parsing: text.utf8)).prettyText(width: 40)
  }

  @Test(arguments: samples)
  func theSamplesAndTheirOlderForm(name: String, format: ImportFormat, count: Int) async throws {
    let (report, ledger) = try await run(try sample(name))
    #expect(report.format == format && report.records == count && report.imported == count)
    #expect(report.skippedCount == 0 && report.otherKinds == 0 && report.error == nil)
    let (older, olderLedger) = try await run(try capitalized(sample(name)))
    #expect(older.format == format && older.imported == count && older.skippedCount == 0)
    for (event, old) in zip(try events(ledger, count: count), try events(olderLedger, count: count)) {
      #expect(event.vm == old.vm && event.host == old.host && event.cluster == old.cluster)
      #expect(event.datastore == old.datastore && event.type == old.type)
      if format != .govcAbout { #expect(event.detail == old.detail) }
    }
  }

  @Test func whatAVMSays() async throws {
    for name in ["govc-vm.info.json", "govc-ls-vm.json"] {
      let event = try events(try await run(try sample(name)).ledger, count: 1)[0]
      #expect(event.type == .vmPlaced)
      #expect(event.vm == ObjectReference(kind: .vm, foreignID: "vm-106", name: "DC0_C0_RP0_VM0"))
      #expect(event.host?.foreignID == "host-54" && event.datastore?.name == "LocalDS_0")
      #expect(
        event.detail == [
          "power": "on", "vcpus": 1, "memory_mib": 32,
          "settings": [
            "instance_uuid": "92d04c2b-0142-5fa3-9cd0-fd78cc9971fc",
            "vmx_path": "[LocalDS_0] DC0_C0_RP0_VM0/DC0_C0_RP0_VM0.vmx",
            "guest_os": "otherGuest", "created": "2026-11-23T11:08:46.716540254Z",
            "hardware": #"{"nics":1,"disks":1,"version":13}"#,
            "reserved": #"{"cpu_reservation_mhz":0,"mem_reservation_mib":0}"#, "needs": #"{"template":false}"#,
          ],
        ])
    }
  }

  @Test func whatClustersAndDatastoresSay() async throws {
    let clusters = try events(try await run(try sample("govc-ls-host.json")).ledger, count: 2)
    #expect(clusters.map(\.cluster?.name) == ["DC0_C0", "DC0_C1"])
    #expect(clusters[0].detail?["settings"] == ["ha_enabled": "true", "drs_enabled": "true", "evc_mode": "none"])
    let datastores = try events(try await run(try sample("govc-datastore.info.json")).ledger, count: 3)
    #expect(datastores[0].type == .datastoreObserved)
    #expect(datastores[0].datastore == ObjectReference(kind: .datastore, foreignID: "datastore-99", name: "LocalDS_0"))
    #expect(
      datastores[0].detail
        == ["settings": ["capacity_bytes": "8796093022208", "free_bytes": "8538394984448", "type": "OTHER"]])
  }

  @Test func whatAHostSays() async throws {
    let host = """
      {"hostSystems":[{"self":{"type":"HostSystem","value":"host-1"},"parent":{"type":"ClusterComputeResource","value":"c-1"},
      "name":"h1","runtime":{"connectionState":"notResponding","inMaintenanceMode":true,"powerState":""},
      "hardware":{"memorySize":4294967296,"cpuInfo":{"numCpuCores":8,"numCpuPackages":2,"numCpuThreads":16,"hz":2000000000}},
      "config":{"product":{"fullName":"ESXi 8"}},"summary":{"hardware":{"cpuMhz":2000},"maxEVCModeKey":"intel-broadwell"}},
      {"self":{"type":"HostSystem","value":"host-2"},"name":"h2","config":null,
      "summary":{"hardware":{"memorySize":1024,"numCpuPkgs":1},"runtime":{"connectionState":"connected"},
      "currentEVCModeKey":"intel-merom","maxEVCModeKey":""}}]}
      """
    let (report, ledger) = try await run(host)
    #expect(report.format == .govcHostInfo && report.imported == 2)
    let events = try events(ledger, count: 2)
    #expect(events[0].cluster?.foreignID == "c-1" && events[1].cluster == nil)
    #expect(events[0].detail?["availability"] == "connection_lost" && events[0].detail?["mode"] == "maintenance")
    #expect(
      events[0].detail?["settings"] == [
        "memory_bytes": "4294967296", "cores": "8", "sockets": "2", "threads": "16", "cpu_hz": "2000000000",
        "cpu_mhz": "2000", "product": "ESXi 8", "evc_max": "intel-broadwell", "evc_current": "none",
      ])
    #expect(
      events[1].detail == [
        "availability": "connected", "settings": ["memory_bytes": "1024", "sockets": "1", "evc_current": "intel-merom"],
      ])
  }

  @Test func otherKindsAreCountedQuietly() async throws {
    func element(_ type: String, _ id: String) -> String {
      #"{"Path":"/DC/host/not/to/be/read","Object":{"self":{"type":"\#(type)","value":"\#(id)"},"name":"n-\#(id)"}}"#
    }
    let kinds = ["Folder", "Network", "ResourcePool", "Datacenter", "ComputeResource", "VirtualMachine", "Datastore"]
    let list = kinds.enumerated().map { element($1, "x-\($0)") }.joined(separator: ",")
    let (report, ledger) = try await run(#"{"elements":[\#(list)]}"#)
    #expect(report.format == .govcList && report.records == 2 && report.otherKinds == 5 && report.skippedCount == 0)
    #expect(try events(ledger, count: 2).map { $0.vm?.name ?? $0.datastore?.name } == ["n-x-5", "n-x-6"])
    let folders = try await run(#"{"elements":[\#(element("Folder", "group-1"))]}"#).report
    #expect(folders.format == .govcList && folders.records == 0 && folders.otherKinds == 1 && folders.error == nil)
  }

  @Test(arguments: [
    #"{"virtualMachines":[]}"#, #"{"virtualMachines":null}"#, #"{ "HostSystems" : [ ] }"#, #"{"elements":null}"#,
  ])
  func aListOfNothingIsNoData(text: String) async throws {
    let report = try await run(text).report
    #expect(report.isBlank && report.format == nil)
    #expect(report.error?.message.contains("it lists nothing") == true)
  }

  @Test func aFileThatIsCutKeepsWhatIsWhole() async throws {
    let vm = try sample("govc-vm.info.json")
    let element = try #require(try JSONValue(parsing: vm.utf8)["virtualMachines"]?.arrayValue?.first)
    let other = element.compactText.replacing("vm-106", with: "vm-107")
    let text = "{\"virtualMachines\":[\n\(element.compactText),\n\(other)\n]}\n"
    for (dropped, kept, line) in [(1, 2, nil), (2, 2, 4), (3, 2, 3), (4, 2, 3), (5, 1, 3), (2000, 1, 3)]
      as [(Int, Int, Int?)]
    {
      let cut = String(text.dropLast(dropped))
      let report = try await run(cut).report
      #expect(report.imported == kept && report.skipped.map(\.line) == (line.map { [$0] } ?? []), "\(cut.suffix(10))")
    }
    let afterComma = "{\"virtualMachines\":[\n\(element.compactText),\n"
    #expect(try await run(afterComma).report.skipped == [.init(line: 2, reason: "the file ends inside its list")])
    #expect(try await run(String(text.prefix(300))).report.error != nil, "no element is whole")
  }

  @Test func elementsThatAreNoneAreSetAside() async throws {
    let good = #"{"self":{"type":"VirtualMachine","value":"vm-1"},"name":"a"}"#
    let wrong = [
      "1", "null", "\"text\"", "[]", "{}", #"{"self":null}"#, #"{"self":{"type":"VirtualMachine","value":""}}"#,
      #"{"self":{"type":1,"value":"vm-2"}}"#, #"{"self":{"type":"VirtualMachine","value":"vm-3"},"name":"\ud800"}"#,
      #"{"self":{"type":"VirtualMachine","value":"vm-4"},"config":{"a":01}}"#,
      #"{"self":{"type":"VirtualMachine","value":"vm-5"},"config":"# + String(repeating: "[", count: 300)
        + String(repeating: "]", count: 300) + "}",
    ]
    for bad in wrong {
      let report = try await run("{\"virtualMachines\":[\(good),\n\(bad),\n\(good.replacing("vm-1", with: "vm-9"))]}").report
      #expect(report.imported == 2 && report.skippedCount == 1 && report.skipped[0].line == 2, "\(bad.prefix(60))")
    }
    let types =
      #"{"self":{"type":"VirtualMachine","value":"vm-1"},"name":5,"runtime":[],"config":{"hardware":"x"},"summary":7}"#
    let odd = try await run("{\"virtualMachines\":[\(types)]}")
    #expect(odd.report.imported == 1)
    #expect(try events(odd.ledger, count: 1)[0].vm == ObjectReference(kind: .vm, foreignID: "vm-1", name: ""))
  }

  @Test func anObjectThatIsListedTwiceIsOneRecord() async throws {
    let vm = #"{"self":{"type":"VirtualMachine","value":"vm-1"},"name":"a"}"#
    let report = try await run("{\"virtualMachines\":[\(vm),\(vm)]}").report
    #expect(report.records == 2 && report.imported == 1 && report.duplicates == 1)
  }

  @Test func importedTwiceItAddsNothing() async throws {
    let ledger = try memoryLedger()
    let folder = Project.fixture("vcenter-a-run2")
    #expect(try await add(folder, to: ledger, at: Self.at).reduce(0) { $0 + $1.imported } == 8)
    let again = try await add(folder, to: ledger, at: Self.at)
    #expect(again.reduce(0) { $0 + $1.imported } == 0 && again.reduce(0) { $0 + $1.duplicates } == 8)
  }

  /// vm-1 and vm-2 run on a host that fails, and nothing is heard of them again.
  private func thePriorityDecidesWhatBecameOfAVM(_ settings: String) async throws {
    func record(_ key: Int, _ type: String, _ fields: String) -> String {
      """
      <\(type)><key>\(key)</key><createdTime>2026-11-23T11:0\(key):00Z</createdTime><computeResource><name>C</name>
      <computeResource type="ClusterComputeResource">c-1</computeResource></computeResource><host><name>h</name>
      <host type="HostSystem">host-1</host></host>\(fields)</\(type)>

      """
    }
    func vm(_ number: Int) -> String { "<vm><name>v\(number)</name><vm type=\"VirtualMachine\">vm-\(number)</vm></vm>" }
    let failure = record(9, "EventEx", "<eventTypeId>com.vmware.vc.HA.DasHostFailedEvent</eventTypeId>")
    let folder = try ScratchFolder()
    let events = record(1, "VmPoweredOnEvent", vm(1)) + record(2, "VmPoweredOnEvent", vm(2)) + failure
    let cluster =
      #"{"elements":[{"Object":{"self":{"type":"ClusterComputeResource","value":"c-1"},"configurationEx":\#(settings)}}]}"#
    for (at, outcomes) in [
      ("2026-11-23T11:05:00Z", ["v1": "not_protected", "v2": "no_trace"]),
      ("2026-11-23T11:30:00Z", ["v1": "no_trace", "v2": "no_trace"]),
    ] {
      let ledger = try memoryLedger()
      try await add(folder.write(events, to: "events.xml"), to: ledger)
      try await add(folder.write(cluster, to: "ls.json"), to: ledger, at: Instant(rfc3339: at))
      #expect(try Answers(ledger).incidents.first?.vms.mapValues(\.outcome) == outcomes, "\(at)")
    }
  }

  @Test func theClustersPrioritiesForSingleVMs() async throws {
    let settings = """
      {"dasConfig":{"enabled":true,"defaultVmSettings":{"restartPriority":"medium"}},"dasVmConfig":[
      {"key":{"type":"VirtualMachine","value":"vm-1"},"dasSettings":{"restartPriority":"disabled"}},
      {"key":{"type":"VirtualMachine","value":"vm-2"},"restartPriority":"high"},
      {"key":{"type":"VirtualMachine","value":"vm-3"},"restartPriority":""},{"key":null,"restartPriority":"low"},
      {"key":{"type":"VirtualMachine","value":"vm-1"},"restartPriority":"high"}]}
      """
    for text in [
      #"[{"name":"name","val":"C"},{"name":"configurationEx","val":\#(settings)}]"#,
      #"{"elements":[{"Object":{"self":{"type":"ClusterComputeResource","value":"c-1"},"configurationEx":\#(settings)}}]}"#,
    ] {
      let (report, ledger) = try await run(text)
      #expect(report.imported == 3 && report.skippedCount == 0)
      let events = try events(ledger, count: 3)
      #expect(events[0].detail?["settings"]?["restart_priority"] == "medium")
      #expect(events.map(\.vm?.foreignID) == [nil, "vm-1", "vm-2"] && Set(events.map(\.foreignKey)).count == 3)
      #expect(events[1].detail == ["settings": ["restart_priority": "disabled"]])
      #expect(events[2].detail == ["settings": ["restart_priority": "high"]])
    }
    try await thePriorityDecidesWhatBecameOfAVM(settings)
    let part = #"[{"name":"configurationEx.dasConfig","val":{"defaultVmSettings":{"restartPriority":"disabled"}}}]"#
    #expect(try await run(part).report.format == nil, "it does not say what it is")
  }
}
