import Inventory
import TestSupport

/// Makes clusters of any form, hostile names among them.
struct RandomCluster {
  private var random: SplitMix64

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  private mutating func count(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
  private mutating func number() -> Double { Double.random(in: 0...1e6, using: &random) }
  private mutating func flag() -> Bool { Bool.random(using: &random) }
  private mutating func word<Word: CaseIterable>(_ type: Word.Type) -> Word where Word.AllCases == [Word] {
    Word.allCases[count(0...(Word.allCases.count - 1))]
  }
  private mutating func maybe<T>(_ make: (inout RandomCluster) -> T) -> T? { flag() ? make(&self) : nil }

  private static let beginnings = [
    "a", "null", "\"q\"", "back\\slash", "new\nline", "é", "日本", "none", "{}", "[1]", " ", "0", "true",
  ]

  private mutating func name() -> String { Self.beginnings[count(0...(Self.beginnings.count - 1))] }
  private mutating func names(_ most: Int) -> [String] { (0..<count(0...most)).map { "\(name())\($0)" } }
  private mutating func some(_ names: [String]) -> [String] { names.filter { _ in flag() } }

  mutating func cluster() -> ClusterSnapshot {
    var snapshot = ClusterSnapshot()
    snapshot.clusters = (0...count(0...2)).map { makeCluster("\(name())\($0)") }
    snapshot.hosts = names(5).map { host($0, in: snapshot.clusters[count(0...(snapshot.clusters.count - 1))].name) }
    let hosts = snapshot.hosts.map(\.name)
    guard !hosts.isEmpty else { return snapshot }
    snapshot.datastores = names(3).map { datastore($0, hosts) }
    snapshot.luns = names(2).map { lun($0, hosts) }
    let vms = names(8)
    snapshot.vms = vms.map { vm($0, snapshot, vms) }
    snapshot.rules = (0..<count(0...3)).map { _ in rule(vms, hosts) }
    return snapshot
  }

  private mutating func makeCluster(_ name: String) -> Cluster {
    var cluster = Cluster(name: name)
    cluster.evcMode = maybe { _ in "intel-merom" }
    cluster.highAvailability.isEnabled = flag()
    cluster.highAvailability.admissionPolicy = word(HighAvailabilitySettings.AdmissionPolicy.self)
    cluster.highAvailability.admissionHosts = count(0...9)
    cluster.highAvailability.isolationResponse = word(HighAvailabilitySettings.IsolationResponse.self)
    cluster.highAvailability.restartAttempts = count(0...9)
    cluster.migration.downtimeLimitMilliseconds = number()
    cluster.migration.switchMilliseconds = number()
    cluster.migration.maxPasses = count(1...99)
    cluster.migration.notConverging = word(MigrationSettings.NotConverging.self)
    cluster.migration.storageThresholdMiB = number()
    (cluster.migration.perHost, cluster.migration.perDatastore) = (count(1...9), count(1...9))
    return cluster
  }

  private mutating func host(_ name: String, in cluster: String) -> Host {
    var host = Host(name: name, cluster: cluster, cores: count(1...256), memoryMiB: Int64(count(1...1 << 30)))
    (host.mhz, host.nodeMemoryMiB, host.sockets) = (count(1...5000), Int64(count(0...4096)), count(1...8))
    (host.product, host.networks, host.isConnected) = (self.name(), names(3), flag())
    host.features = maybe { Set($0.names(3)) }
    host.processor = maybe { $0.processor() }
    (host.wattsIdle, host.wattsFull, host.rackUnits) = (maybe { $0.number() }, maybe { $0.number() }, maybe { $0.number() })
    (host.licence, host.linkMiBPerSecond) = (maybe { $0.name() }, number())
    return host
  }

  private mutating func processor() -> ProcessorID {
    func register() -> UInt32 { UInt32.random(in: 0...UInt32.max, using: &random) }
    var processor = ProcessorID(vendor: name())
    processor.leaves = (0..<count(0...3)).map { _ in
      .init(leaf: register(), subleaf: register(), eax: register(), ebx: register(), ecx: register(), edx: register())
    }
    processor.registers = (0..<count(0...2)).map { _ in .init(index: register(), value: random.next()) }
    return processor
  }

  private mutating func datastore(_ name: String, _ hosts: [String]) -> Datastore {
    var datastore = Datastore(name: name, capacityMiB: number())
    (datastore.format, datastore.usedMiB, datastore.hosts) = (self.name(), number(), maybe { Set($0.some(hosts)) })
    (datastore.copyMiBPerSecond, datastore.commitMiBPerSecond) = (number(), number())
    return datastore
  }

  private mutating func lun(_ id: String, _ hosts: [String]) -> LUN {
    var lun = LUN(id: id, sizeMiB: number())
    for host in some(hosts) { lun.numbers[host] = count(0...255) }
    return lun
  }

  private mutating func vm(_ name: String, _ cluster: ClusterSnapshot, _ others: [String]) -> VirtualMachine {
    var vm = VirtualMachine(
      name: name, host: cluster.hosts[count(0...(cluster.hosts.count - 1))].name, memoryMiB: Int64(count(1...1 << 20)),
      vcpus: count(1...64))
    (vm.power, vm.isTemplate, vm.cpuDemand) = (word(PowerState.self), flag(), maybe { $0.number() })
    (vm.cpuReservationMHz, vm.memoryReservationMiB, vm.memoryOverheadMiB) = (
      count(0...9), Int64(count(0...9)), Int64(count(0...9))
    )
    (vm.memoryActiveMiB, vm.dirtyMiBPerSecond) = (maybe { $0.number() }, number())
    (vm.workingSetMiB, vm.networks, vm.devices) = (maybe { $0.number() }, names(2), names(2))
    (vm.restartPriority, vm.dependsOn) = (word(VirtualMachine.RestartPriority.self), some(others))
    vm.snapshots = count(0...3)
    (vm.requiredFeatures, vm.frozenFeatures) = (Set(names(2)), maybe { Set($0.names(2)) })
    guard !cluster.datastores.isEmpty else { return vm }
    vm.disks = (0..<count(0...3)).map { _ in disk(cluster) }
    return vm
  }

  private mutating func disk(_ cluster: ClusterSnapshot) -> VirtualDisk {
    let datastore = cluster.datastores[count(0...(cluster.datastores.count - 1))].name
    var disk = VirtualDisk(datastore: datastore, sizeMiB: number())
    (disk.writeMiBPerSecond, disk.writeSetMiB) = (number(), maybe { $0.number() })
    if let lun = cluster.luns.first, flag() { disk.mapping = .init(lun: lun.id, mode: word(VirtualDisk.MappingMode.self)) }
    return disk
  }

  private mutating func rule(_ vms: [String], _ hosts: [String]) -> PlacementRule {
    var rule = PlacementRule(kind: word(PlacementRule.Kind.self), vms: some(vms))
    (rule.name, rule.hosts) = (maybe { $0.name() }, some(hosts))
    return rule
  }
}
