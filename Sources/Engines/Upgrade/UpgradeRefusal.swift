package import History
package import Inventory
package import Ledger

/// Why what a VM owes cannot be planned for a time.
package enum UpgradeRefusal {
  /// What a VM owes, or owed last; nil where an upgrade migration never left anything.
  package static func debt(of vm: String, _ reader: borrowing LedgerReader, source: String) throws -> UpgradeDebt? {
    try reader.upgradeDebts(of: source).last { $0.vm.name == vm }
  }

  /// - Parameter moment: for when it is to be planned; nil to drop the plan that there is.
  /// - Throws: `refused` with the reason.
  package static func check(
    _ vm: String, at moment: Instant?, now: Instant, _ reader: borrowing LedgerReader, source: String
  ) throws -> UpgradeDebt {
    let debt = try debt(of: vm, reader, source: source)
    guard let debt, !debt.isDone else {
      let done = debt == nil ? "" : " any more"
      throw YadokariError(
        .refused,
        "nothing is owed of VM \(vm)\(done): only an upgrade migration leaves something; see \"yadokari upgrade owed\"")
    }
    if debt.cycle != nil { throw YadokariError(.refused, "the upgrade of VM \(vm) is under way; wait until it has ended") }
    guard let moment else {
      guard debt.plan != nil else {
        throw YadokariError(.refused, "nothing is planned for VM \(vm): nothing is left to cancel")
      }
      return debt
    }
    if moment < now {
      throw YadokariError(.refused, "\(moment) is over: it is \(now) on the hosts of VM \(vm); give a later time")
    }
    // Names of VMs are each once in a source.
    if try reader.openMigrations().contains(where: { $0.first?.source == source && $0.first?.event.vm?.name == vm }) {
      throw YadokariError(.refused, "VM \(vm) is being moved; wait until that has ended")
    }
    if try reader.parkedVMs().contains(vm) {
      throw YadokariError(.refused, "a migration of VM \(vm) was left to a person; see \"yadokari migration list\"")
    }
    return debt
  }
}
