internal import Inventory

/// Turns the tabs of an export into the events that its objects were seen so at that time.
struct ListedMapper {
  private let inventory: ListedInventory
  private let names: ListedNames
  private let time: Instant
  private let keyPrefix: String
  /// The cluster among whose settings the space on datastores stands, as that of cluster files does; nil where there is
  /// none, or nothing to say.
  private let carrier: (name: String, datacenter: String?)?

  init(_ inventory: ListedInventory, at time: Instant, keyPrefix: String) {
    (self.inventory, self.time, self.keyPrefix) = (inventory, time, keyPrefix)
    names = ListedNames(inventory)
    carrier = Self.carrier(in: inventory)
  }

  /// Gives each event with the row that it is from; clusters and hosts before VMs, which name them.
  func forEachEvent(_ body: (Int, Event) throws -> Void) rethrows {
    if let uuid = inventory.instanceUUID {
      var event = observation(.sourceIdentified, "VI SDK UUID", key: "about")
      event.detail = ["instance_uuid": .string(uuid)]
      try body(1, event)
    }
    for cluster in inventory.clusters { try body(cluster.row, self.cluster(cluster)) }
    if let carrier, !inventory.clusters.contains(where: { $0.name == carrier.name }) { try body(1, space(on: carrier)) }
    for datastore in inventory.datastores { try body(datastore.row, self.datastore(datastore)) }
    for host in inventory.hosts { try body(host.row, self.host(host)) }
    for vm in inventory.vms { try body(vm.object.row, self.vm(vm)) }
  }

  private func observation(_ type: EventType, _ foreignType: String, key: String) -> Event {
    var event = Event(occurredAt: time, type: type)
    event.foreignType = foreignType
    event.foreignKey = "\(keyPrefix):\(key)"
    return event
  }

  private func datacenter(_ object: ListedObject) -> ObjectReference? {
    object.datacenter.map { ObjectReference(kind: .datacenter, foreignID: "", name: $0) }
  }

  private func cluster(_ cluster: ListedObject) -> Event {
    var event = observation(.clusterObserved, inventory.rowTypes.cluster, key: "cluster:\(cluster.identity)")
    event.cluster = names.reference(.cluster, to: cluster)
    var settings = cluster.settings
    if cluster.name == carrier?.name { addSpace(to: &settings) }
    event.detail = .object(settings.members)
    return event
  }

  private static func carrier(in inventory: ListedInventory) -> (name: String, datacenter: String?)? {
    guard inventory.datastores.contains(where: { $0.space != .null }) else { return nil }
    let rows = inventory.clusters.map { ($0.name, String?.none) }
    let others = (inventory.hosts + inventory.vms.map(\.object)).compactMap { object in
      object.cluster.map { ($0, object.datacenter) }
    }
    return (rows.isEmpty ? others : rows).min { ($0.0, $0.1 ?? "") < ($1.0, $1.1 ?? "") }
  }

  private func addSpace(to settings: inout Settings) {
    // Of two with one name nobody could tell which is meant.
    let known = Dictionary(grouping: inventory.datastores, by: \.name).values.filter { $0.count == 1 }.compactMap(\.first)
    for datastore in known.sorted(by: { $0.name < $1.name }) where datastore.space != .null {
      settings.add(ClusterSnapshot.key(ofDatastore: datastore.name), .string(datastore.space.compactText))
    }
  }

  private func space(on carrier: (name: String, datacenter: String?)) -> Event {
    var event = observation(.clusterObserved, inventory.rowTypes.datastore, key: "space")
    event.cluster = names.reference(.cluster, carrier.name, in: carrier.datacenter)
    var settings = Settings()
    addSpace(to: &settings)
    event.detail = .object(settings.members)
    return event
  }

  private func datastore(_ datastore: ListedObject) -> Event {
    var event = observation(.datastoreObserved, inventory.rowTypes.datastore, key: "datastore:\(datastore.identity)")
    event.datastore = names.reference(.datastore, to: datastore)
    event.detail = .object(datastore.settings.members)
    return event
  }

  private func host(_ host: ListedObject) -> Event {
    var event = observation(.hostObserved, inventory.rowTypes.host, key: "host:\(host.identity)")
    event.host = names.reference(.host, to: host)
    event.cluster = host.cluster.map { names.reference(.cluster, $0, in: host.datacenter) }
    event.datacenter = datacenter(host)
    event.detail = .object(host.facts + host.settings.members)
    return event
  }

  private func vm(_ vm: ListedVM) -> Event {
    let object = vm.object
    var event = observation(.vmPlaced, inventory.rowTypes.vm, key: "vm:\(object.identity)")
    event.vm = names.reference(.vm, to: object)
    // A host that vHost does not list is known by its VMs alone: it has a name and a cluster, and nothing else.
    event.host = vm.host.map { names.reference(.host, $0, in: object.datacenter) }
    event.cluster = object.cluster.map { names.reference(.cluster, $0, in: object.datacenter) }
    event.datacenter = datacenter(object)
    event.datastore = vm.path.flatMap(CollectMapper.datastoreName).map {
      names.reference(.datastore, $0, in: object.datacenter)
    }
    event.detail = .object(object.facts + vm.settings(of: inventory).members)
    return event
  }
}
