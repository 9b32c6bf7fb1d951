internal import Inventory

/// What the policy of dedicated failover hosts would find: hosts without VMs, each at least as large as any other.
package struct DedicatedPolicy: Sendable, Equatable {
  /// Such hosts; as many failures are provided for.
  package var hosts: [String]

  init(_ hosts: [Host], _ running: [VirtualMachine]) {
    let used = Set(running.map(\.host))
    let others = hosts.filter { used.contains($0.name) }
    let most = (memory: others.map { $0.memoryMiB - $0.nodeMemoryMiB }.max() ?? 0, cores: others.map(\.cores).max() ?? 0)
    self.hosts = hosts.filter {
      !used.contains($0.name) && $0.memoryMiB - $0.nodeMemoryMiB >= most.memory && $0.cores >= most.cores
    }.map(\.name)
  }
}
