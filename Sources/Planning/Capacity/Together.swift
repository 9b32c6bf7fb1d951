internal import Inventory

/// Which VMs rules keep on one host.
struct Together {
  /// VMs that are kept together and are on one host now.
  struct Key: Hashable {
    let group: Int
    let host: Int
  }

  private var groups: [String: Int] = [:]

  /// Rules that share a VM are one.
  init(_ rules: [PlacementRule]) {
    for (number, rule) in rules.enumerated() where rule.kind == .affinity {
      let joined = Set(rule.vms.compactMap { groups[$0] })
      for vm in groups.keys where joined.contains(groups[vm] ?? -1) { groups[vm] = number }
      for vm in rule.vms { groups[vm] = number }
    }
  }

  /// Nil where no rule keeps the VM with another.
  func key(of vm: String, on host: Int) -> Key? { groups[vm].map { Key(group: $0, host: host) } }
}
