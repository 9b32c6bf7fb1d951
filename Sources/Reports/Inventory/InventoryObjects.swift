internal import Inventory
internal import Ledger

/// Everything that a source's inventory held at one moment, as far as it is known.
struct InventoryObjects {
  struct VM {
    let placement: Placement
    let facts: InventoryFacts
    let datacenter: String?
    /// The speed of a core of its host, MHz.
    var speed: Double?
  }

  struct Host {
    let view: HostView
    let facts: InventoryFacts
    var datacenter: String?

    /// MHz of a core.
    var speed: Double? { facts.number("cpu_mhz") ?? facts.number("cpu_hz").map { ($0 / 1_000_000).rounded() } }
  }

  struct Cluster {
    let view: ClusterView
    let facts: InventoryFacts
    var hosts: [Host] = []
  }

  struct Datastore {
    let view: DatastoreView
    let facts: InventoryFacts
  }

  private(set) var instanceUUID: String?
  private(set) var clusters: [Cluster] = []
  private(set) var hosts: [Host] = []
  private(set) var vms: [VM] = []
  private(set) var datastores: [Datastore] = []

  /// - Parameters:
  ///   - source: nil for a ledger without any.
  ///   - cluster: only what is in it, and the datastores of its VMs; nil for everything.
  init(_ reader: borrowing LedgerReader, source: String?, cluster: ObjectID?, at moment: Instant) throws {
    guard let source else { return }
    instanceUUID = try reader.instanceUUID(ofSource: source)
    let inventories = try WholeInventories(reader, of: source, until: moment)
    for view in try reader.hosts(at: moment) where view.host.source == source {
      guard cluster == nil || view.cluster?.id == cluster else { continue }
      // One that is known by its VMs alone had no row of its own.
      let absences = try inventories.absences(of: view.host.id, .host, reader)
      guard !absences.contains(where: { $0.contains(moment) }) else { continue }
      hosts.append(Host(view: view, facts: InventoryFacts(view.settings)))
    }
    var placements: [Placement] = []
    try reader.forEachPlacement(at: moment) { placement in
      if placement.vm.source == source, cluster == nil || placement.cluster?.id == cluster { placements.append(placement) }
    }
    let speeds = Dictionary(hosts.map { ($0.view.host.id, $0.speed) }) { first, _ in first }
    for placement in placements {
      let facts = InventoryFacts(try reader.settings(of: placement.vm.id, at: moment))
      let datacenter = try facts.text("datacenter") ?? reader.datacenter(ofVM: placement.vm.id, at: moment)?.name
      vms.append(
        VM(
          placement: placement, facts: facts, datacenter: datacenter, speed: placement.host.flatMap { speeds[$0.id] } ?? nil)
      )
    }
    findDatacenters()
    for view in try reader.clusters(at: moment) where view.cluster.source == source {
      guard cluster == nil || view.cluster.id == cluster else { continue }
      clusters.append(
        Cluster(
          view: view, facts: InventoryFacts(view.settings),
          hosts: hosts.filter { $0.view.cluster?.id == view.cluster.id }))
    }
    let used = Set(vms.flatMap(\.datastores))
    let told = try reader.datastoreFacts(of: source, at: moment)
    for view in try reader.datastores(at: moment) where view.datastore.source == source {
      guard cluster == nil || used.contains(view.datastore.name) else { continue }
      datastores.append(Datastore(view: view, facts: InventoryFacts(told[view.datastore.id] ?? [:])))
    }
  }

  /// A host is in the datacenter of the VMs on it, else in that of its cluster.
  private mutating func findDatacenters() {
    var (ofHosts, ofClusters) = ([ObjectID: Set<String>](), [ObjectID: Set<String>]())
    for vm in vms {
      guard let datacenter = vm.datacenter else { continue }
      if let host = vm.placement.host?.id { ofHosts[host, default: []].insert(datacenter) }
      if let cluster = vm.placement.cluster?.id { ofClusters[cluster, default: []].insert(datacenter) }
    }
    for index in hosts.indices {
      let found = ofHosts[hosts[index].view.host.id] ?? hosts[index].view.cluster.flatMap { ofClusters[$0.id] } ?? []
      if found.count == 1 { hosts[index].datacenter = found.first }
    }
  }
}

extension InventoryObjects.VM {
  /// The names of the datastores on which it lies.
  var datastores: [String] {
    let disks = facts.json("disks").arrayValue ?? []
    return disks.compactMap { $0["datastore"]?.stringValue } + [placement.datastore?.name].compactMap(\.self)
  }
}
