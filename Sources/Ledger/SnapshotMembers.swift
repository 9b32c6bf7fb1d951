internal import Inventory

/// The objects of a source at one moment of which a snapshot is made, and what it calls them.
struct SnapshotMembers {
  let source: String
  let moment: Instant
  /// With their settings.
  let clusters: [(cluster: ObjectSummary, settings: [String: String])]
  let hosts: [HostView]
  let placements: [Placement]
  let names: UniqueNames

  /// All of them, in the order in which the ledger learned of them.
  init(of source: String, at moment: Instant, _ reader: borrowing LedgerReader) throws {
    (self.source, self.moment) = (source, moment)
    clusters = try reader.clusterSettings(of: source, at: moment)
    var finder = PlacementFinder(at: moment)
    var hosts = try reader.hosts(at: moment, &finder.inventories).filter { $0.host.source == source }.sorted {
      $0.host.id < $1.host.id
    }
    // A host that is known by its VMs alone has no size.
    if let inventory = try finder.inventories.last(of: source, at: moment, reader) {
      hosts = try hosts.filter { try !inventory.lacks($0.host, .host, reader) }
    }
    var placements: [Placement] = []
    try reader.forEachPlacement(at: moment, &finder) { if $0.vm.source == source { placements.append($0) } }
    placements.sort { $0.vm.id < $1.vm.id }
    (self.hosts, self.placements) = (hosts, placements)
    names = UniqueNames(clusters.map(\.cluster) + hosts.map(\.host) + placements.map(\.vm))
  }

  /// Those that decide over moves of one VM to some hosts: these with their VMs, the VM with its host, the VMs that rules
  /// name beside it with theirs, and all clusters. Each has the name that it has among all.
  init(for vm: ObjectSummary, to targets: Set<ObjectID>, at moment: Instant, _ reader: borrowing LedgerReader) throws {
    (source, self.moment) = (vm.source, moment)
    clusters = try reader.clusterSettings(of: vm.source, at: moment)
    let known = Set(try reader.identities(of: .host, at: moment))
    var finder = PlacementFinder(at: moment)
    let inventory = try finder.inventories.last(of: vm.source, at: moment, reader)
    func isThere(_ host: ObjectSummary) throws -> Bool {
      try known.contains(host.id) && inventory?.lacks(host, .host, reader) != true
    }

    var found: [ObjectID: Placement] = [:]
    for target in targets.sorted() {
      try reader.forEachPlacement(at: moment, on: target, &finder) { if $0.vm.source == vm.source { found[$0.vm.id] = $0 } }
    }
    var namesakes: [ObjectSummary] = []
    func add(vmsNamed name: String) throws {
      for other in try reader.objects(named: name, kind: .vm, source: vm.source, at: moment) where other.name == name {
        found[other.id] = try finder.placement(of: other, reader)
      }
    }
    try add(vmsNamed: vm.name)
    let own = UniqueNames(found.values.map(\.vm)).name(of: vm)
    for name in try Self.names(beside: own, inRulesOf: clusters) {
      try add(vmsNamed: name)
      // Of several with one name a rule can name one with its id.
      if let plain = UniqueNames.name(in: name) { try add(vmsNamed: plain) }
    }

    let places = found.values.compactMap { $0.host?.id }
    var hosts: [HostView] = []
    for id in targets.union(places).sorted() {
      let host = try reader.summary(of: id, at: moment)
      guard host.source == vm.source, try isThere(host) else { continue }
      hosts.append(try reader.view(of: host, at: moment))
      for other in try reader.objects(named: host.name, kind: .host, source: vm.source, at: moment)
      where other.id != id && other.name == host.name {
        if try isThere(other) { namesakes.append(other) }
      }
    }
    placements = found.values.sorted { $0.vm.id < $1.vm.id }
    self.hosts = hosts
    let listed = Set(hosts.map(\.host.id))
    names = UniqueNames(
      clusters.map(\.cluster) + hosts.map(\.host) + namesakes.filter { !listed.contains($0.id) } + placements.map(\.vm))
  }

  /// The VMs that stand in a rule with one.
  private static func names(
    beside vm: String, inRulesOf clusters: [(cluster: ObjectSummary, settings: [String: String])]
  ) throws -> Set<String> {
    var rules = ClusterSnapshot()
    for (_, settings) in clusters { rules.takeShared(settings) }
    return Set(rules.rules.filter { $0.vms.contains(vm) }.flatMap(\.vms)).subtracting([vm])
  }
}

extension LedgerReader {
  /// The clusters of a source with their settings, in the order in which the ledger learned of them.
  fileprivate func clusterSettings(
    of source: String, at moment: Instant
  ) throws -> [(cluster: ObjectSummary, settings: [String: String])] {
    try clusterSummaries(at: moment).filter { $0.source == source }.map { ($0, try settings(of: $0.id, at: moment)) }
  }
}
