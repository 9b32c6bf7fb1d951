internal import Inventory
internal import Ledger

/// The tabs of hosts, clusters and datastores.
struct PlaceTabs {
  typealias Host = InventoryObjects.Host
  typealias Cluster = InventoryObjects.Cluster
  typealias Datastore = InventoryObjects.Datastore

  /// The vCenter's own id.
  let uuid: String?

  /// - Parameter hasEVC: whether of all hosts it is known whether EVC is set: nothing in its column says that it is off.
  func vHost(hasEVC: Bool) -> RVToolsTab<Host> {
    let evc: [RVToolsTab<Host>.Column] = [
      ("Current EVC", { .init($0.facts.text("evc_current").flatMap { $0 == "none" ? nil : $0 }) })
    ]
    return RVToolsTab<Host>(
      name: "vHost",
      columns: [
        ("Host", { .text($0.view.host.name) }), ("Datacenter", { .init($0.datacenter) }),
        ("Cluster", { .init($0.view.cluster?.name) }), ("CPU Model", { .init($0.facts.text("cpu_model")) }),
        ("Speed", { .init($0.speed) }), ("HT Active", { .init(isHyperThreaded($0)) }),
        ("# CPU", { .init($0.facts.number("sockets")) }), ("Cores per CPU", { .init(coresPerSocket($0)) }),
        ("# Cores", { .init($0.facts.number("cores")) }),
        ("CPU usage %", { .init(ratio: $0.facts.json("usage")["cpu_ratio"]?.doubleValue) }),
        ("# Memory", { .init($0.facts.mib("memory_bytes")) }),
        ("Memory usage %", { .init(ratio: $0.facts.json("usage")["memory_ratio"]?.doubleValue) }),
      ] + (hasEVC ? evc : []) + [
        ("Max EVC", { .init($0.facts.text("evc_max")) }),
        ("Assigned License(s)", { .init($0.facts.json("facility")["licence"]?.stringValue) }),
        ("ESX Version", { .init($0.facts.text("product")) }),
        ("in Maintenance Mode", { .init($0.view.mode.map { $0 == .maintenance }) }),
        ("Vendor", { .init($0.facts.text("vendor")) }), ("Model", { .init($0.facts.text("model")) }),
        ("Object ID", { .init($0.view.host.foreignID) }), ("VI SDK UUID", { _ in .init(uuid) }),
      ])
  }

  private func isHyperThreaded(_ host: Host) -> Bool? {
    guard let threads = host.facts.number("threads"), let cores = host.facts.number("cores") else { return nil }
    return threads == cores * 2 ? true : threads == cores ? false : nil
  }

  private func coresPerSocket(_ host: Host) -> Double? {
    guard let cores = host.facts.number("cores"), let sockets = host.facts.number("sockets"), sockets > 0 else { return nil }
    let each = cores / sockets
    return each == each.rounded() ? each : nil
  }

  var vCluster: RVToolsTab<Cluster> {
    RVToolsTab<Cluster>(
      name: "vCluster",
      columns: [
        ("Name", { .text($0.view.cluster.name) }), ("NumHosts", { .init(Int64($0.hosts.count)) }),
        ("TotalCpu", { sum($0) { host in host.speed.flatMap { mhz in host.facts.number("cores").map { $0 * mhz } } } }),
        ("NumCpuCores", { sum($0) { $0.facts.number("cores") } }),
        ("NumCpuThreads", { sum($0) { $0.facts.number("threads") } }),
        ("TotalMemory", { sum($0) { $0.facts.mib("memory_bytes") } }),
        ("HA enabled", { .init($0.facts.flag("ha_enabled")) }), ("Failover Level", { .init(failoverLevel($0)) }),
        ("AdmissionControlEnabled", { .init(hasAdmissionControl($0)) }),
        ("DRS enabled", { .init($0.facts.flag("drs_enabled")) }), ("DPM enabled", { .init($0.facts.flag("dpm_enabled")) }),
        ("Object ID", { .init($0.view.cluster.foreignID) }), ("VI SDK UUID", { _ in .init(uuid) }),
      ])
  }

  /// A sum over the hosts, where all of them tell.
  private func sum(_ cluster: Cluster, _ value: (Host) -> Double?) -> Workbook.Cell {
    let known = cluster.hosts.compactMap(value)
    return known.count == cluster.hosts.count && !known.isEmpty ? .number(known.reduce(0, +)) : .empty
  }

  private func failoverLevel(_ cluster: Cluster) -> Double? {
    let own = cluster.facts.json("ha")
    return cluster.facts.number("failover_level") ?? (own["policy"] == "hosts" ? own["hosts"]?.doubleValue : nil)
  }

  private func hasAdmissionControl(_ cluster: Cluster) -> Bool? {
    cluster.facts.flag("ha_admission_control") ?? cluster.facts.json("ha")["policy"]?.stringValue.map { $0 != "none" }
  }

  var vDatastore: RVToolsTab<Datastore> {
    func used(_ datastore: Datastore) -> Double? {
      if let used = datastore.facts.mib("in_use_bytes") { return used }
      guard let capacity = datastore.facts.mib("capacity_bytes"), let free = datastore.facts.mib("free_bytes") else {
        return nil
      }
      return max(0, capacity - free)
    }
    func freeRatio(_ datastore: Datastore) -> Double? {
      guard let capacity = datastore.facts.mib("capacity_bytes"), capacity > 0 else { return nil }
      return datastore.facts.mib("free_bytes").map { ($0 / capacity * 100).rounded() / 100 }
    }
    return RVToolsTab<Datastore>(
      name: "vDatastore",
      columns: [
        ("Name", { .text($0.view.datastore.name) }), ("Type", { .init($0.facts.text("type")) }),
        ("Capacity MiB", { .init($0.facts.mib("capacity_bytes")) }),
        ("Provisioned MiB", { .init($0.facts.mib("provisioned_bytes")) }), ("In Use MiB", { .init(used($0)) }),
        ("Free MiB", { .init($0.facts.mib("free_bytes")) }), ("Free %", { .init(ratio: freeRatio($0)) }),
        ("Object ID", { .init($0.view.datastore.foreignID) }), ("VI SDK UUID", { _ in .init(uuid) }),
      ])
  }
}
