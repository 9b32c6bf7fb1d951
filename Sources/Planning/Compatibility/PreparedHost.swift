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
  /// What running VMs can have.
  let room: HostRoom

  init(
    _ host: Host, number: Int, settings: MigrationSettings, limits: ProductLimits?, networks: Bits, datastores: Bits,
    features: Bits?, use: HostUse
  ) {
    (self.host, self.number, self.settings, self.limits, self.use) = (host, number, settings, limits, use)
    (self.networks, self.datastores, self.features) = (networks, datastores, features)
    vendor = host.processor?.vendor
    room = HostRoom(of: host)
  }

  var name: String { host.name }
}
