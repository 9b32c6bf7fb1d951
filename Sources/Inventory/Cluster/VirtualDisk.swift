/// A disk of a VM: a file on a datastore, or the mapping of a LUN.
package struct VirtualDisk: Sendable, Equatable {
  /// How a LUN is mapped.
  package enum MappingMode: String, Sendable, CaseIterable {
    /// As a disk like any other: with snapshots, and clones.
    case virtual
    /// Passed through: without either.
    case physical
  }

  /// A LUN in the place of a file.
  package struct RawDeviceMapping: Sendable, Equatable {
    /// Its id; nil where its source does not say which it is. Of two that are unknown nothing tells whether they are one.
    package var lun: String?
    package var mode: MappingMode

    /// A mapping of a LUN, nil where it is unknown.
    package init(lun: String?, mode: MappingMode) { (self.lun, self.mode) = (lun, mode) }
  }

  /// Which VMs may use the disks of one controller at one time.
  package enum BusSharing: String, Sendable, CaseIterable {
    /// Its own VM alone.
    case notShared = "none"
    /// VMs of one host.
    case virtual
    /// VMs of any hosts.
    case physical
  }

  /// Where its file is; of a mapping, where the mapping file is, which takes no space.
  package var datastore: String
  package var sizeMiB: Double
  /// Distinct blocks that the guest writes.
  package var writeMiBPerSecond = 0.0
  /// The part that the guest writes again and again; nil for all.
  package var writeSetMiB: Double?
  package var mapping: RawDeviceMapping?
  /// Of its controller; nil where its source does not say it.
  package var busSharing: BusSharing?
  /// What people call it, such as `Hard disk 2`; nil where its source does not say it.
  package var label: String?

  package init(datastore: String, sizeMiB: Double) {
    self.datastore = datastore
    self.sizeMiB = sizeMiB
  }
}
