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

  init(_ snapshot: ClusterSnapshot, _ situation: Situation) {
    isComplete = snapshot.isComplete
    hostNumbers = Self.numbers(snapshot.hosts.map(\.name))
    vmNumbers = Self.numbers(snapshot.vms.map(\.name))
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
    let moving = Dictionary(situation.moves.map { ($0.vm, "it moves from \($0.from) to \($0.to)") }) { first, _ in first }
    vms = snapshot.vms.map { [hosts, hostNumbers] vm in
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

extension HostUse {
  /// By the number of the host. A VM that moves takes room at both ends.
  static func all(_ snapshot: ClusterSnapshot, _ situation: Situation, _ hosts: [String: Int]) -> [HostUse] {
    var uses = [HostUse](repeating: HostUse(), count: snapshot.hosts.count)
    let targets = Dictionary(situation.moves.map { ($0.vm, $0.to) }) { first, _ in first }
    for vm in snapshot.vms where vm.power == .on {
      for host in Set([vm.host, targets[vm.name] ?? vm.host]) {
        if let number = hosts[host] { uses[number].add(vm) }
      }
    }
    for move in situation.moves {
      for host in Set([move.from, move.to]) {
        guard let number = hosts[host] else { continue }
        uses[number].moves += 1
        if move.from != move.to { uses[number].linkMoves += 1 }
      }
    }
    return uses
  }
}

extension PreparedRule {
  /// The rules of each VM.
  static func all(
    _ snapshot: ClusterSnapshot, _ situation: Situation, _ hosts: [String: Int]
  ) -> [String: [PreparedRule]] {
    let targets = Dictionary(situation.moves.map { ($0.vm, $0.to) }) { first, _ in first }
    let running = Dictionary(snapshot.vms.filter { $0.power == .on }.map { ($0.name, $0.host) }) { first, _ in first }
    var rules: [String: [PreparedRule]] = [:]
    for (index, rule) in snapshot.rules.enumerated() {
      var members: [Int: [String]] = [:]
      for vm in rule.vms {
        guard let host = running[vm] else { continue }
        for place in Set([host, targets[vm] ?? host]) {
          if let number = hosts[place] { members[number, default: []].append(vm) }
        }
      }
      var allowed = Bits()
      for number in rule.hosts.compactMap({ hosts[$0] }) { allowed.insert(number) }
      let prepared = PreparedRule(rule, label: rule.name ?? "number \(index + 1)", members: members, hosts: allowed)
      for vm in rule.vms { rules[vm, default: []].append(prepared) }
    }
    return rules
  }
}
