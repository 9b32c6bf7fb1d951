internal import Inventory

/// What a generation of host software can do with a VM. Of products that are not known, and of later ones, nothing is
/// said: they limit nothing.
struct ProductLimits: Sendable, Equatable {
  private let version: ProductVersion

  /// - Parameter product: such as `ESX 2.5.3` or `VMware ESXi 6.5.0 build-1`.
  init?(_ product: String) {
    guard let version = ProductVersion(product) else { return nil }
    self.version = version
  }

  var major: Int { version.major }
  var minor: Int { version.minor }
  var patch: Int { version.patch }

  /// The newest version of virtual hardware.
  var hardware: Int? { version.newestHardware }

  var vcpus: Int? { [2: 2, 3: 4, 4: 8][major] }

  var memoryMiB: Int64? {
    switch (major, minor) {
    case (2, _): 3600
    case (3, ..<5): 16_384
    case (3, _): 65_532
    case (4, _): 261_120
    default: nil
    }
  }

  /// What it can do with a file system.
  enum Access { case full, readOnly, none }

  func access(toFormat format: String) -> Access {
    switch format.lowercased() {
    case "vmfs2": major < 3 ? .full : major < 5 ? .readOnly : .none
    case "vmfs3": major < 3 ? .none : .full
    case "vmfs5": major < 5 ? .none : .full
    case "vmfs6": (major, minor) < (6, 5) ? .none : .full
    default: .full
    }
  }

  // MARK: Upgrades while the VM runs

  static let upgradeSourceText = "ESX 2.5"
  static let upgradeTargetText = "ESX 3.0.1"

  var isUpgradeSource: Bool { (major, minor) == (2, 5) }
  /// It writes the new files and still reads the old ones.
  var isUpgradeTarget: Bool { (major, minor, patch) >= (3, 0, 1) && access(toFormat: "vmfs2") == .readOnly }
}
