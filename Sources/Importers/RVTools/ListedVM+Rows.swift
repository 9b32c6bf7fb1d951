internal import Inventory

/// The rows of VMs: `vInfo` lists them, the other tabs add to them.
extension ListedVM {
  init(_ name: String, _ row: TabRow) throws {
    var object = try ListedObject(name, row, id: "VM ID")
    object.uuid = try row.text("VM UUID")
    (object.datacenter, object.cluster) = (try row.text("Datacenter"), try row.text("Cluster"))
    let powers: [String: PowerState] = ["poweredon": .on, "poweredoff": .off, "suspended": .suspended]
    if let power = try row.text("Powerstate").flatMap({ powers[$0.lowercased()] }) {
      object.facts.append(.init("power", .string(power.rawValue)))
    }
    if let count = try row.amount("CPUs"), count > 0 { object.facts.append(.init("vcpus", .int(count))) }
    if let size = try row.amount("Memory"), size > 0 { object.facts.append(.init("memory_mib", .int(size))) }
    for (key, heading) in [
      ("instance_uuid", "VM UUID"), ("vmx_path", "Path"), ("evc_required", "min Required EVC Mode Key"),
      ("restart_priority", "HA Restart Priority"), ("datacenter", "Datacenter"),
      ("guest_os", "OS according to the configuration file"),
    ] {
      object.settings.add(key, try row.text(heading).map { .string($0) })
    }
    object.settings.add("ha_protected", try row.flag("DAS protection").map { .bool($0) })
    object.settings.add("created", try row.text("Creation date").map { .string(WorkbookDate.text(of: $0)) })
    object.settings.add("placeholder", try row.flag("SRM Placeholder").map { .bool($0) })
    self.init(object: object)
    hardware = VirtualHardware.version(try row.text("HW version"))
    (nics, diskCount) = (try row.amount("NICs"), try row.amount("Disks"))
    (host, path, isTemplate) = (try row.text("Host"), try row.text("Path"), try row.flag("Template"))
    (provisioned, inUse) = (try row.amount("Provisioned"), try row.amount("In Use"))
  }

  /// Takes what a row of another tab adds.
  mutating func join(_ row: TabRow) throws {
    switch row.header.tab {
    case .vCPU: (cpuUsage, cpuReservation) = (try row.amount("Overall"), try row.amount("Reservation"))
    case .vMemory: (memoryActive, memoryReservation) = (try row.amount("Active"), try row.amount("Reservation"))
    case .vDisk: disks.append(try disk(row))
    case .vPartition:
      if let size = try row.amount("Capacity") { guestCapacity = (guestCapacity ?? 0) + size }
      if let size = try row.amount("Consumed") { guestConsumed = (guestConsumed ?? 0) + size }
    case .vSnapshot: snapshots += 1
    case .vTools: (toolsStatus, toolsVersion) = (try row.text("Tools"), try row.text("Tools Version"))
    default: break
    }
  }

  /// - Throws: `RecordProblem` for a disk without a size.
  private func disk(_ row: TabRow) throws -> VirtualDisk {
    let label = try row.text("Disk") ?? ""
    guard let size = try row.amount("Capacity") else {
      throw RecordProblem(reason: "the disk \"\(label)\" of \"\(object.name)\" has no capacity")
    }
    let path = try row.text("Path") ?? row.text("Disk Path")
    var disk = VirtualDisk(datastore: path.flatMap(CollectMapper.datastoreName) ?? "", sizeMiB: Double(size))
    if try row.flag("Raw") == true {
      let isPhysical = try row.text("Raw Comp. Mode")?.lowercased() == "physicalmode"
      disk.mapping = VirtualDisk.RawDeviceMapping(
        lun: try row.text("Raw LUN ID"), mode: isPhysical ? .physical : .virtual)
    }
    disk.label = label.isEmpty ? nil : label
    let sharings: [String: VirtualDisk.BusSharing] = [
      "nosharing": .notShared, "virtualsharing": .virtual, "physicalsharing": .physical,
    ]
    disk.busSharing = try row.text("Shared Bus").flatMap { sharings[$0.lowercased()] }
    return disk
  }
}
