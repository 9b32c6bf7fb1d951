internal import Inventory

extension ObjectKind {
  /// The kind for a vCenter managed object type.
  init?(vCenterType: String) {
    switch vCenterType {
    case "VirtualMachine": self = .vm
    case "HostSystem": self = .host
    case "ClusterComputeResource": self = .cluster
    case "Datastore": self = .datastore
    case "Datacenter": self = .datacenter
    default: return nil
    }
  }
}
