internal import History
internal import Hypervisor
internal import Inventory
internal import Ledger

/// What the ledger says at the end of a play, held against what the hardware did: no VM is lost without an event.
enum PlayCheck {
  static func objections(
    _ reader: borrowing LedgerReader, _ simulator: Simulator, source: String
  ) throws -> [String] {
    let running = Dictionary(grouping: simulator.stints.filter { $0.until == nil }, by: \.vm)
    let debts = try reader.upgradeDebts(of: source)
    let uncertain = Set(
      try reader.openMigrations().compactMap { $0.first?.event.vm?.name } + reader.parkedVMs()
        + debts.filter { $0.cycle != nil }.map(\.vm.name))
    var objections: [String] = []
    // Of the VMs of a host that does not answer nothing can be known.
    var answers: [String: Bool] = [:]
    try reader.forEachPlacement(at: simulator.now) { place in
      guard place.vm.source == source, !uncertain.contains(place.vm.name), !simulator.isTemplate(place.vm.name) else {
        return
      }
      let hosts = running[place.vm.name]?.map(\.host) ?? []
      if let host = place.host?.name {
        let isHeard = answers[host] ?? (simulator.inventory(of: host) != nil)
        answers[host] = isHeard
        guard isHeard else { return }
      }
      if place.power == .on, hosts != [place.host?.name ?? ""] {
        let truth = hosts.isEmpty ? "runs nowhere" : "runs on \(hosts.joined(separator: " and "))"
        objections.append("\(place.vm.name) is on \(place.host?.name ?? "no host") by the ledger, and \(truth)")
      }
      if place.power == .off, !hosts.isEmpty {
        objections.append("\(place.vm.name) is off by the ledger, and runs on \(hosts.joined(separator: " and "))")
      }
    }
    let leftOver = Set(try reader.leftOvers().compactMap { $0.vm?.name })
    for vm in try reader.snapshot(of: source, at: simulator.now).vms where !uncertain.contains(vm.name) {
      objections += Self.objections(vm, simulator, mayHaveCopies: leftOver.contains(vm.name))
    }
    for debt in debts where debt.cycle == nil && debt.parkedAt == nil {
      guard let hardware = simulator.hardware(of: debt.vm.name) else { continue }
      let name = debt.vm.name
      // Of a failure it may not be known how far it came.
      let isKnown = debt.failure == nil
      if hardware.isUpgraded(to: debt.toVersion) != (debt.hardwareDoneAt != nil), isKnown || debt.hardwareDoneAt != nil {
        objections.append("the new hardware of \(name) is \(debt.hardwareDoneAt == nil ? "there" : "missing")")
      }
      if hardware.hasCurrentTools != (debt.toolsDoneAt != nil), isKnown || debt.toolsDoneAt != nil {
        objections.append("the new tools of \(name) are \(debt.toolsDoneAt == nil ? "there" : "missing")")
      }
    }
    return objections
  }

  /// Where the files of a VM are, and whether any is left over that nobody is going to remove.
  /// - Parameter mayHaveCopies: whether it is on record that some are left over.
  private static func objections(_ vm: VirtualMachine, _ simulator: Simulator, mayHaveCopies: Bool) -> [String] {
    simulator.disks(of: vm.name).flatMap { disk -> [String] in
      guard vm.disks.indices.contains(disk.number) else { return [] }
      let (known, name) = (vm.disks[disk.number].datastore, "disk \(disk.number) of \(vm.name)")
      let home = disk.files.first { $0.side == disk.home }?.datastore
      var objections: [String] = []
      if home != known { objections.append("\(name) is on \(known) by the ledger, and on \(home ?? "no datastore")") }
      if !disk.complete.contains(disk.home) { objections.append("\(name) is not whole on \(known)") }
      if !mayHaveCopies, let copy = disk.files.first(where: { $0.side != nil && $0.side != disk.home }) {
        objections.append("a copy of \(name) that nobody removes is on \(copy.datastore)")
      }
      if !disk.logs.isEmpty { objections.append("\(name) has logs that nobody commits") }
      return objections
    }
  }
}
