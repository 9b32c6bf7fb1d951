internal import Inventory

/// How full a datastore is, and how full its files may make it. All in MiB; nil for what the inventory does not say.
package struct DatastoreUse: Sendable, Equatable {
  package var name: String
  package var capacityMiB: Double?
  package var usedMiB: Double?
  /// What all files on it may become; thin ones are smaller now.
  package var provisionedMiB: Double?
  package var vms: Int

  /// Whether its files may become more than it holds.
  package var isOvercommitted: Bool {
    guard let capacityMiB, let provisionedMiB else { return false }
    return provisionedMiB > capacityMiB
  }

  /// Those that a cluster's hosts see or its VMs lie on, in the order of their names.
  static func all(_ snapshot: ClusterSnapshot, _ hosts: [Host], _ vms: [VirtualMachine]) -> [DatastoreUse] {
    var disks: [String: (vms: Set<String>, mib: Double)] = [:]
    for vm in vms {
      for disk in vm.disks {
        disks[disk.datastore, default: ([], 0)].vms.insert(vm.name)
        if disk.mapping == nil { disks[disk.datastore, default: ([], 0)].mib += disk.sizeMiB }
      }
    }
    let isSeen = { (datastore: Datastore) in
      datastore.hosts.map { seen in hosts.contains { seen.contains($0.name) } } ?? true
    }
    let shown = snapshot.datastores.filter { !$0.name.isEmpty && (disks[$0.name] != nil || isSeen($0)) }
    return shown.sorted { $0.name < $1.name }.map { datastore in
      let own = disks[datastore.name]
      let isSized = datastore.capacityMiB > 0
      let used = snapshot.isComplete ? max(datastore.usedMiB, own?.mib ?? 0) : datastore.usedMiB
      return DatastoreUse(
        name: datastore.name, capacityMiB: isSized ? datastore.capacityMiB : nil, usedMiB: isSized ? used : nil,
        provisionedMiB: datastore.provisionedMiB ?? (snapshot.isComplete ? own?.mib ?? 0 : nil), vms: own?.vms.count ?? 0)
    }
  }
}
