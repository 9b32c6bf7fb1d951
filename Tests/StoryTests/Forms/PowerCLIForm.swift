import Foundation

/// Inventories as `Get-VM`, `Get-VMHost`, `Get-Datastore` and `Get-Cluster` give them through `Export-Csv`, with a column of
/// the datacenter, as scripts add it.
struct PowerCLIForm {
  let world: World

  private func row(_ cells: [String]) -> String {
    cells.map { "\"" + $0.replacingOccurrences(of: "\"", with: "\"\"") + "\"" }.joined(separator: ",") + "\r\n"
  }

  private func datacenter(_ number: Int?) -> String { number.flatMap { world.datacenters[$0] }?.name ?? "" }

  var clusters: String {
    let rows = world.clusters.values.sorted { $0.number < $1.number }.map { cluster in
      let isProtected = cluster.isProtected ? "True" : "False"
      return row([
        cluster.name, isProtected, isProtected, "False", "", datacenter(cluster.datacenter),
        "ClusterComputeResource-\(cluster.id)",
      ])
    }
    let head = ["Name", "HAEnabled", "HAAdmissionControlEnabled", "DrsEnabled", "EVCMode", "Datacenter", "Id"]
    return row(head) + rows.joined()
  }

  var hosts: String {
    let rows = world.hosts.values.sorted { $0.number < $1.number }.map { host in
      let state = host.isAway ? "NotResponding" : host.isInMaintenance ? "Maintenance" : "Connected"
      return row([
        host.name, state, host.isAway ? "Unknown" : "PoweredOn", host.cluster.flatMap { world.clusters[$0] }?.name ?? "host",
        "16", "41600", "128", "8.0.3", "24000000", datacenter(host.datacenter), "HostSystem-\(host.id)",
      ])
    }
    let head = [
      "Name", "ConnectionState", "PowerState", "Parent", "NumCpu", "CpuTotalMhz", "MemoryTotalGB", "Version", "Build",
      "Datacenter", "Id",
    ]
    return "#TYPE Selected.VMHostImpl\r\n" + row(head) + rows.joined()
  }

  var vms: String {
    let rows = world.vms.values.sorted { $0.number < $1.number }.map { vm in
      let power = ["on": "PoweredOn", "off": "PoweredOff", "suspended": "Suspended"][vm.power.rawValue] ?? ""
      let host = world.hosts[vm.host]
      return row([
        vm.name, power, "2", "4", host?.name ?? "", host.map { datacenter($0.datacenter) } ?? "", "VirtualMachine-\(vm.id)",
      ])
    }
    return row(["Name", "PowerState", "NumCpu", "MemoryGB", "VMHost", "Datacenter", "Id"]) + rows.joined()
  }

  var datastores: String {
    let rows = world.datastores.values.sorted { $0.number < $1.number }.map { datastore in
      row([datastore.name, "1024", "768", "NFS", datacenter(datastore.datacenter), "Datastore-\(datastore.id)"])
    }
    return row(["Name", "CapacityGB", "FreeSpaceGB", "Type", "Datacenter", "Id"]) + rows.joined()
  }
}
