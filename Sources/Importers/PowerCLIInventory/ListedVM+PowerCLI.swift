internal import Inventory

/// The rows of `Get-VM`.
extension ListedVM {
  init(_ name: String, _ row: InventoryList.Row) {
    var object = ListedObject(row: row.line, id: row.id("id", "moref"), name: name)
    object.datacenter = row.text("datacenter", "datacentername")
    object.cluster = row.text("cluster", "clustername")
    let powers: [String: PowerState] = ["poweredon": .on, "poweredoff": .off, "suspended": .suspended]
    if let power = row.text("powerstate").flatMap({ powers[$0.lowercased()] }) {
      object.facts.append(.init("power", .string(power.rawValue)))
    }
    if let count = row.count("numcpu"), count > 0 { object.facts.append(.init("vcpus", .int(count))) }
    if let size = row.mib(gb: "memorygb", mb: "memorymb"), size > 0 {
      object.facts.append(.init("memory_mib", .int(size)))
    }
    object.settings.add("instance_uuid", row.text("persistentid").map { .string($0) })
    object.settings.add("created", row.text("createdate").map { .string(WorkbookDate.text(of: $0)) })
    object.settings.add("datacenter", object.datacenter.map { .string($0) })
    // A VM that has the cluster's priority says nothing of it.
    if let priority = row.text("harestartpriority")?.lowercased(), priority != "clusterrestartpriority" {
      object.settings.add("restart_priority", .string(priority))
    }
    self.init(object: object)
    hardware = VirtualHardware.version(row.text("hardwareversion", "version"))
    host = row.text("vmhost", "vmhostname")
    provisioned = row.mib(gb: "provisionedspacegb", mb: "provisionedspacemb")
    inUse = row.mib(gb: "usedspacegb", mb: "usedspacemb")
  }
}
