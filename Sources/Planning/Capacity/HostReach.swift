package import Inventory

/// Which hosts can start a VM: those that have its networks, its datastores, its mapped LUNs under the same numbers and the
/// processor features that it requires, and that its rules name. Room is another matter.
package struct HostReach {
  /// What a VM asks of a host; many ask the same.
  private struct Needs: Hashable {
    var networks: Set<String>
    var datastores: Set<String>
    var features: Set<String>
    /// Mapped LUNs with the numbers under which the present host sees them.
    var luns: [String: Int]
    /// The hosts that rules name; nil where none does.
    var hosts: Set<String>?
  }

  private let hosts: [Host]
  private let networks: [Set<String>]
  private let datastores: [String: Datastore]
  private let luns: [String: LUN]
  private var named: [String: Set<String>] = [:]
  private var known: [Needs: [Bool]?] = [:]
  private let isComplete: Bool

  /// - Parameter hosts: those of the VM's cluster.
  package init(_ hosts: [Host], _ snapshot: ClusterSnapshot) {
    self.hosts = hosts
    networks = hosts.map { Set($0.networks) }
    datastores = Dictionary(snapshot.datastores.map { ($0.name, $0) }) { first, _ in first }
    luns = Dictionary(snapshot.luns.map { ($0.id, $0) }) { first, _ in first }
    isComplete = snapshot.isComplete
    for rule in snapshot.rules where rule.kind == .mustRunOn {
      for vm in rule.vms { named[vm] = named[vm]?.intersection(rule.hosts) ?? Set(rule.hosts) }
    }
  }

  /// Whether each host can start the VM; nil where all can.
  package mutating func allowed(_ vm: VirtualMachine) -> [Bool]? {
    var needs = Needs(
      // Inventories that do not say which networks hosts have do not say that they lack one.
      networks: isComplete ? Set(vm.networks) : [], datastores: Set(vm.disks.map(\.datastore)),
      features: vm.requiredFeatures, luns: [:], hosts: named[vm.name])
    for disk in vm.disks {
      if let lun = disk.mapping?.lun, let number = luns[lun]?.numbers[vm.host] { needs.luns[lun] = number }
    }
    if let found = known[needs] { return found }
    let answer = hosts.indices.map { can($0, needs) }
    known[needs] = answer.allSatisfy(\.self) ? .some(nil) : answer
    return known[needs] ?? nil
  }

  private func can(_ number: Int, _ needs: Needs) -> Bool {
    let host = hosts[number]
    return needs.networks.isSubset(of: networks[number])
      && needs.datastores.allSatisfy { datastores[$0]?.isSeen(by: host.name) ?? true }
      && (host.features.map { needs.features.isSubset(of: $0) } ?? true)
      && needs.luns.allSatisfy { luns[$0.key]?.numbers[host.name] == $0.value }
      && (needs.hosts?.contains(host.name) ?? true)
  }
}
