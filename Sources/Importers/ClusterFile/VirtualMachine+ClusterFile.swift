internal import Inventory

extension VirtualMachine {
  /// - Parameter sizesOfLUNs: in MiB, by id.
  init(_ value: ClusterFileValue, _ names: ClusterFileNames, sizesOfLUNs: [String: Double]) throws {
    let fields = try value.object(
      "name", "host", "power", "mem_mib", "vcpus", "cpu_demand", "cpu_reservation_mhz", "mem_reservation_mib",
      "mem_overhead_mib", "template", "mem_active_mib", "dirty_mib_s", "working_set_mib", "networks", "disks",
      "restart_priority", "depends_on", "requires_features", "frozen_features", "devices", "snapshots",
      "hardware")
    let name = try fields.required("name").text()
    self.init(
      name: name, host: try Self.host(of: name, fields, names),
      memoryMiB: try fields.required("mem_mib").memory(from: 1),
      vcpus: try fields.required("vcpus").count(from: 1, to: 65_536))
    power = try fields["power"]?.word() ?? power
    isTemplate = try fields["template"]?.flag() ?? isTemplate
    networks = try fields["networks"]?.texts() ?? networks
    disks = try fields["disks"]?.list().map { try VirtualDisk($0, names, sizesOfLUNs: sizesOfLUNs) } ?? disks
    restartPriority = try fields["restart_priority"]?.word() ?? restartPriority
    dependsOn = try fields["depends_on"]?.names(in: names.vms, "VM") ?? dependsOn
    requiredFeatures = Set(try fields["requires_features"]?.texts() ?? [])
    frozenFeatures = try fields.known("frozen_features").map { Set(try $0.texts()) }
    devices = try fields["devices"]?.texts() ?? devices
    snapshots = try fields["snapshots"]?.count(from: 0) ?? snapshots
    hardware = try fields.known("hardware")?.count(from: 1, to: 1000)
    try readLoad(fields)
  }

  private mutating func readLoad(_ fields: ClusterFileObject) throws {
    cpuDemand = try fields.known("cpu_demand")?.amount()
    cpuReservationMHz = try fields["cpu_reservation_mhz"]?.count(from: 0, to: 1 << 32) ?? cpuReservationMHz
    memoryReservationMiB =
      try fields["mem_reservation_mib"]?.memory(from: 0, to: memoryMiB) ?? memoryReservationMiB
    memoryOverheadMiB = try fields["mem_overhead_mib"]?.memory(from: 0) ?? memoryOverheadMiB
    memoryActiveMiB = try fields.known("mem_active_mib")?.amount(to: Double(memoryMiB))
    dirtyMiBPerSecond = try fields["dirty_mib_s"]?.amount() ?? dirtyMiBPerSecond
    workingSetMiB = try fields.known("working_set_mib")?.amount(to: Double(memoryMiB))
  }

  private static func host(of name: String, _ fields: ClusterFileObject, _ names: ClusterFileNames) throws -> String {
    let placed = names.placement[name]
    guard let value = fields["host"] else {
      if let placed { return placed }
      throw fields.place.error("\(name) has no host: say it here or in placement")
    }
    let host = try value.name(in: names.hosts, "host")
    guard placed == nil || placed == host else { throw value.error("\(host), but placement says \(placed ?? "")") }
    return host
  }
}
