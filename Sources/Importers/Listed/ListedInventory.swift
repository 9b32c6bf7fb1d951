internal import Inventory

/// All that the tabs of one export say, before it is known who the source is.
struct ListedInventory {
  var clusters: [ListedObject] = []
  var datastores: [ListedObject] = []
  var hosts: [ListedObject] = []
  var vms: [ListedVM] = []
  /// The tabs that were read.
  var tabs: Set<RVToolsTab> = []
  /// Names of several VMs of which some row does not say which one it tells of.
  var doubtfulNames: Set<String> = []
  /// The vCenter's own id.
  var instanceUUID: String?
  /// The name under which the vCenter was asked; nil where the rows do not tell it.
  var server: String?
  /// When it was taken, as `vMetaData` and the properties of the workbook have it.
  var metaDataTime: String?
  var created: String?
  /// The speed of a core of each host, MHz.
  var speeds: [String: Int64] = [:]

  var isEmpty: Bool { clusters.isEmpty && datastores.isEmpty && hosts.isEmpty && vms.isEmpty }
}
