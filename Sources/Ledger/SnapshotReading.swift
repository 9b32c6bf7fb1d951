package import Inventory

/// A whole cluster at one moment, out of the projections.
extension LedgerReader {
  /// Everything that a source's clusters consisted of, in the order in which the ledger learned of it. Of an imported
  /// cluster file nothing is missing. What the last inventory that lists everything does not list, and of which nothing was
  /// heard since, is left out.
  ///
  /// Other inventories say less, and what they do not say is at its default: of a host the memory that the hypervisor keeps,
  /// its networks, features, processor, power draw and link; of a VM its networks, load, reservations and needs; rules.
  /// Cores and memory that are not known are 0, a host or cluster that is not known is an empty name. A VM whose power is
  /// not known counts as on, so that it takes room. Of its disks only the datastore of its home files is known: it stands
  /// as one disk of size 0, that datastore seen by all hosts, its capacity 0 where nothing says it.
  /// Names that several objects of a kind bear have the id behind them. `isComplete` is false of them.
  /// - Parameter source: nil for the only one there is.
  /// - Throws: `notFound` for a source that the ledger does not have, `conflict` where there are several and none is named.
  package func snapshot(of source: String? = nil, at moment: Instant) throws -> ClusterSnapshot {
    guard let source = try onlySource(source) else { return ClusterSnapshot() }
    return try snapshot(of: SnapshotMembers(of: source, at: moment, self))
  }

  /// What decides over moves of one VM.
  /// - Parameter hosts: the only ones to which it may go while its files stay; nil for all of the source. Only these are in
  ///   the snapshot, with their VMs, the VM's own host and what rules name beside it. Each is as in the snapshot of the
  ///   whole source, which costs more to read; what is used of datastores is left out.
  package func moveSnapshot(for vm: ObjectSummary, to hosts: Set<ObjectID>?, at moment: Instant) throws -> MoveSnapshot {
    let members =
      try hosts.map { try SnapshotMembers(for: vm, to: $0, at: moment, self) }
      ?? SnapshotMembers(of: vm.source, at: moment, self)
    let ids = members.hosts.map { (members.names.name(of: $0.host), $0.host.foreignID) }
    return MoveSnapshot(
      cluster: try snapshot(of: members), hostIDs: Dictionary(ids) { first, _ in first }.compactMapValues(\.self))
  }

  private func snapshot(of members: SnapshotMembers) throws -> ClusterSnapshot {
    let (clusters, hosts, placements, names) = (members.clusters, members.hosts, members.placements, members.names)
    var snapshot = ClusterSnapshot()
    // Only cluster files list the datastores among the settings of a cluster.
    snapshot.isComplete = clusters.contains { $0.settings["datastores"] != nil } || hosts.isEmpty && placements.isEmpty
    for (cluster, settings) in clusters {
      snapshot.clusters.append(Cluster(name: names.name(of: cluster), settings: settings))
      snapshot.takeShared(settings)
    }
    for view in hosts {
      var host = Host(
        name: names.name(of: view.host), cluster: view.cluster.map(names.name) ?? "", settings: view.settings)
      host.isConnected = view.availability.map { $0 == .connected } ?? true
      host.mode = view.mode ?? .normal
      snapshot.hosts.append(host)
    }
    let priorities = Dictionary(
      clusters.map { ($0.cluster.id, $0.settings["restart_priority"]) }, uniquingKeysWith: { first, _ in first })
    let listedHosts = Set(snapshot.hosts.map(\.name))
    let speeds = Dictionary(snapshot.hosts.map { ($0.name, $0.mhz) }) { first, _ in first }
    for placement in placements {
      let priority = placement.cluster.flatMap { priorities[$0.id] } ?? nil
      var vm = try virtualMachine(placement, names, defaultPriority: priority, speeds: speeds, at: members.moment)
      if !listedHosts.contains(vm.host) { vm.cluster = placement.cluster.map(names.name) }
      snapshot.vms.append(vm)
    }
    let listed = Set(snapshot.datastores.map(\.name))
    let others = Set(snapshot.vms.flatMap(\.disks).map(\.datastore)).subtracting(listed)
    snapshot.datastores += others.sorted().map { Datastore(name: $0, capacityMiB: 0) }
    if !snapshot.isComplete { try addSpace(to: &snapshot, of: members.source, at: members.moment) }
    return snapshot
  }

