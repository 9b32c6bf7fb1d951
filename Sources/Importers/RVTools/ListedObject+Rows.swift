internal import Inventory

/// The rows of clusters, datastores and hosts.
extension ListedObject {
  init(_ name: String, _ row: TabRow, id: String) throws {
    self.init(row: row.number, id: try row.text(id) ?? "", name: name)
  }

  static func cluster(_ name: String, _ row: TabRow) throws -> ListedObject {
    var cluster = try ListedObject(name, row, id: "Object ID")
    cluster.settings.add("ha_enabled", try row.flag("HA enabled").map { .bool($0) })
    cluster.settings.add("ha_admission_control", try row.flag("AdmissionControlEnabled").map { .bool($0) })
    cluster.settings.add("failover_level", try row.amount("Failover Level").map { .int($0) })
    cluster.settings.add("drs_enabled", try row.flag("DRS enabled").map { .bool($0) })
    cluster.settings.add("dpm_enabled", try row.flag("DPM enabled").map { .bool($0) })
    return cluster
  }

  static func datastore(_ name: String, _ row: TabRow) throws -> ListedObject {
    var datastore = try ListedObject(name, row, id: "Object ID")
    for (key, heading) in [
      ("capacity_bytes", "Capacity"), ("free_bytes", "Free"), ("provisioned_bytes", "Provisioned"),
      ("in_use_bytes", "In Use"),
    ] {
      datastore.settings.add(key, try row.amount(heading).map { .int($0 << 20) })
    }
    if let capacity = try row.amount("Capacity") {
      let used = try row.amount("Free").map { max(0, capacity - $0) } ?? row.amount("In Use")
      datastore.space = SettingText.object(["capacity_mib": .int(capacity), "used_mib": used.map { .int($0) } ?? .null])
    }
    datastore.settings.add("type", try row.text("Type").map { .string($0) })
    datastore.hosts = (try row.text("Hosts") ?? "").split(separator: ",").map { String($0.trimmed) }.filter { !$0.isEmpty }
    if !datastore.hosts.isEmpty {
      datastore.settings.add("hosts", .string(JSONValue.array(datastore.hosts.map { .string($0) }).compactText))
    }
    return datastore
  }

  static func host(_ name: String, _ row: TabRow) throws -> ListedObject {
    var host = try ListedObject(name, row, id: "Object ID")
    (host.datacenter, host.cluster) = (try row.text("Datacenter"), try row.text("Cluster"))
    if let isInMaintenance = try row.flag("in Maintenance Mode") {
      host.facts.append(.init("mode", .string((isInMaintenance ? HostMode.maintenance : .normal).rawValue)))
    }
    let sockets = try row.amount("# CPU")
    var cores = try row.amount("# Cores")
    if cores == nil, let sockets, let each = try row.amount("Cores per CPU"), each <= 1 << 16, sockets <= 1 << 16 {
      cores = sockets * each
    }
    host.settings.add("memory_bytes", try row.amount("# Memory").map { .int($0 << 20) })
    host.settings.add("cores", cores.map { .int($0) })
    host.settings.add("sockets", sockets.map { .int($0) })
    // Hyper-threading shows each core as two.
    if let cores, let isDoubled = try row.flag("HT Active") {
      host.settings.add("threads", .int(isDoubled ? cores * 2 : cores))
    }
    host.settings.add("cpu_mhz", try row.amount("Speed").map { .int($0) })
    for (key, heading) in [
      ("cpu_model", "CPU Model"), ("product", "ESX Version"), ("evc_max", "Max EVC"), ("vendor", "Vendor"),
      ("model", "Model"),
    ] {
      host.settings.add(key, try row.text(heading).map { .string($0) })
    }
    // A column that is there and says nothing means that EVC is off.
    if row.header.has("Current EVC") { host.settings.add("evc_current", .string(try row.text("Current EVC") ?? "none")) }
    host.settings.add("facility", object: ["licence": JSONValue(try row.text("Assigned License(s)"))])
    host.settings.add(
      "usage",
      object: [
        "cpu_ratio": try row.ratio("CPU usage %").map { .double($0) } ?? .null,
        "memory_ratio": try row.ratio("Memory usage %").map { .double($0) } ?? .null,
      ])
    return host
  }
}
