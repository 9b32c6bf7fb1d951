internal import Inventory

/// All that the lists of one export say of one vCenter, before it is known which source that is.
struct ListedInventory {
  /// What the source calls the rows of each kind.
  struct RowTypes {
    let cluster: String
    let host: String
    let datastore: String
    let vm: String

    static let rvtools = RowTypes(cluster: "vCluster", host: "vHost", datastore: "vDatastore", vm: "vInfo")
    static let powerCLI = RowTypes(
      cluster: InventoryListKind.clusters.rawValue, host: InventoryListKind.hosts.rawValue,
      datastore: InventoryListKind.datastores.rawValue, vm: InventoryListKind.vms.rawValue)
  }

  var rowTypes = RowTypes.rvtools
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
