internal import Inventory

/// A rule with the places of its VMs.
final class PreparedRule: Sendable {
  let rule: PlacementRule
  let label: String
  /// Its VMs that run, or are on their way, by the number of the host; a VM that moves stands at both ends.
  let members: [Int: [String]]
  /// The hosts that it names.
  let hosts: Bits

  init(_ rule: PlacementRule, label: String, members: [Int: [String]], hosts: Bits) {
    (self.rule, self.label, self.members, self.hosts) = (rule, label, members, hosts)
  }

  /// A VM of it other than this one on a host.
  func other(than vm: String, on host: Int) -> String? { members[host]?.first { $0 != vm } }

  /// A VM of it other than this one on another host.
  func other(than vm: String, notOn host: Int) -> (vm: String, host: Int)? {
    for (number, names) in members.sorted(by: { $0.key < $1.key }) where number != host {
      if let name = names.first(where: { $0 != vm }) { return (name, number) }
    }
    return nil
  }
}
