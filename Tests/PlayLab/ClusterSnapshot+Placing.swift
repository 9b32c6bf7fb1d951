package import Inventory

extension ClusterSnapshot {
  /// The events that place its clusters, datastores, hosts and VMs.
  package func placing(at moment: Instant) -> [Event] {
    func reference(_ kind: ObjectKind, _ name: String) -> ObjectReference {
      ObjectReference(kind: kind, foreignID: name, name: name)
    }
    func event(_ type: EventType, _ detail: [JSONValue.Member], sets settings: [String: String]) -> Event {
      var event = Event(occurredAt: moment, type: type)
      let settings = settings.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, .string($0.value)) }
      event.detail = .object(detail + [.init("sets", .object(settings))])
      return event
    }
    var events = clusters.enumerated().map { number, cluster in
      let shared = number == 0 ? sharedSettings : [:]
      var event = event(.clusterObserved, [], sets: cluster.settings.merging(shared) { own, _ in own })
      event.cluster = reference(.cluster, cluster.name)
      return event
    }
    events += datastores.map { datastore in
      let capacity = String(Int64(datastore.capacityMiB * 1_048_576))
      var event = event(.datastoreObserved, [], sets: ["capacity_bytes": capacity])
      event.datastore = reference(.datastore, datastore.name)
      return event
    }
    events += hosts.map { host in
      var event = event(.hostObserved, [.init("availability", "connected")], sets: host.settings)
      (event.host, event.cluster) = (reference(.host, host.name), reference(.cluster, host.cluster))
      return event
    }
    events += vms.map { vm in
      let facts: [JSONValue.Member] = [
        .init("power", .string(vm.power.rawValue)),
        .init("vcpus", .int(Int64(vm.vcpus))), .init("memory_mib", .int(vm.memoryMiB)),
      ]
      var event = event(.vmPlaced, facts, sets: vm.settings)
      (event.vm, event.host) = (reference(.vm, vm.name), reference(.host, vm.host))
      return event
    }
    return events
  }
}
