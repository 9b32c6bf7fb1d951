import Foundation

/// Inventories as lists of RVTools.
struct RVToolsForm {
  let world: World
  /// The instance of the vCenter.
  let uuid: String

  private func row(_ cells: [String]) -> String {
    cells.map {
      $0.contains(where: { "\",".contains($0) }) ? "\"" + $0.replacingOccurrences(of: "\"", with: "\"\"") + "\"" : $0
    }
    .joined(separator: ",") + "\r\n"
  }

  private func cluster(of host: World.Host) -> String { host.cluster.flatMap { world.clusters[$0] }?.name ?? "" }

  private func datacenter(_ number: Int) -> String { world.datacenters[number]?.name ?? "" }

  var hosts: String {
    let head = row([
      "Host", "Datacenter", "Cluster", "in Maintenance Mode", "CPU Model", "Speed", "# CPU", "Cores per CPU", "# Cores",
      "# Memory", "Current EVC", "Max EVC", "ESX Version", "Object ID", "VI SDK UUID",
    ])
    return head
      + world.hosts.values.sorted { $0.number < $1.number }.map { host in
        row([
          host.name, datacenter(host.datacenter), cluster(of: host), host.isInMaintenance ? "True" : "False", "Example CPU",
          "2600", "2", "8", "16", "131072", "", "", "VMware ESXi 8.0.3 build-24000000", host.id, uuid,
        ])
      }.joined()
  }

  var vms: String {
    let head = row([
      "VM", "Powerstate", "Template", "Connection state", "CPUs", "Memory", "Path", "Datacenter", "Cluster", "Host", "VM ID",
      "VM UUID",
      "VI SDK UUID",
    ])
    return head
      + world.vms.values.sorted { $0.number < $1.number }.map { vm in
        let power = ["on": "poweredOn", "off": "poweredOff", "suspended": "suspended"][vm.power.rawValue] ?? ""
        let host = world.hosts[vm.host]
        let place = host.map { datacenter($0.datacenter) } ?? ""
        let digits = String(vm.number)
        return row([
          vm.name, power, "False", host?.isAway == true ? "disconnected" : "connected", "2", "4096",
          "[\(world.datastores[vm.datastore]?.name ?? "")] vm\(digits)/vm.vmx", place,
          host.map(cluster(of:)) ?? "", host?.name ?? "", vm.id, "50000000-0000-4000-8000-00000000\(digits)", uuid,
        ])
      }.joined()
  }

  var datastores: String {
    let head = row([
      "Name", "Type", "# VMs total", "Capacity MiB", "In Use MiB", "Free MiB", "Hosts", "Object ID", "VI SDK UUID",
    ])
    return head
      + world.datastores.values.sorted { $0.number < $1.number }.map { datastore in
        let hosts = world.hosts.values.filter { $0.datacenter == datastore.datacenter }.map(\.name).sorted()
        let count = world.vms.values.count { $0.datastore == datastore.number }
        return row([
          datastore.name, "NFS", "\(count)", "1048576", "262144", "786432", hosts.joined(separator: ", "), datastore.id,
          uuid,
        ])
      }.joined()
  }
}
