internal import Inventory

/// Turns a cluster into the events that it was seen so at that time, every fact of it in one of them.
struct ClusterFileMapper {
  private let snapshot: ClusterSnapshot
  private let time: Instant
  private let keyPrefix: String

  init(_ snapshot: ClusterSnapshot, at time: Instant, keyPrefix: String) {
    (self.snapshot, self.time, self.keyPrefix) = (snapshot, time, keyPrefix)
  }

  /// Clusters before hosts before VMs, each in the order of the file: the ledger keeps it.
  func events() -> [Event] {
    snapshot.clusters.enumerated().map { event(of: $1, isFirst: $0 == 0) } + snapshot.datastores.map(event(of:))
      + snapshot.hosts.map(event(of:)) + snapshot.vms.map(event(of:))
  }

  /// In such a file objects are known by their names: the name is the id.
  private func reference(_ kind: ObjectKind, _ name: String) -> ObjectReference {
    ObjectReference(kind: kind, foreignID: name, name: name)
  }

  private func observation(
    _ type: EventType, of subject: ObjectReference, _ facts: [JSONValue.Member], _ settings: [String: String]
  ) -> Event {
    var event = Event(occurredAt: time, type: type)
    event.foreignKey = "\(keyPrefix):\(subject.kind.rawValue):\(subject.name)"
    let settings = settings.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, .string($0.value)) }
    event.detail = .object(facts + [.init("sets", .object(settings))])
    return event
  }

  private func event(of cluster: Cluster, isFirst: Bool) -> Event {
    let subject = reference(.cluster, cluster.name)
    let shared = isFirst ? snapshot.sharedSettings : [:]
    var event = observation(.clusterObserved, of: subject, [], cluster.settings.merging(shared) { own, _ in own })
    event.cluster = subject
    return event
  }

  private func event(of datastore: Datastore) -> Event {
    let subject = reference(.datastore, datastore.name)
    var settings = ["capacity_bytes": Int64(datastore.capacityMiB * 1_048_576)]
    settings["free_bytes"] = Int64((datastore.capacityMiB - datastore.usedMiB) * 1_048_576)
    var event = observation(.datastoreObserved, of: subject, [], settings.mapValues { String($0) })
    event.datastore = subject
    return event
  }

  private func event(of host: Host) -> Event {
    let subject = reference(.host, host.name)
    let state: HostAvailability = host.isConnected ? .connected : .disconnected
    var event = observation(
      .hostObserved, of: subject, [.init("availability", .string(state.rawValue))], host.settings)
    event.host = subject
    event.cluster = reference(.cluster, host.cluster)
    return event
  }

  private func event(of vm: VirtualMachine) -> Event {
    let subject = reference(.vm, vm.name)
    let facts: [JSONValue.Member] = [
      .init("power", .string(vm.power.rawValue)), .init("vcpus", .int(Int64(vm.vcpus))),
      .init("memory_mib", .int(vm.memoryMiB)),
    ]
    var event = observation(.vmPlaced, of: subject, facts, vm.settings)
    event.vm = subject
    event.host = reference(.host, vm.host)
    // Its home is where its first disk lies.
    event.datastore = vm.disks.first.map { reference(.datastore, $0.datastore) }
    return event
  }
}
