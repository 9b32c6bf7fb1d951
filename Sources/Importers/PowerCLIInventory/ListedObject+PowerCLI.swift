internal import Inventory

/// The rows of `Get-Cluster`, `Get-Datastore` and `Get-VMHost`.
extension ListedObject {
  private init(_ name: String, _ row: InventoryList.Row) {
    self.init(row: row.line, id: row.id("id", "moref"), name: name)
    datacenter = row.text("datacenter", "datacentername")
  }

  static func cluster(_ name: String, _ row: InventoryList.Row) -> ListedObject {
    var cluster = ListedObject(name, row)
    cluster.settings.add("ha_enabled", row.flag("haenabled").map { .bool($0) })
    cluster.settings.add("ha_admission_control", row.flag("haadmissioncontrolenabled").map { .bool($0) })
    cluster.settings.add("failover_level", row.count("hafailoverlevel").map { .int($0) })
    cluster.settings.add("drs_enabled", row.flag("drsenabled").map { .bool($0) })
    if row.has("evcmode") { cluster.settings.add("evc_mode", .string(row.text("evcmode") ?? "none")) }
    return cluster
  }

  static func datastore(_ name: String, _ row: InventoryList.Row) -> ListedObject {
    var datastore = ListedObject(name, row)
    let capacity = row.bytes(gb: "capacitygb", mb: "capacitymb")
    let free = row.bytes(gb: "freespacegb", mb: "freespacemb")
    datastore.settings.add("capacity_bytes", capacity.map { .int($0) })
    datastore.settings.add("free_bytes", free.map { .int($0) })
    datastore.settings.add("type", row.text("type").map { .string($0) })
    if let capacity {
      let used = free.map { max(0, capacity - $0) }
      datastore.space = SettingText.object([
        "capacity_mib": .int(capacity >> 20), "used_mib": used.map { .int($0 >> 20) } ?? .null,
      ])
    }
    return datastore
  }

  static func host(_ name: String, _ row: InventoryList.Row) -> ListedObject {
    var host = ListedObject(name, row)
    // Hosts in no cluster lie in a folder, which is called so at first.
    host.cluster = row.text("cluster", "clustername") ?? row.text("parent").flatMap { $0 == "host" ? nil : $0 }
    addState(of: row, to: &host)
    let cores = row.count("numcpu").flatMap { $0 > 0 ? $0 : nil }
    let memory = row.bytes(gb: "memorytotalgb", mb: "memorytotalmb")
    host.settings.add("memory_bytes", memory.map { .int($0) })
    host.settings.add("cores", cores.map { .int($0) })
    // Hyper-threading shows each core as two.
    if let cores, let isDoubled = row.flag("hyperthreadingactive") {
      host.settings.add("threads", .int(isDoubled ? cores * 2 : cores))
    }
    let mhz = row.number("cputotalmhz")
    if let mhz, let cores { host.settings.add("cpu_mhz", .int(Int64((mhz / Double(cores)).rounded()))) }
    for (key, name) in [("cpu_model", "processortype"), ("vendor", "manufacturer"), ("model", "model")] {
      host.settings.add(key, row.text(name).map { .string($0) })
    }
    if let version = row.text("version") {
      let build = row.text("build").map { " build-\($0)" } ?? ""
      host.settings.add("product", .string("VMware ESXi \(version)\(build)"))
    }
    host.settings.add("evc_max", row.text("maxevcmode").map { .string($0) })
    func ratio(_ used: Double?, of all: Double?) -> JSONValue {
      guard let used, let all, all > 0 else { return .null }
      return .double(used / all)
    }
    let used = row.bytes(gb: "memoryusagegb", mb: "memoryusagemb")
    host.settings.add(
      "usage",
      object: [
        "cpu_ratio": ratio(row.number("cpuusagemhz"), of: mhz),
        "memory_ratio": ratio(used.map { Double($0) }, of: memory.map { Double($0) }),
      ])
    return host
  }

  private static func addState(of row: InventoryList.Row, to host: inout ListedObject) {
    switch row.text("connectionstate", "state")?.lowercased() {
    case "connected":
      host.facts.append(.init("availability", .string(HostAvailability.connected.rawValue)))
      host.facts.append(.init("mode", .string(HostMode.normal.rawValue)))
    case "maintenance":
      host.facts.append(.init("availability", .string(HostAvailability.connected.rawValue)))
      host.facts.append(.init("mode", .string(HostMode.maintenance.rawValue)))
    case "notresponding": host.facts.append(.init("availability", .string(HostAvailability.connectionLost.rawValue)))
    case "disconnected": host.facts.append(.init("availability", .string(HostAvailability.disconnected.rawValue)))
    default: break
    }
    if row.text("powerstate")?.lowercased() == "standby" {
      host.facts.removeAll { $0.key == "mode" }
      host.facts.append(.init("mode", .string(HostMode.standby.rawValue)))
    }
  }
}
