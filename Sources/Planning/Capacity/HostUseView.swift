package import Inventory

/// A host with what it carries.
package struct HostUseView: Sendable, Equatable {
  package var host: Host
  /// Nil where the inventory does not list the hosts of all VMs: some may be this one under another name.
  package var vmsOn: Int?
  /// To VMs that run, overhead included; nil in the same case.
  package var grantedMiB: Int64?
  /// VMs that are off or suspended, and templates, which are registered there.
  package var idle: [String] = []
  /// How many cores are in use; nil where that is not known.
  package var cpuCores: Double?

  package init(_ host: Host, vmsOn: Int?, grantedMiB: Int64?, cpuCores: Double?) {
    (self.host, self.vmsOn, self.grantedMiB, self.cpuCores) = (host, vmsOn, grantedMiB, cpuCores)
  }

  /// What VMs may use, MiB; nil where that is not known.
  package var usableMiB: Int64? { host.memoryMiB > 0 ? max(0, host.memoryMiB - host.nodeMemoryMiB) : nil }

  /// What is not granted, MiB; below zero where more is than there is. Nil where one of them is not known.
  package var freeMiB: Int64? { usableMiB.flatMap { usable in grantedMiB.map { usable - $0 } } }
}
