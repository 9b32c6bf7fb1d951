package import Inventory

/// What a host has for the VMs that run on it.
package struct HostRoom: Sendable, Equatable {
  /// What its hypervisor leaves of its memory; nil where the inventory does not say how much it has.
  package let memoryMiB: Int64?
  /// What VMs may reserve: its cores times their speed; nil where the inventory does not say both.
  package let mhz: Int64?

  /// The room of a host without any VM.
  package init(of host: Host) {
    memoryMiB = host.memoryMiB > 0 ? max(0, host.memoryMiB - host.nodeMemoryMiB) : nil
    mhz = host.cores > 0 && host.mhz > 0 ? Int64(host.cores) * Int64(host.mhz) : nil
  }

  /// Whether a VM finds less memory than it needs beside what is taken; nil where that is not known.
  package func lacksMemory(for need: RoomNeed, beside used: RoomNeed) -> Bool? {
    memoryMiB.map { need.memoryMiB > $0 - used.memoryMiB }
  }

  /// Whether a VM finds less CPU than it reserves beside what others do; one that reserves nothing never does. Nil where
  /// that is not known.
  package func lacksCPU(for need: RoomNeed, beside used: RoomNeed) -> Bool? {
    need.reservedMHz == 0 ? false : mhz.map { need.reservedMHz > $0 - used.reservedMHz }
  }
}
