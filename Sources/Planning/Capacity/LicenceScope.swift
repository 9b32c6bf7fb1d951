internal import Inventory

/// VMs that rules bind to some hosts, as software is that is licensed by host: what they cost, and the pool that they have.
package struct LicenceScope: Sendable, Equatable {
  /// The names of the rules, which name the same hosts.
  package var rules: [String]
  /// The VMs that the rules bind, by name.
  package var vms: [String]
  /// The hosts that the rules name.
  package var hosts: [String]
  /// The sockets of these hosts, which a licence by socket has to cover; nil where a host does not say it.
  package var sockets: Int?
  /// The cores of these hosts, which a licence by core has to cover; nil where a host does not say it.
  package var cores: Int?
  /// What the bound VMs that run take of the memory of these hosts, and what all do.
  package var ownMemory: PooledUse
  package var allMemory: PooledUse
  /// How many of these hosts may fail so that the bound VMs find a place on the others.
  package var failuresTolerated: Int
  /// The memory of the cluster without these hosts and VMs.
  package var restMemory: PooledUse

  static func all(_ snapshot: ClusterSnapshot, _ hosts: [Host], _ pool: Pool) -> [LicenceScope] {
    let names = Set(hosts.map(\.name))
    var groups: [(hosts: [String], rules: [PlacementRule])] = []
    for rule in snapshot.rules where rule.kind == .mustRunOn {
      let own = Set(rule.hosts).intersection(names).sorted()
      guard !own.isEmpty else { continue }
      if let index = groups.firstIndex(where: { $0.hosts == own }) {
        groups[index].rules.append(rule)
      } else {
        groups.append((own, [rule]))
      }
    }
    return groups.map { LicenceScope($0.hosts, $0.rules, hosts, pool) }
  }

  private init(_ names: [String], _ rules: [PlacementRule], _ hosts: [Host], _ pool: Pool) {
    let (own, vms) = (Set(names), Set(rules.flatMap(\.vms)))
    let members = hosts.filter { own.contains($0.name) }
    self.rules = rules.map { $0.name ?? "unnamed" }
    (self.hosts, self.vms) = (names, vms.sorted())
    (sockets, cores) = (CapacitySums.sum(of: members, \.sockets), CapacitySums.sum(of: members, \.cores))
    let isOwn = pool.hosts.map { own.contains($0.name) }
    func memory(_ isIn: (Pool.Load) -> Bool) -> Double {
      Double(pool.loads.filter(isIn).reduce(0) { $0 + $1.item.memory })
    }
    let capacity = zip(pool.hosts, isOwn).reduce(into: (own: 0.0, rest: 0.0)) { sum, next in
      if next.1 { sum.own += Double(next.0.memory) } else { sum.rest += Double(next.0.memory) }
    }
    let count = isOwn.count(where: \.self)
    ownMemory = PooledUse(used: memory { !vms.isDisjoint(with: $0.vms) }, of: capacity.own, hosts: count)
    allMemory = PooledUse(used: memory { isOwn[$0.item.origin] }, of: capacity.own, hosts: count)
    restMemory = PooledUse(
      used: memory { !isOwn[$0.item.origin] && vms.isDisjoint(with: $0.vms) }, of: capacity.rest,
      hosts: pool.hosts.count - count)
    failuresTolerated = FailureTolerance.of(Self.part(of: pool, isOwn, vms)).proved
  }

  /// These hosts with the bound VMs alone, the room that others take left out.
  private static func part(of pool: Pool, _ isOwn: [Bool], _ vms: Set<String>) -> Pool {
    var part = Pool()
    part.vcpusPerCore = pool.vcpusPerCore
    var numbers: [Int: Int] = [:]
    for (number, host) in pool.hosts.enumerated() where isOwn[number] {
      numbers[number] = part.hosts.count
      part.hosts.append(host)
    }
    for load in pool.loads {
      guard let number = numbers[load.item.origin] else { continue }
      if vms.isDisjoint(with: load.vms) {
        part.hosts[number].memory -= load.item.memory
        part.hosts[number].mhz = part.hosts[number].mhz.map { $0 - load.item.mhz }
      } else {
        var own = load
        own.item.origin = number
        own.item.allowed = nil
        part.loads.append(own)
      }
    }
    return part
  }
}
