import Foundation

/// Inventories as `govc collect -json` writes them, one file for each kind of object.
struct CollectForm {
  let world: World

  static func escape(_ text: String) -> String {
    text.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"")
  }

  private func object(_ type: String, _ id: String, _ properties: [(String, String)]) -> String {
    let changes = properties.map { "{\"name\": \"\($0.0)\", \"op\": \"assign\", \"val\": \($0.1)}" }
    return "{\"kind\": \"enter\", \"obj\": {\"type\": \"\(type)\", \"value\": \"\(id)\"}, \"changeSet\": ["
      + changes.joined(separator: ", ") + "]}\n"
  }

  private func text(_ text: String) -> String { "\"\(Self.escape(text))\"" }

  private func reference(_ type: String, _ id: String) -> String { "{\"type\": \"\(type)\", \"value\": \"\(id)\"}" }

  var clusters: String {
    world.clusters.values.sorted { $0.number < $1.number }.map { cluster in
      let das =
        "{\"enabled\": \(cluster.isProtected), \"admissionControlEnabled\": \(cluster.isProtected), "
        + "\"defaultVmSettings\": {\"restartPriority\": \"medium\", \"isolationResponse\": \"none\"}}"
      return object(
        "ClusterComputeResource", cluster.id,
        [
          ("name", text(cluster.name)),
          (
            "configurationEx",
            "{\"dasConfig\": \(das), \"drsConfig\": {\"enabled\": false, \"defaultVmBehavior\": \"manual\"}}"
          ),
        ])
    }.joined()
  }

  var hosts: String {
    world.hosts.values.sorted { $0.number < $1.number }.map { host in
      let parent =
        host.cluster.map { reference("ClusterComputeResource", "domain-c\($0)") }
        ?? reference("ComputeResource", "domain-s\(host.number)")
      let cpu = "{\"numCpuPackages\": 2, \"numCpuCores\": 16, \"numCpuThreads\": 32, \"hz\": 2600000000}"
      return object(
        "HostSystem", host.id,
        [
          ("name", text(host.name)), ("parent", parent),
          ("runtime.connectionState", text(host.isAway ? "notResponding" : "connected")),
          ("runtime.inMaintenanceMode", "\(host.isInMaintenance)"), ("summary.currentEVCModeKey", "null"),
          ("summary.maxEVCModeKey", "null"), ("hardware.memorySize", "137438953472"), ("hardware.cpuInfo", cpu),
        ])
    }.joined()
  }

  var vms: String {
    world.vms.values.sorted { $0.number < $1.number }.map { vm in
      let power = ["on": "poweredOn", "off": "poweredOff", "suspended": "suspended"][vm.power.rawValue] ?? ""
      return object(
        "VirtualMachine", vm.id,
        [
          ("name", text(vm.name)), ("runtime.host", reference("HostSystem", "host-\(vm.host)")),
          ("runtime.powerState", text(power)), ("config.hardware.numCPU", "2"), ("config.hardware.memoryMB", "4096"),
          ("config.files.vmPathName", text("[\(world.datastores[vm.datastore]?.name ?? "")] vm\(vm.number)/vm.vmx")),
        ])
    }.joined()
  }
}
