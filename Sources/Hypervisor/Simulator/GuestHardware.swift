internal import Inventory

/// The virtual hardware of a VM, as the files on its datastore have it, and the tools in its guest.
struct GuestHardware: Sendable {
  /// Nil while its configuration file is half written.
  var version: Int?
  /// Of the copy that was saved before an upgrade.
  var savedVersion: Int?
  /// How many descriptors of disks are of its last version.
  var newDisks: Int
  var hasCurrentTools: Bool
  /// The upgrade under way, and the host that writes.
  var job: (token: Int, host: Int, order: Order)?

  /// - Parameters:
  ///   - known: nil where nothing says it: VMs of ESX 2 have hardware 3, those of later hosts count as having 4.
  ///   - product: of its first host.
  init(version known: Int?, product: String, disks: Int) {
    let version = known ?? ProductVersion(product)?.onlyHardware ?? 4
    let isOld = version < 4
    (self.version, newDisks, hasCurrentTools) = (version, isOld ? 0 : disks, !isOld)
  }
}
