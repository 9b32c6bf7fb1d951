internal import ArgumentParser
internal import Inventory
internal import Ledger
internal import Planning

/// Where a VM is to go: on the commands that move one.
struct TargetOptions: ParsableArguments {
  @Option(name: .customLong("to"), help: ArgumentHelp("The host to which it goes, by name or id.", valueName: "host"))
  var host: String?

  @Option(help: "The datastore to which its files go, too, by name or id.")
  var datastore: String?

  /// What the checks say of the host asked for, else of all, and the ids of hosts by the names that stand there.
  /// - Throws: `notFound`, `conflict`
  func verdicts(
    for vm: ObjectSummary, _ reader: borrowing LedgerReader, at moment: Instant
  ) throws -> (targets: [Verdict], hostIDs: [String: String]) {
    var snapshot = try reader.snapshot(of: vm.source, at: moment)
    guard let name = snapshot.name(ofVM: vm) else {
      throw YadokariError(.notFound, "VM \(vm.name) was not there at \(moment); see \"yadokari vm history \(vm.name)\"")
    }
    let store = try datastore.map {
      try reader.object(named: $0, kind: .datastore, source: vm.source, at: moment).name
    }
    // One on which no VM lies is known by its name alone.
    if let store, !snapshot.datastores.contains(where: { $0.name == store }) {
      snapshot.datastores.append(Datastore(name: store, capacityMiB: 0))
    }
    var targets = Compatibility(snapshot).targets(of: name, datastore: store) ?? []
    if let host {
      let found = try reader.object(named: host, kind: .host, source: vm.source, at: moment)
      let name = snapshot.name(ofHost: found)
      targets = targets.filter { $0.host == name }
      guard !targets.isEmpty else {
        throw YadokariError(.notFound, "host \(found.name) was not there at \(moment); see \"yadokari host list\"")
      }
    }
    var ids: [String: String] = [:]
    for view in try reader.hosts(at: moment) where view.host.source == vm.source {
      if let name = snapshot.name(ofHost: view.host) { ids[name] = view.host.foreignID }
    }
    return (targets, ids)
  }
}
