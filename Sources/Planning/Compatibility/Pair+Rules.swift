internal import Inventory

extension Pair {
  /// Rules bind VMs that run; a VM that is off would break them when it starts.
  func checkRules(_ found: inout Findings) {
    for rule in vm.rules { check(rule, &found) }
  }

  private func check(_ rule: PreparedRule, _ found: inout Findings) {
    let severity: Reason.Severity = vm.isRunning ? .error : .warning
    switch rule.rule.kind {
    case .antiAffinity:
      guard let other = rule.other(than: vm.name, on: host.number) else { return }
      found.add(.ruleAntiAffinity, severity) {
        "Rule \(rule.label) keeps VM \(vm.name) apart from \(other), which is on host \(host.name) or on its way there."
      }
    case .affinity:
      // One of them has to go first.
      guard let other = rule.other(than: vm.name, notOn: host.number) else { return }
      found.warn(
        .ruleAffinity,
        "Rule \(rule.label) keeps VM \(vm.name) together with \(other.vm), which is on \(cluster.hosts[other.host].name).")
    case .mustRunOn:
      guard !rule.hosts.contains(host.number) else { return }
      found.add(.ruleMustRunOn, severity) { "Rule \(rule.label) does not let VM \(vm.name) run on host \(host.name)." }
    case .shouldRunOn:
      guard !rule.hosts.contains(host.number) else { return }
      found.warn(.ruleShouldRunOn, "Rule \(rule.label) would have VM \(vm.name) on another host than \(host.name).")
    }
  }
}
