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

extension PreparedRule {
  /// The rules of each VM.
  static func all(
    _ snapshot: ClusterSnapshot, _ situation: Situation, _ hosts: [String: Int]
  ) -> [String: [PreparedRule]] {
    guard !snapshot.rules.isEmpty else { return [:] }
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
