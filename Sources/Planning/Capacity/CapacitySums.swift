package import Inventory

/// The plain sums of a pool.
package struct CapacitySums: Sendable, Equatable {
  package var hosts = 0
  /// Hosts that can run VMs now: connected, not in maintenance, not in standby.
  package var liveHosts = 0
  /// All that are registered and no template, whatever their power state.
  package var vms = 0
  package var vmsOn = 0
  /// Nil where a host does not say it.
  package var sockets: Int?
  /// Nil where a host does not say it.
  package var cores: Int?
  /// Nil where a host does not say it.
  package var threads: Int?
  /// What the hosts have, MiB, and what the hypervisors leave of it; nil where a host does not say it.
  package var memoryMiB: Int64? = 0
  package var usableMiB: Int64? = 0
  /// Of the VMs that `vms` counts.
  package var vcpus = 0
  package var vmMemoryMiB: Int64 = 0
  /// Of those that run.
  package var vcpusOn = 0
  package var vmMemoryOnMiB: Int64 = 0
  /// What guests say that their file systems hold, MiB; nil where none says it.
  package var guestConsumedMiB: Double?
  /// What the disks of the VMs may become, and what they take now, MiB; nil where none says it.
  package var provisionedMiB: Double?
  package var inUseMiB: Double?

  init(_ hosts: [Host], _ vms: [VirtualMachine]) {
    self.hosts = hosts.count
    liveHosts = hosts.count(where: \.isLive)
    (sockets, cores) = (Self.sum(of: hosts, \.sockets), Self.sum(of: hosts, \.cores))
    if hosts.allSatisfy({ $0.memoryMiB > 0 }) {
      memoryMiB = hosts.reduce(0) { $0 + $1.memoryMiB }
      usableMiB = hosts.reduce(0) { $0 + max(0, $1.memoryMiB - $1.nodeMemoryMiB) }
    } else {
      (memoryMiB, usableMiB) = (nil, nil)
    }
    let counts = hosts.compactMap(\.threads)
    threads = counts.count == hosts.count && !hosts.isEmpty ? counts.reduce(0, +) : nil
    for vm in vms where !vm.isTemplate {
      self.vms += 1
      vcpus += vm.vcpus
      vmMemoryMiB += vm.memoryMiB
      guard vm.power == .on else { continue }
      vmsOn += 1
      vcpusOn += vm.vcpus
      vmMemoryOnMiB += vm.memoryMiB
    }
    let storage = vms.compactMap(\.storage)
    guestConsumedMiB = Self.sum(storage.compactMap(\.guestConsumedMiB))
    provisionedMiB = Self.sum(storage.compactMap(\.provisionedMiB))
    inUseMiB = Self.sum(storage.compactMap(\.inUseMiB))
  }

  /// The sum of what hosts have, where all say it; nil where one does not.
  package static func sum(of hosts: [Host], _ count: KeyPath<Host, Int>) -> Int? {
    hosts.allSatisfy { $0[keyPath: count] > 0 } ? hosts.reduce(0) { $0 + $1[keyPath: count] } : nil
  }

  private static func sum(_ numbers: [Double]) -> Double? { numbers.isEmpty ? nil : numbers.reduce(0, +) }
}
