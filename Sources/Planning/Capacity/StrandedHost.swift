internal import Inventory

/// A host that is full in one resource, so that what is free of the other is of no use on it.
package struct StrandedHost: Sendable, Equatable {
  package var host: String
  /// What is free and cannot be used: cores where memory is full, MiB where CPU is full.
  package var freeCores: Double?
  package var freeMiB: Int64?

  /// A resource is full from 90 % on; what is free of the other counts from 30 % on.
  static let (fullRatio, freeRatio) = (0.9, 0.3)

  /// Of hosts whose CPU use is known.
  static func all(_ hosts: [Host], memoryUsed: [String: Int64], cpuUsed: [String: Double]) -> [StrandedHost] {
    hosts.compactMap { host in
      let usable = host.memoryMiB - host.nodeMemoryMiB
      guard usable > 0, host.cores > 0, let cores = cpuUsed[host.name] else { return nil }
      let memory = Double(memoryUsed[host.name] ?? 0) / Double(usable)
      let cpu = cores / Double(host.cores)
      if memory >= fullRatio, 1 - cpu >= freeRatio {
        return StrandedHost(host: host.name, freeCores: Double(host.cores) - cores, freeMiB: nil)
      }
      if cpu >= fullRatio, 1 - memory >= freeRatio {
        return StrandedHost(host: host.name, freeCores: nil, freeMiB: usable - (memoryUsed[host.name] ?? 0))
      }
      return nil
    }
  }
}
