internal import Inventory

extension Pair {
  /// From a listed ESX 2.x with VMFS 2 to ESX 3.0.1 or later with VMFS 3.
  func checkUpgrade(_ found: inout Findings) {
    if let source = vm.source, source.limits?.isUpgradeSource != true {
      found.error(
        .upgradeSource,
        "Host \(source.name) runs \(source.host.product); upgrades start from \(ProductLimits.upgradeSourceText) only.")
    }
    if host.limits?.isUpgradeTarget != true {
      found.error(
        .upgradeTarget,
        "Host \(host.name) runs \(host.host.product); upgrades lead to \(ProductLimits.upgradeTargetText) or later.")
    }
    for (number, disk) in vm.vm.disks.enumerated() {
      if let format = cluster.datastores[disk.datastore]?.datastore.format, format.lowercased() != "vmfs2" {
        found.error(
          .upgradeSourceFormat, "Disk \(number) of VM \(vm.name) is on \(format); upgrades start from vmfs2 only.")
      }
    }
    for target in Set(vm.vm.disks.indices.map { target(ofDisk: $0) }).sorted() {
      if let format = cluster.datastores[target]?.datastore.format, format.lowercased() != "vmfs3" {
        found.error(.upgradeTargetFormat, "Datastore \(target) is \(format); upgrades lead to vmfs3 only.")
      }
    }
    found.warn(
      .upgradeOneWay,
      "There is no way back for VM \(vm.name): its old host reads neither its new files nor its new hardware.")
  }
}
