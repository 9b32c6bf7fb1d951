import Foundation
import Importers
import Inventory
import TestSupport
import Testing

@Suite struct ClusterFileTests {
  private func read(_ text: String) throws -> Scenario {
    try ClusterFileReader.scenario(from: Array(text.utf8), file: "lab.json")
  }

  private func everything() throws -> Scenario {
    try ClusterFileReader.scenario(at: Project.fixture("clusters/everything.json"))
  }

  @Test func allFixturesAreRead() throws {
    let folder = Project.fixture("clusters")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".json") }
    #expect(names.count >= 4)
    for name in names {
      let scenario = try ClusterFileReader.scenario(at: "\(folder)/\(name)")
      #expect(!scenario.cluster.hosts.isEmpty && !scenario.cluster.vms.isEmpty, "\(name)")
    }
  }

  @Test func defaults() throws {
    let text = """
      {"name": "lab", "hosts": [{"name": "h", "cores": 4, "mem_mib": 4096}],
       "vms": [{"name": "v", "host": "h", "mem_mib": 1024, "vcpus": 1}]}
      """
    let scenario = try read(text)
    var expected = ClusterSnapshot()
    expected.clusters = [Cluster(name: "lab")]
    expected.hosts = [Host(name: "h", cluster: "lab", cores: 4, memoryMiB: 4096)]
    expected.datastores = [Datastore(name: "datastore1", capacityMiB: 67_108_864)]
    expected.vms = [VirtualMachine(name: "v", host: "h", memoryMiB: 1024, vcpus: 1)]
    expected.vms[0].hardware = 4
    #expect(
      scenario == Scenario(name: "lab", start: try #require(Instant(rfc3339: "2026-01-01T00:00:00Z")), cluster: expected))
  }

  @Test func everyKeyOfClustersAndHosts() throws {
    let scenario = try everything()
    #expect(scenario.seed == 42 && scenario.until == 3600 && scenario.about?.hasPrefix("Every key") == true)
    #expect(scenario.start == Instant(rfc3339: "2026-03-01T05:30:00.5Z"))
    let cluster = scenario.cluster
    var old = Cluster(name: "old")
    old.highAvailability.isEnabled = true
    (old.highAvailability.admissionPolicy, old.highAvailability.admissionHosts) = (.slots, 2)
    (old.highAvailability.isolationResponse, old.highAvailability.restartAttempts) = (.shutDown, 3)
    (old.migration.downtimeLimitMilliseconds, old.migration.switchMilliseconds) = (250, 20)
    (old.migration.maxPasses, old.migration.notConverging, old.migration.storageThresholdMiB) = (12, .throttle, 32)
    (old.migration.perHost, old.migration.perDatastore, old.evcMode) = (3, 5, "intel-merom")
    #expect(cluster.clusters == [old, Cluster(name: "new")])

    var first = Host(name: "esx01", cluster: "old", cores: 8, memoryMiB: 32768)
    (first.mhz, first.nodeMemoryMiB, first.sockets, first.product) = (2660, 800, 2, "ESX 3.0.2")
    (first.networks, first.isConnected, first.features) = (["LAN", "DMZ"], false, ["sse3", "ssse3"])
    (first.wattsIdle, first.wattsFull, first.rackUnits, first.licence) = (210.5, 390, 2, "standard")
    first.linkMiBPerSecond = 112.5
    var second = Host(name: "esx02", cluster: "old", cores: 4, memoryMiB: 16384)
    (second.networks, second.features, second.processor) = ([], [], ProcessorID(vendor: "GenuineIntel"))
    second.processor?.leaves = [
      .init(leaf: 0, subleaf: 0, eax: 10, ebx: 1_970_169_159, ecx: 1_818_588_270, edx: 1_231_384_169),
      .init(leaf: 1, subleaf: 0, eax: 67274, ebx: 264192, ecx: 4_252_445, edx: 3_219_913_727),
    ]
    second.processor?.registers = [.init(index: 58, value: 5), .init(index: 1168, value: .max)]
    #expect(cluster.hosts == [first, second, Host(name: "esx03", cluster: "new", cores: 4, memoryMiB: 16384)])
  }

  @Test func everyKeyOfStorage() throws {
    let cluster = try everything().cluster
    var store = Datastore(name: "store 1", capacityMiB: 102400)
    (store.format, store.usedMiB, store.hosts) = ("vmfs2", 50000.25, ["esx01", "esx02"])
    (store.copyMiBPerSecond, store.commitMiBPerSecond) = (60, 25)
    var second = Datastore(name: "san2", capacityMiB: 204800)
    (second.copyMiBPerSecond, second.commitMiBPerSecond, second.hosts) = (100, 50, [])
    #expect(cluster.datastores == [store, second])
    var lun = LUN(id: "naa.6006", sizeMiB: 20480)
    lun.numbers = ["esx01": 12, "esx02": 0]
    #expect(cluster.luns == [lun, LUN(id: "naa.6007", sizeMiB: 1024)])
  }

  @Test func everyKeyOfVMs() throws {
    let cluster = try everything().cluster
    var db = VirtualMachine(name: "db1", host: "esx01", memoryMiB: 4096, vcpus: 2)
    (db.power, db.cpuDemand, db.cpuReservationMHz, db.memoryReservationMiB) = (.suspended, 0.75, 500, 1024)
    (db.memoryOverheadMiB, db.isTemplate, db.memoryActiveMiB, db.dirtyMiBPerSecond) = (110, true, 1500.5, 12.5)
    (db.workingSetMiB, db.networks, db.restartPriority, db.requiredFeatures) = (300, ["LAN"], .agent, ["sse3"])
    (db.frozenFeatures, db.devices, db.snapshots) = (["cpuid.SSE3", "cpuid.CMOV"], ["local_cd", "serial"], 2)
    var written = VirtualDisk(datastore: "store 1", sizeMiB: 10240)
    (written.writeMiBPerSecond, written.writeSetMiB) = (1.5, 512)
    var physical = VirtualDisk(datastore: "store 1", sizeMiB: 20480)
    physical.mapping = .init(lun: "naa.6006", mode: .physical)
    var virtual = VirtualDisk(datastore: "san2", sizeMiB: 1000)
    virtual.mapping = .init(lun: "naa.6007", mode: .virtual)
    db.disks = [written, physical, virtual]
    var web = VirtualMachine(name: "web1", host: "esx03", memoryMiB: 1024, vcpus: 1)
    (web.dependsOn, web.frozenFeatures) = (["db1"], [])
    var other = VirtualMachine(name: "web2", host: "esx02", memoryMiB: 1024, vcpus: 1)
    (other.power, other.dependsOn, other.restartPriority) = (.off, ["web1", "db1"], .disabled)
    // ESX 3 makes VMs with hardware 4; it is written for one.
    (db.hardware, web.hardware, other.hardware) = (4, 7, 4)
    #expect(cluster.vms == [db, web, other])

    var together = PlacementRule(kind: .affinity, vms: ["db1", "web1"])
    together.name = "together"
    var must = PlacementRule(kind: .mustRunOn, vms: ["db1"])
    must.hosts = ["esx01", "esx02"]
    var should = PlacementRule(kind: .shouldRunOn, vms: ["web2"])
    should.hosts = ["esx02"]
    #expect(cluster.rules == [together, must, should, PlacementRule(kind: .antiAffinity, vms: ["web1", "web2"])])
  }

  @Test func everyVerb() throws {
    let timeline = try everything().timeline
    #expect(
      timeline.map(\.action) == [
        .hostPowerCut(host: "esx01"), .hostPowerRestore(host: "esx01"), .vmMigrate(vm: "web1", host: "esx02"),
        .migrationCancel(vm: "web1"), .hostNetworkCut(host: "esx01"), .hostNetworkRestore(host: "esx01"),
        .hostStorageCut(host: "esx01"), .hostStorageRestore(host: "esx01"), .hostHang(host: "esx01"),
        .hostEnterMaintenance(host: "esx01"), .hostExitMaintenance(host: "esx01"), .vmPowerOn(vm: "web2"),
        .vmPowerOff(vm: "web2"), .vmMigrateStorage(vm: "db1", datastore: "san2", way: nil),
        .vmMigrateStorage(vm: "db1", datastore: "san2", way: .redoLog),
        .vmUpgradeMigrate(vm: "db1", host: "esx03", datastore: "san2"),
        .vmUpgradeSchedule(vm: "db1", when: 3000), .vmStartFails(vm: "web2", host: "esx02", times: 3), .serviceCrash,
        .serviceStart, .serviceNetworkCut,
        .serviceNetworkRestore, .datastoreFill(datastore: "store 1", percent: 90), .hostBMCFail(host: "esx01"),
        .hostBMCRestore(host: "esx01"), .hostClockJump(host: "esx01", seconds: -3600),
      ])
    #expect(timeline.prefix(4).map(\.at) == [0, 1.5, 20, 20])
  }
}
