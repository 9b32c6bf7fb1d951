/// What a host sees of a VM's virtual hardware: its configuration file, the descriptors of its disks, and its guest tools.
package struct HardwareReport: Sendable, Equatable {
  /// As its configuration file (.vmx) has it; nil where that is half written.
  package let version: Int?
  /// Of the copy that was saved before an upgrade; nil where there is none.
  package let savedVersion: Int?
  /// How many disks it has, and how many of their descriptors are of the new version already.
  package let disks: Int
  package let newDisks: Int
  /// Whether the tools in the guest are those of the host's product.
  package let hasCurrentTools: Bool

  /// Whether the host writes these files at this moment.
  package let isBeingUpgraded: Bool

  package init(
    version: Int?, savedVersion: Int? = nil, disks: Int, newDisks: Int, hasCurrentTools: Bool,
    isBeingUpgraded: Bool = false
  ) {
    (self.version, self.savedVersion, self.disks, self.newDisks) = (version, savedVersion, disks, newDisks)
    (self.hasCurrentTools, self.isBeingUpgraded) = (hasCurrentTools, isBeingUpgraded)
  }

  /// Whether all of it is of a version.
  package func isUpgraded(to version: Int) -> Bool { self.version == version && newDisks == disks }

  /// The configuration file is half written, or newer than the disks: it cannot be started with it.
  package var isTorn: Bool { version == nil || savedVersion != nil && version != savedVersion && newDisks < disks }

  /// Some of its disks are new and others are old: nobody knows a way on or back that is safe.
  package var isMixed: Bool { newDisks > 0 && newDisks < disks }
}