  /// What inventories say of the space of datastores, where the snapshot does not have it; of equal names nothing.
  private func addSpace(to snapshot: inout ClusterSnapshot, of source: String, at moment: Instant) throws {
    let facts = try datastoreFacts(of: source, at: moment)
    guard !facts.isEmpty else { return }
    let told = try lastTold(of: source, at: moment)
    let listed = Set(snapshot.datastores.map(\.name))
    var named: [String: [[String: String]]] = [:]
    var empty: Set<String> = []
    let known = try datastoreSummaries(at: moment).filter { $0.source == source }.map(\.id)
    for id in told.all.union(known).sorted() {
      guard let own = facts[id] else { continue }
      let name = try summary(of: id, at: moment).name
      named[name, default: []].append(own)
      // One on which no VM lies is there, too.
      if told.sized.contains(id), !listed.contains(name) { empty.insert(name) }
    }
    for name in empty.sorted() where named[name]?.count == 1 {
      snapshot.datastores.append(Datastore(name: name, capacityMiB: 0))
    }
    for index in snapshot.datastores.indices {
      guard let own = named[snapshot.datastores[index].name], own.count == 1 else { continue }
      func mib(_ key: String) -> Double? { own[0][key].flatMap { Double($0) }.map { $0 / 1_048_576 } }
      snapshot.datastores[index].provisionedMiB = mib("provisioned_bytes")
      guard snapshot.datastores[index].capacityMiB == 0, let capacity = mib("capacity_bytes") else { continue }
      snapshot.datastores[index].capacityMiB = capacity
      snapshot.datastores[index].usedMiB = mib("free_bytes").map { max(0, capacity - $0) } ?? mib("in_use_bytes") ?? 0
    }
  }

  private func virtualMachine(
    _ placement: Placement, _ names: UniqueNames, defaultPriority: String?, speeds: [String: Int], at moment: Instant
  ) throws -> VirtualMachine {
    var vm = VirtualMachine(
      name: names.name(of: placement.vm), host: placement.host.map(names.name) ?? "",
      // Sums of what is wrong must not overflow.
      memoryMiB: max(0, min(placement.memoryMiB ?? 0, 1 << 40)), vcpus: Int(max(0, min(placement.vcpus ?? 0, 1_000_000))))
    vm.power = placement.power ?? vm.power
    vm.restartPriority = defaultPriority.flatMap(VirtualMachine.RestartPriority.init) ?? vm.restartPriority
    vm.disks = placement.datastore.map { [VirtualDisk(datastore: $0.name, sizeMiB: 0)] } ?? []
    let settings = try settings(of: placement.vm.id, at: moment)
    vm.take(settings)
    if let speed = vm.host.isEmpty ? nil : speeds[vm.host] { vm.takeDemand(settings, coreMHz: speed) }
    return vm
  }
}

extension ClusterSnapshot {
  /// What it calls a VM of the ledger; nil where it does not have it.
  package func name(ofVM vm: ObjectSummary) -> String? { Self.name(of: vm, among: vms.map(\.name)) }

  /// What it calls a host of the ledger; nil where it does not have it.
  package func name(ofHost host: ObjectSummary) -> String? { Self.name(of: host, among: hosts.map(\.name)) }

  /// What it calls a cluster of the ledger; nil where it does not have it.
  package func name(ofCluster cluster: ObjectSummary) -> String? { Self.name(of: cluster, among: clusters.map(\.name)) }

  private static func name(of object: ObjectSummary, among names: [String]) -> String? {
    let long = UniqueNames.longName(of: object)
    return names.contains(long) ? long : names.first { $0 == object.name }
  }
}
