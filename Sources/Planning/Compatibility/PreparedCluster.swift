internal import Inventory

/// A snapshot with what the checks ask of it, worked out once.
final class PreparedCluster: Sendable {
  let isComplete: Bool
  let hosts: [PreparedHost]
  let vms: [PreparedVM]
  let hostNumbers: [String: Int]
  let vmNumbers: [String: Int]
  let datastores: [String: PreparedDatastore]
  let luns: [String: LUN]
  let networks: NameTable
  let features: NameTable
  let datastoreNames: NameTable

  /// - Parameter vm: the only one that is asked about; nil for all.
  init(_ snapshot: ClusterSnapshot, _ situation: Situation, for vm: String?) {
    isComplete = snapshot.isComplete
    hostNumbers = Self.numbers(snapshot.hosts.map(\.name))
    let asked = vm.map { vm in snapshot.vms.filter { $0.name == vm } } ?? snapshot.vms
    vmNumbers = Self.numbers(asked.map(\.name))
    luns = Dictionary(snapshot.luns.map { ($0.id, $0) }) { first, _ in first }
    var (networks, features) = (NameTable(), NameTable())
    var datastoreNames = NameTable(snapshot.datastores.map(\.name))
    let uses = HostUse.all(snapshot, situation, hostNumbers)
    let unsaid = Host(name: "", cluster: "", cores: 0, memoryMiB: 0)
    let settings = Dictionary(snapshot.clusters.map { ($0.name, $0.migration) }) { first, _ in first }
    hosts = snapshot.hosts.enumerated().map { number, host in
      // A product that only the default names is none that anybody saw.
      let isProductKnown = snapshot.isComplete || host.product != unsaid.product
      let seen = snapshot.datastores.filter { $0.isSeen(by: host.name) }.map(\.name)
      return PreparedHost(
        host, number: number, settings: settings[host.cluster] ?? MigrationSettings(),
        limits: isProductKnown ? ProductLimits(host.product) : nil, networks: networks.bits(host.networks),
        datastores: datastoreNames.bits(seen),
        features: host.features.map { features.bits($0.map(CPUFeature.name)) }, use: uses[number])
    }
    let rules = PreparedRule.all(snapshot, situation, hostNumbers)
    let moving = Dictionary(
      situation.moves.map { move in
        (move.vm, move.from == move.to ? "its files are being moved" : "it moves from \(move.from) to \(move.to)")
      }
    ) { first, _ in first }
    vms = asked.map { [hosts, hostNumbers] vm in
      let required = vm.requiredFeatures.map(CPUFeature.name)
      let frozen = vm.frozenFeatures?.map(CPUFeature.name).filter { !CPUFeature.isHostLocal($0) }
      return PreparedVM(
        vm, source: hostNumbers[vm.host].map { hosts[$0] }, networks: networks.bits(vm.networks),
        features: features.bits(required + (frozen ?? [])), frozenFeatures: frozen.map { features.bits($0) },
        datastores: datastoreNames.bits(vm.disks.map(\.datastore)), rules: rules[vm.name] ?? [],
        task: moving[vm.name] ?? situation.busy[vm.name])
    }
    datastores = PreparedDatastore.all(snapshot, situation)
    (self.networks, self.features, self.datastoreNames) = (networks, features, datastoreNames)
  }

  private static func numbers(_ names: [String]) -> [String: Int] {
    Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
  }
}
