import Foundation
import Inventory
import Ledger
import Reports
import TestSupport
import Testing

@testable import Importers

/// A cluster goes into the ledger and comes out as it was.
@Suite struct SnapshotTests {
  private static let files = ["01-simple-crash", "09-nobody-else-can", "10-rules-bind-and-bend", "d8", "everything"]

  private func imported(_ paths: [String], _ options: ImportOptions = ImportOptions()) async throws -> Ledger {
    let ledger = try memoryLedger()
    for report in try await Importer(into: ledger, options: options, now: testNow).run(paths: paths) {
      if let error = report.error { throw error }
    }
    return ledger
  }

  @Test(arguments: files) func filesComeBackWhole(name: String) async throws {
    let path = Project.fixture("clusters/\(name).json")
    let scenario = try ClusterFileReader.scenario(at: path)
    let ledger = try await imported([path])
    #expect(try ledger.read { try $0.snapshot(at: scenario.start) } == scenario.cluster)
    #expect(try ledger.read { try $0.snapshot(of: scenario.name, at: testNow) } == scenario.cluster)
    #expect(try ledger.read { try $0.snapshot(at: scenario.start.justBefore) } == ClusterSnapshot())
    #expect(try ledger.read { try $0.lastEvidence() } == scenario.start)
    #expect(try ledger.read { try $0.sourceNames() } == [scenario.name])
    try await ledger.rebuild()
    #expect(try ledger.read { try $0.snapshot(at: scenario.start) } == scenario.cluster)
  }

  @Test func randomClustersComeBackWhole() async throws {
    let first = UInt64.random(in: 0...UInt64.max)
    for seed in first..<(first &+ 60) {
      var random = RandomCluster(seed: seed)
      let cluster = random.cluster()
      let ledger = try memoryLedger()
      _ = try await ledger.write(at: testNow) { transaction in
        let source = try transaction.source(named: "lab", instanceUUID: nil)
        for event in ClusterFileMapper(cluster, at: testNow, keyPrefix: "random").events() {
          _ = try transaction.append(event, source: source)
        }
        return true
      }
      let found = try ledger.read { try $0.snapshot(at: testNow) }
      #expect(found == cluster, "seed \(seed)")
      if found != cluster { return }
    }
  }

