internal import Inventory

/// Turns an object of an inventory into the event that it was seen so at that time.
struct CollectMapper {
  /// The event of the object itself, and of a cluster those of its settings for single VMs.
  /// - Throws: `RecordProblem` for an object without id and name.
  static func events(from object: CollectedObject, at time: Instant, keyPrefix: String) throws -> [Event] {
    let event = try event(from: object, at: time, keyPrefix: keyPrefix)
    return [event] + (object.kind == .cluster ? ClusterOverrides.events(from: object, beside: event) : [])
  }

  private static func event(from object: CollectedObject, at time: Instant, keyPrefix: String) throws -> Event {
    guard let kind = object.kind, !object.id.isEmpty || !object.name.isEmpty else {
      throw RecordProblem(reason: "an object without id and name")
    }
    let subject = ObjectReference(kind: kind, foreignID: object.id, name: object.name)
    var event: Event
    switch kind {
    case .vm: event = vm(object, subject, at: time)
    case .host: event = host(object, subject, at: time)
    case .cluster: event = cluster(object, subject, at: time)
    case .datastore:
      event = datastore(object, subject, at: time)
    case .datacenter: throw RecordProblem(reason: "datacenters are known by the objects in them")
    }
    event.foreignType = "PropertyCollector"
    event.foreignKey = "\(keyPrefix):\(object.id.isEmpty ? object.name : object.id)"
    return event
  }

  private static func vm(_ object: CollectedObject, _ subject: ObjectReference, at time: Instant) -> Event {
    var event = Event(occurredAt: time, type: .vmPlaced)
    event.vm = subject
    event.host =
      (object.reference("runtime.host", ofType: "HostSystem")
      ?? object.reference("summary.runtime.host", ofType: "HostSystem"))
      .map { ObjectReference(kind: .host, foreignID: $0, name: "") }
    let path = object["config.files.vmPathName"] ?? object["summary.config.vmPathName"]
    event.datastore = path?.stringValue.flatMap(datastoreName).map {
      ObjectReference(kind: .datastore, foreignID: "", name: $0)
    }
    var members: [JSONValue.Member] = []
    if let state = (object["runtime.powerState"] ?? object["summary.runtime.powerState"])?.stringValue,
      let power = ["poweredOn": "on", "poweredOff": "off", "suspended": "suspended"][state]
    {
      members.append(.init("power", .string(power)))
    }
    if let count = (object["config.hardware.numCPU"] ?? object["summary.config.numCpu"])?.intValue, count > 0 {
      members.append(.init("vcpus", .int(count)))
    }
    if let size = (object["config.hardware.memoryMB"] ?? object["summary.config.memorySizeMB"])?.intValue, size > 0 {
      members.append(.init("memory_mib", .int(size)))
    }
    var settings = Settings()
    settings.add("instance_uuid", object["config.instanceUuid"] ?? object["summary.config.instanceUuid"])
    settings.add("vmx_path", path)
    settings.add("evc_required", object["runtime.minRequiredEVCModeKey"])
    settings.add("ha_protected", object["runtime.dasVmProtection.dasProtected"])
    settings.add("guest_os", object["config.guestFullName"] ?? object["summary.config.guestFullName"])
    settings.add("created", object["config.createDate"])
    settings.add(
      "hardware",
      object: [
        "nics": object["summary.config.numEthernetCards"] ?? .null,
        "disks": object["summary.config.numVirtualDisks"] ?? .null,
        "version": VirtualHardware.version(object["config.version"]?.stringValue).map { .int($0) } ?? .null,
      ])
    if object["config.managedBy"]?[anyCase: "type"]?.stringValue == "placeholderVm" {
      settings.add("placeholder", .bool(true))
    }
    CollectedUse.addVM(object, to: &settings)
    event.detail = .object(members + settings.members)
    return event
  }

