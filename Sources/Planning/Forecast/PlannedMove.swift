package import Inventory

/// A move that is to begin at some time, and all that a forecast of it rests on: sizes in MiB, speeds in MiB/s.
package struct PlannedMove: Sendable, Equatable {
  /// The memory of a running VM that goes to another host.
  struct Memory: Sendable, Equatable {
    let source: String
    let target: String
    let mib: Double
    let dirtyMiBPerSecond: Double
    /// The part that is written again and again.
    let workingSetMiB: Double
  }

  /// A disk of it that goes to another datastore. Of a mapping only the mapping file goes: it has no size.
  struct Disk: Sendable, Equatable {
    let source: String
    let target: String
    let mib: Double
    let writeMiBPerSecond: Double
    /// The part that is written again and again.
    let writeSetMiB: Double
  }

  package let vm: String
  /// When it is asked for.
  package var start: Instant
  package var priority = MovePriority.normal
  let settings: MigrationSettings
  /// Nil where the VM stays on its host.
  let memory: Memory?
  let disks: [Disk]
  let way: RelocationWay
  /// Whether logs of its disks would get small with the datastores to themselves: so the engine sees it.
  let logsGetSmall: Bool
  /// The hosts and datastores that take part in it, that of the logs with them.
  let hosts: Set<String>
  let datastores: Set<String>

  /// - Returns: nil where there is nothing to forecast: the VM does not run or stays where it is, or the cluster does not
  ///   know it, a host or a datastore of it; nor is there one of cold moves and of upgrades.
  package init?(_ request: MoveRequest, at start: Instant, in cluster: ClusterSnapshot) {
    guard [.live, .storage, .liveStorage].contains(request.kind),
      let vm = cluster.vms.first(where: { $0.name == request.vm }), vm.power == .on, !vm.isTemplate,
      let home = cluster.hosts.first(where: { $0.name == vm.host })
    else { return nil }
    self.vm = vm.name
    (self.start, way) = (start, request.diskWay)
    settings = cluster.clusters.first { $0.name == home.cluster }?.migration ?? MigrationSettings()
    let target = request.kind == .storage ? home.name : request.host
    guard let target, cluster.hosts.contains(where: { $0.name == target }) else { return nil }
    memory = target == home.name ? nil : Memory(vm, to: target)
    disks = request.kind == .live ? [] : Self.disks(of: vm, request)
    let (log, settings) = (disks.isEmpty ? nil : request.placeOfLogs, settings)
    (hosts, datastores) = ([home.name, target], Set(disks.flatMap { [$0.source, $0.target] } + [log].compactMap(\.self)))
    logsGetSmall = way != .redoLog || disks.allSatisfy { $0.logGetsSmall(in: cluster, settings) }
    guard memory != nil || !disks.isEmpty,
      datastores.allSatisfy({ name in cluster.datastores.contains { $0.name == name } })
    else { return nil }
  }

  /// Those that change their datastore.
  private static func disks(of vm: VirtualMachine, _ request: MoveRequest) -> [Disk] {
    vm.disks.enumerated().compactMap { number, disk in
      guard let target = request.disks[number] ?? request.datastore, target != disk.datastore else { return nil }
      let mib = disk.mapping == nil ? disk.sizeMiB : 0
      return Disk(
        source: disk.datastore, target: target, mib: mib, writeMiBPerSecond: disk.writeMiBPerSecond,
        writeSetMiB: min(mib, disk.writeSetMiB ?? mib))
    }
  }
}

extension PlannedMove.Memory {
  fileprivate init(_ vm: VirtualMachine, to target: String) {
    (source, self.target, mib, dirtyMiBPerSecond) = (vm.host, target, Double(vm.memoryMiB), vm.dirtyMiBPerSecond)
    workingSetMiB = min(mib, vm.workingSetMiB ?? vm.memoryActiveMiB ?? mib)
  }

  var links: [SharedLink] { [.out(of: source), .into(target)] }

  /// What the guest writes in so many seconds, if it has so much of its speed.
  func written(in seconds: Double, speed: Double) -> Double { min(workingSetMiB, dirtyMiBPerSecond * speed * seconds) }
}

extension PlannedMove.Disk {
  var links: [SharedLink] { [.read(source), .write(target)] }

  fileprivate func logGetsSmall(in cluster: ClusterSnapshot, _ settings: MigrationSettings) -> Bool {
    let stores = [source, target].compactMap { name in cluster.datastores.first { $0.name == name } }
    guard stores.count == 2 else { return false }
    var load = StorageForecast.Load(
      diskMiB: mib, copyMiBPerSecond: min(stores[0].copyMiBPerSecond, stores[1].copyMiBPerSecond),
      commitMiBPerSecond: stores[1].commitMiBPerSecond)
    (load.writeMiBPerSecond, load.writeSetMiB) = (writeMiBPerSecond, writeSetMiB)
    (load.thresholdMiB, load.maxPasses) = (settings.storageThresholdMiB, settings.maxPasses)
    return StorageForecast(load, way: .redoLog).converges
  }

  /// What the guest writes in so many seconds, if it has so much of its speed.
  func written(in seconds: Double, speed: Double) -> Double { min(writeSetMiB, writeMiBPerSecond * speed * seconds) }
}
