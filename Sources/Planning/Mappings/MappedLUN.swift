package import Inventory

/// A LUN that is mapped into a VM, and what that stops one from doing.
package struct MappedLUN: Sendable, Equatable {
  package let vm: String
  /// Where the VM is; an empty name where that is not known.
  package let host: String
  /// The place of the disk in the VM, from 0.
  package let disk: Int
  package let lun: String
  package let mode: VirtualDisk.MappingMode
  package let sizeMiB: Double
  /// Where the mapping file lies.
  package let datastore: String
  /// The hosts that see the LUN, each under its number; empty where that is not known.
  package let numbers: [String: Int]
  /// Other hosts to which the VM cannot go because of it, in the order of the snapshot.
  package let blockedHosts: [String]

  /// All of a snapshot, by VM and disk in its order.
  package static func all(_ snapshot: ClusterSnapshot) -> [MappedLUN] {
    let luns = Dictionary(snapshot.luns.map { ($0.id, $0) }) { first, _ in first }
    return snapshot.vms.flatMap { vm in
      vm.disks.enumerated().compactMap { number, disk in
        disk.mapping.map { mapping in
          MappedLUN(
            vm, disk: number, mapping, numbers: luns[mapping.lun]?.numbers ?? [:], hosts: snapshot.hosts.map(\.name))
        }
      }
    }
  }

  private init(
    _ vm: VirtualMachine, disk: Int, _ mapping: VirtualDisk.RawDeviceMapping, numbers: [String: Int], hosts: [String]
  ) {
    (self.vm, host, self.disk) = (vm.name, vm.host, disk)
    (lun, mode, self.numbers) = (mapping.lun, mapping.mode, numbers)
    (sizeMiB, datastore) = (vm.disks[disk].sizeMiB, vm.disks[disk].datastore)
    let own = numbers[vm.host]
    blockedHosts =
      numbers.isEmpty
      ? [] : hosts.filter { $0 != vm.host && (numbers[$0] == nil || own != nil && numbers[$0] != own) }
  }

  /// What it stops one from doing with its VM.
  package var obstacles: [MappingObstacle] {
    var all: [MappingObstacle] = mode == .physical ? [.noSnapshot, .noRedoLog, .noImageBackup] : []
    all.append(.lunStays)
    if numbers.isEmpty { all.append(.hostsNotKnown) } else if !blockedHosts.isEmpty { all.append(.hostsBlocked) }
    return all
  }
}