  private static func host(_ object: CollectedObject, _ subject: ObjectReference, at time: Instant) -> Event {
    var event = Event(occurredAt: time, type: .hostObserved)
    event.host = subject
    event.cluster = object.reference("parent", ofType: "ClusterComputeResource")
      .map { ObjectReference(kind: .cluster, foreignID: $0, name: "") }
    var members: [JSONValue.Member] = []
    let states: [String: HostAvailability] = [
      "connected": .connected, "notResponding": .connectionLost, "disconnected": .disconnected,
    ]
    if let state = (object["runtime.connectionState"] ?? object["summary.runtime.connectionState"])?.stringValue.flatMap({
      states[$0]
    }) {
      members.append(.init("availability", .string(state.rawValue)))
    }
    if (object["runtime.powerState"] ?? object["summary.runtime.powerState"])?.stringValue == "standBy" {
      members.append(.init("mode", .string(HostMode.standby.rawValue)))
    } else if let isInMaintenance = (object["runtime.inMaintenanceMode"] ?? object["summary.runtime.inMaintenanceMode"])?
      .boolValue
    {
      members.append(.init("mode", .string((isInMaintenance ? HostMode.maintenance : .normal).rawValue)))
    }
    var settings = Settings()
    for (key, path, summary) in [
      ("memory_bytes", "hardware.memorySize", "summary.hardware.memorySize"),
      ("cores", "hardware.cpuInfo.numCpuCores", "summary.hardware.numCpuCores"),
      ("sockets", "hardware.cpuInfo.numCpuPackages", "summary.hardware.numCpuPkgs"),
      ("threads", "hardware.cpuInfo.numCpuThreads", "summary.hardware.numCpuThreads"),
      ("cpu_hz", "hardware.cpuInfo.hz", nil), ("cpu_mhz", "summary.hardware.cpuMhz", nil),
      ("cpu_model", "summary.hardware.cpuModel", nil),
      ("product", "config.product.fullName", "summary.config.product.fullName"), ("evc_max", "summary.maxEVCModeKey", nil),
    ] as [(String, String, String?)] {
      settings.add(key, object[path] ?? summary.flatMap { object[$0] })
    }
    settings.addEVC("evc_current", object, "summary.currentEVCModeKey")
    CollectedUse.addHost(object, to: &settings)
    event.detail = .object(members + settings.members)
    return event
  }

  private static func cluster(_ object: CollectedObject, _ subject: ObjectReference, at time: Instant) -> Event {
    var event = Event(occurredAt: time, type: .clusterObserved)
    event.cluster = subject
    var settings = Settings()
    settings.add("ha_enabled", object["configurationEx.dasConfig.enabled"])
    settings.add("ha_admission_control", object["configurationEx.dasConfig.admissionControlEnabled"])
    settings.add("drs_enabled", object["configurationEx.drsConfig.enabled"])
    settings.add("drs_behavior", object["configurationEx.drsConfig.defaultVmBehavior"])
    settings.add("dpm_enabled", object["configurationEx.dpmConfigInfo.enabled"])
    settings.addEVC("evc_mode", object, "summary.currentEVCModeKey")
    settings.add("restart_priority", ClusterOverrides.defaultPriority(of: object))
    event.detail = .object(settings.members)
    return event
  }

  private static func datastore(_ object: CollectedObject, _ subject: ObjectReference, at time: Instant) -> Event {
    var event = Event(occurredAt: time, type: .datastoreObserved)
    event.datastore = subject
    var settings = Settings()
    settings.add("capacity_bytes", object["summary.capacity"])
    settings.add("free_bytes", object["summary.freeSpace"] ?? object["info.freeSpace"])
    settings.add("type", object["summary.type"])
    settings.add("provisioned_bytes", CollectedUse.provisionedBytes(of: object))
    if !settings.members.isEmpty { event.detail = .object(settings.members) }
    return event
  }

  /// The datastore in a path such as `[LocalDS_0] web1/web1.vmx`.
  static func datastoreName(_ path: String) -> String? {
    guard path.hasPrefix("["), let end = path.firstIndex(of: "]") else { return nil }
    let name = path[path.index(after: path.startIndex)..<end]
    return name.isEmpty ? nil : String(name)
  }
}
