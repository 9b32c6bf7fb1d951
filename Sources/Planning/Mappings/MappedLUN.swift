package import Inventory

/// A LUN that is mapped into a VM, and what that stops one from doing.
package struct MappedLUN: Sendable, Equatable {
  package let vm: String
  /// Where the VM is; an empty name where that is not known.
  package let host: String
  /// The place of the disk in the VM, from 0.
  package let disk: Int
  /// What people call the disk, such as `Hard disk 2`.
  package let label: String
  /// Nil where the source does not say which it is.
  package let lun: String?
  package let mode: VirtualDisk.MappingMode
  package let sizeMiB: Double
  /// Where the mapping file lies.
  package let datastore: String
  /// The hosts that see the LUN, each under its number; empty where that is not known.
  package let numbers: [String: Int]
  /// Which VMs may use the disks of its controller at one time; nil where the source does not say it.
  package let busSharing: VirtualDisk.BusSharing?
  /// The other VMs into which the same LUN is mapped, in the order of the snapshot; none where it is not known which it is.
  package let otherVMs: [String]
  /// Other hosts to which the VM cannot go because of it, in the order of the snapshot.
  package let blockedHosts: [String]

  /// All of a snapshot, by VM and disk in its order.
  package static func all(_ snapshot: ClusterSnapshot) -> [MappedLUN] {
    let luns = Dictionary(snapshot.luns.map { ($0.id, $0) }) { first, _ in first }
    var bearers: [String: [String]] = [:]
    for vm in snapshot.vms {
      for lun in Set(vm.disks.compactMap { $0.mapping?.lun }) { bearers[lun, default: []].append(vm.name) }
    }
    return snapshot.vms.flatMap { vm in
      vm.disks.enumerated().compactMap { number, disk in
        disk.mapping.map { mapping in
          let others = mapping.lun.flatMap { bearers[$0] }?.filter { $0 != vm.name } ?? []
          return MappedLUN(
            vm, disk: number, mapping, numbers: mapping.lun.flatMap { luns[$0]?.numbers } ?? [:], otherVMs: others,
            hosts: snapshot.hosts.map(\.name))
        }
      }
    }
  }

  private init(
    _ vm: VirtualMachine, disk number: Int, _ mapping: VirtualDisk.RawDeviceMapping, numbers: [String: Int],
    otherVMs: [String], hosts: [String]
  ) {
    let disk = vm.disks[number]
    (self.vm, host, self.disk, label) = (vm.name, vm.host, number, disk.name(number))
    (lun, mode, self.numbers, self.otherVMs) = (mapping.lun, mapping.mode, numbers, otherVMs)
    (sizeMiB, datastore, busSharing) = (disk.sizeMiB, disk.datastore, disk.busSharing)
    let own = numbers[vm.host]
    blockedHosts =
      numbers.isEmpty
      ? [] : hosts.filter { $0 != vm.host && (numbers[$0] == nil || own != nil && numbers[$0] != own) }
  }

  /// What it stops one from doing with its VM.
  package var obstacles: [MappingObstacle] {
    var all: [MappingObstacle] = mode == .physical ? [.noSnapshot, .noRedoLog, .noImageBackup] : []
    if !otherVMs.isEmpty { all.append(.shared) }
    all.append(.lunStays)
    if lun == nil { all.append(.lunNotKnown) }
    if numbers.isEmpty { all.append(.hostsNotKnown) } else if !blockedHosts.isEmpty { all.append(.hostsBlocked) }
    return all
  }
}
