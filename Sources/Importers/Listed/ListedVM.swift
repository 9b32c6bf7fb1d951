internal import Inventory

/// What the tabs together say of a VM.
struct ListedVM {
  var object: ListedObject
  var host: String?
  /// Of its home file, such as `[ds1] web/web.vmx`.
  var path: String?
  var isTemplate: Bool?
  /// How many network cards and disks the source counts.
  var nics: Int64?
  /// The version of its virtual hardware.
  var hardware: Int64?
  var diskCount: Int64?

  /// MiB.
  var provisioned: Int64?
  var inUse: Int64?
  var guestCapacity: Int64?
  var guestConsumed: Int64?
  var memoryActive: Int64?
  var memoryReservation: Int64?

  /// MHz.
  var cpuUsage: Int64?
  var cpuReservation: Int64?

  /// Whether what some row says of it could not be used: then not all of its disks are known.
  var isPartial = false
  var disks: [VirtualDisk] = []
  var snapshots: Int64 = 0
  var toolsStatus: String?
  var toolsVersion: String?
}
