internal import Inventory

/// A host with what the checks ask of it, worked out once.
final class PreparedHost: Sendable {
  let host: Host
  /// Its place in the snapshot.
  let number: Int
  /// Nil where its product is not known, or limits nothing.
  let limits: ProductLimits?
  let settings: MigrationSettings
  let networks: Bits
  let datastores: Bits
  /// Nil for all that anybody asks for, or where nobody knows.
  let features: Bits?
  let vendor: String?
  let use: HostUse

  init(
    _ host: Host, number: Int, settings: MigrationSettings, limits: ProductLimits?, networks: Bits, datastores: Bits,
    features: Bits?, use: HostUse
  ) {
    (self.host, self.number, self.settings, self.limits, self.use) = (host, number, settings, limits, use)
    (self.networks, self.datastores, self.features) = (networks, datastores, features)
    vendor = host.processor?.vendor
  }

  var name: String { host.name }
  /// What running VMs can have; nil where it is not known.
  var memoryMiB: Int64? { host.memoryMiB > 0 ? host.memoryMiB - host.nodeMemoryMiB : nil }
  var cpuMHz: Int? { host.cores > 0 ? host.cores * host.mhz : nil }
}

extension VirtualMachine {
  /// What it takes of a host's memory while it runs.
  var neededMemoryMiB: Int64 { memoryMiB + memoryOverheadMiB }
}
