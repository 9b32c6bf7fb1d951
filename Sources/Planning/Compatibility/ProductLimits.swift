internal import Inventory

/// What a generation of host software can do with a VM. Of products that are not known, and of later ones, nothing is
/// said: they limit nothing.
struct ProductLimits: Sendable, Equatable {
  let major: Int
  let minor: Int
  let patch: Int

  /// - Parameter product: such as `ESX 2.5.3` or `VMware ESXi 6.5.0 build-1`.
  init?(_ product: String) {
    // No pattern: it would be compiled anew for each host of each check, which took longer than the rest of the check.
    let text = product.lowercased().utf8
    guard let name = text.firstRange(of: "esx".utf8) else { return nil }
    let version = text[name.upperBound...].drop { !Self.isDigit($0) }
    let parts = version.prefix { Self.isDigit($0) || $0 == UInt8(ascii: ".") }.split(separator: UInt8(ascii: "."))
    func number(_ place: Int) -> Int? { parts.indices.contains(place) ? Int(Substring(parts[place])) : nil }
    guard let major = number(0) else { return nil }
    self.major = major
    minor = number(1) ?? 0
    patch = number(2) ?? 0
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

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