  @Test func aLaterFileReplacesWhatItSays() async throws {
    let folder = try ScratchFolder()
    func file(_ start: String, _ host: String, _ vm: String) -> String {
      """
      {"name": "lab", "start": "\(start)", "hosts": [{"name": "h", "cores": 4, "mem_mib": 4096\(host)}, {"name": "i", "cores": 4, "mem_mib": 4096}],
       "vms": [{"name": "v", "mem_mib": 1024, "vcpus": 1\(vm)}]}
      """
    }
    let first = try folder.write(
      file("2026-01-01T00:00:00Z", #", "features": ["sse3"], "watts_idle": 100"#, #", "host": "h", "cpu_demand": 0.5"#),
      to: "1.json")
    let second = try folder.write(file("2026-01-02T00:00:00Z", "", #", "host": "h", "power": "off""#), to: "2.json")
    let ledger = try await imported([second, first])
    for path in [first, second] {
      let scenario = try ClusterFileReader.scenario(at: path)
      #expect(try ledger.read { try $0.snapshot(at: scenario.start) } == scenario.cluster)
    }
  }

  @Test func repeatingAddsNothingAndAnotherTimeIsAnotherState() async throws {
    let path = Project.fixture("clusters/everything.json")
    let ledger = try await imported([path])
    let head = try ledger.read { try $0.chainHead() }
    let again = try await Importer(into: ledger, options: ImportOptions(), now: testNow).run(paths: [path])
    #expect(again.map(\.imported) == [0] && again.map(\.duplicates) == [10] && again.map(\.records) == [10])
    #expect(try ledger.read { try $0.chainHead() } == head)

    let later = try #require(Instant(rfc3339: "2026-05-01T00:00:00Z"))
    let reports = try await Importer(into: ledger, options: ImportOptions(at: later), now: testNow).run(paths: [path])
    #expect(reports.map(\.imported) == [0] && reports.first?.firstEvent == later && reports.first?.gaps == [])
    #expect(try ledger.read { try $0.lastEvidence() } == later)
  }

  @Test func manyRecordsOfOneMomentAreKnownAgain() async throws {
    let ledger = try memoryLedger()
    for expected in [120, 0] {
      let added = try await ledger.write(at: testNow) { transaction in
        let source = try transaction.source(named: "lab", instanceUUID: nil)
        var added = 0
        for key in (0..<40).flatMap({ ["key \($0)", "key \($0)", "é\($0)", "e\u{301}\($0)"] }) {
          var event = Event(occurredAt: testNow, type: .vmChanged)
          event.foreignKey = key
          if try transaction.append(event, source: source) != nil { added += 1 }
        }
        return added
      }
      #expect(added == expected)
    }
    #expect(try ledger.read { try $0.chainHead().seq } == 120)
  }

  @Test func listsShowIt() async throws {
    let ledger = try await imported([Project.fixture("clusters/everything.json")], ImportOptions(source: "mine"))
    try ledger.read { reader in
      #expect(try reader.sourceNames() == ["mine"])
      let hosts = try reader.hosts(at: testNow)
      #expect(hosts.map(\.host.name) == ["esx03", "esx01", "esx02"])
      #expect(hosts.map(\.availability) == [.connected, .disconnected, .connected])
      let counts = try PlacementCounts(reader, at: testNow).hosts
      #expect(hosts.map { counts[$0.host.id] } == [1, 1, 1])
      #expect(try reader.clusters(at: testNow).map(\.settings["ha_enabled"]) == ["false", "true"])
      #expect(try reader.datastores(at: testNow).map(\.datastore.name) == ["san2", "store 1"])
      let db = try reader.object(named: "db1", kind: .vm, source: nil, at: testNow)
      let placement = try reader.placement(of: db.id, at: testNow)
      #expect(placement?.host?.name == "esx01" && placement?.power == .suspended && placement?.memoryMiB == 4096)
      #expect(placement?.datastore?.name == "store 1" && placement?.cluster?.name == "old")
    }
  }

  @Test func ofAnImportedVCenterWhatIsNotKnownIsAtItsDefault() async throws {
    let ledger = try await imported([Project.fixture("vcenter-a")])
    let snapshot = try ledger.read { try $0.snapshot(at: $0.lastEvidence() ?? testNow) }
    #expect(snapshot.clusters.count > 0 && snapshot.hosts.count == 8 && snapshot.vms.count > 20)
    #expect(!snapshot.isComplete)
    let clusters = Set(snapshot.clusters.map(\.name))
    let hosts = Set(snapshot.hosts.map(\.name))
    #expect(snapshot.hosts.allSatisfy { $0.features == nil })
    #expect(snapshot.hosts.contains { clusters.contains($0.cluster) })
    #expect(snapshot.vms.allSatisfy { hosts.contains($0.host) || $0.host.isEmpty })
    let stores = Set(snapshot.datastores.map(\.name))
    #expect(snapshot.vms.contains { !$0.disks.isEmpty })
    #expect(snapshot.vms.allSatisfy { vm in vm.disks.allSatisfy { $0.sizeMiB == 0 && stores.contains($0.datastore) } })
  }

  @Test func ofSeveralSourcesOneIsNamed() async throws {
    let ledger = try await imported([Project.fixture("clusters/d8.json"), Project.fixture("clusters/everything.json")])
    let d8 = try ledger.read { try $0.snapshot(of: "d8", at: testNow) }
    #expect(d8.vms.count == 80)
    #expect(throws: YadokariError(.conflict, "there are several sources: d8, everything; name one of them")) {
      try ledger.read { try $0.snapshot(at: testNow) }
    }
    #expect(throws: YadokariError.self) { try ledger.read { try $0.snapshot(of: "none", at: testNow) } }
    #expect(try memoryLedger().read { try $0.snapshot(at: testNow) } == ClusterSnapshot())
  }

  @Test func brokenFilesLeaveNothing() async throws {
    let folder = try ScratchFolder()
    let ledger = try memoryLedger()
    let texts = [
      #"{"name": "a", "hosts": [{"name": "h", "cores": 1, "mem_mib": 0}]}"#, #"{"name": "a", "hosts": [{"mem_mib": 1]}"#,
      #"{"name": "vcenter-7", "hosts": [{"name": "h", "cores": 1, "mem_mib": 1}]}"#,
    ]
    for (index, text) in texts.enumerated() { _ = try folder.write(text, to: "\(index).json") }
    let reports = try await Importer(into: ledger, options: ImportOptions(), now: testNow).run(paths: [folder.path("")])
    #expect(reports.map(\.format) == [.clusterFile, .clusterFile, .clusterFile])
    let messages = reports.map { $0.error?.message ?? "none" }
    #expect(messages[0].contains("0.json: hosts[0].mem_mib: expected a whole number from 1"), "\(messages)")
    #expect(messages[1].contains("1.json, line 1: no JSON"), "\(messages)")
    #expect(messages[2].contains("2.json") && messages[2].contains("choose another --source"), "\(messages)")
    #expect(try ledger.read { try $0.chainHead().seq } == 0)
  }

  @Test func otherJSONIsNoClusterFile() async throws {
    let folder = try ScratchFolder()
    for (index, text) in [
      #"{"hosts": [{"name": "a"}]}"#, #"{"mem_mib": {"hosts": 1}}"#, "{}", #"{"datastores": [{"hosts": 1}]}"#,
    ].enumerated() {
      let path = try folder.write(text, to: "\(index).json")
      #expect(try Importer.find([path], options: ImportOptions()).map(\.report.format) == [nil], "\(text)")
    }
    let path = try folder.write(#"  {  "mem_mib": 1, "hosts": []}"#, to: "own.json")
    #expect(try Importer.find([path], options: ImportOptions()).map(\.report.format) == [nil])
  }
}
