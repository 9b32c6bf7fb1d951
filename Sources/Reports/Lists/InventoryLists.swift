internal import Inventory
package import Ledger

/// The lists of the inventory at one moment.
package struct InventoryLists {
  package static let vms = ListKind(
    schema: "yadokari.vm-list/1", key: "vms", title: "Virtual machines",
    columns: [
      TableColumn("vm", "VM"), TableColumn("vm_id", "Id", isMinor: true), TableColumn("source", "Source", isDataOnly: true),
      TableColumn("cluster", "Cluster"), TableColumn("cluster_id", "Cluster id", isDataOnly: true),
      TableColumn("host", "Host"), TableColumn("host_id", "Host id", isDataOnly: true), TableColumn("power", "Power"),
      TableColumn("vcpus", "vCPUs", isNumber: true), TableColumn("memory_mib", "Memory", isNumber: true),
      TableColumn("datastore", "Datastore", isMinor: true), TableColumn("datastore_id", "Datastore id", isDataOnly: true),
      TableColumn("since", "Since"), TableColumn("grade", "Grade", isMinor: true),
    ], emptyText: "No VM is known at that time.")

  package static func cells(_ placement: Placement) -> [Cell] {
    [
      .text(placement.vm.name), .text(placement.vm.foreignID), .text(placement.vm.source), .text(placement.cluster?.name),
      .text(placement.cluster?.foreignID), .text(placement.host?.name), .text(placement.host?.foreignID),
      .text(placement.power?.rawValue), .int(placement.vcpus), .int(placement.memoryMiB),
      .text(placement.datastore?.name), .text(placement.datastore?.foreignID), .time(placement.since),
      .text(placement.grade.rawValue),
    ]
  }

  package static let hosts = ListKind(
    schema: "yadokari.host-list/1", key: "hosts", title: "Hosts",
    columns: [
      TableColumn("host", "Host"), TableColumn("host_id", "Id", isMinor: true),
      TableColumn("source", "Source", isDataOnly: true),
      TableColumn("cluster", "Cluster"), TableColumn("cluster_id", "Cluster id", isDataOnly: true),
      TableColumn("availability", "State"), TableColumn("mode", "Mode"),
      TableColumn("vms", "VMs", isNumber: true), TableColumn("memory_mib", "Memory", isNumber: true),
      TableColumn("cores", "Cores", isNumber: true), TableColumn("evc_current", "EVC"),
      TableColumn("evc_max", "EVC max", isDataOnly: true),
    ], emptyText: "No host is known at that time.")

  package static func cells(_ view: HostView, vms: Int) -> [Cell] {
    let memory = view.settings["memory_bytes"].flatMap { Int64($0) }.map { $0 >> 20 }
    return [
      .text(view.host.name), .text(view.host.foreignID), .text(view.host.source), .text(view.cluster?.name),
      .text(view.cluster?.foreignID),
      .text(view.availability?.rawValue), .text(view.mode?.rawValue), .int(vms), .int(memory),
      .int(view.settings["cores"].flatMap { Int64($0) }), .text(view.settings["evc_current"]),
      .text(view.settings["evc_max"]),
    ]
  }

  package static let clusters = ListKind(
    schema: "yadokari.cluster-list/1", key: "clusters", title: "Clusters",
    columns: [
      TableColumn("cluster", "Cluster"), TableColumn("cluster_id", "Id"),
      TableColumn("source", "Source", isDataOnly: true), TableColumn("hosts", "Hosts", isNumber: true),
      TableColumn("vms", "VMs", isNumber: true), TableColumn("ha_enabled", "HA"), TableColumn("drs_enabled", "DRS"),
      TableColumn("evc_mode", "EVC"),
    ], emptyText: "No cluster is known at that time.")

  package static func cells(_ view: ClusterView) -> [Cell] {
    func flag(_ key: String) -> Cell { .value(view.settings[key].map { .bool($0 == "true") } ?? .null) }
    return [
      .text(view.cluster.name), .text(view.cluster.foreignID), .text(view.cluster.source), .int(view.hosts), .int(view.vms),
      flag("ha_enabled"), flag("drs_enabled"), .text(view.settings["evc_mode"]),
    ]
  }

  package static let datastores = ListKind(
    schema: "yadokari.datastore-list/1", key: "datastores", title: "Datastores",
    columns: [
      TableColumn("datastore", "Datastore"), TableColumn("datastore_id", "Id"),
      TableColumn("source", "Source", isDataOnly: true), TableColumn("vms", "VMs", isNumber: true),
    ], emptyText: "No datastore is known at that time.")

  package static func cells(_ view: DatastoreView) -> [Cell] {
    [.text(view.datastore.name), .text(view.datastore.foreignID), .text(view.datastore.source), .int(view.vms)]
  }
}
