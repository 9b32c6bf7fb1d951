internal import Inventory

/// Turns an object of an inventory into the event that it was seen so at that time.
struct CollectMapper {
  /// - Throws: `RecordProblem` for an object without id and name.
  static func event(from object: CollectedObject, at time: Instant, keyPrefix: String) throws -> Event {
    guard !object.id.isEmpty || !object.name.isEmpty else { throw RecordProblem(reason: "an object without id and name") }
    let subject = ObjectReference(kind: object.kind, foreignID: object.id, name: object.name)
    var event: Event
    switch object.kind {
    case .vm: event = vm(object, subject, at: time)
    case .host: event = host(object, subject, at: time)
    case .cluster: event = cluster(object, subject, at: time)
    case .datastore:
      event = Event(occurredAt: time, type: .datastoreObserved)
      event.datastore = subject
    case .datacenter: throw RecordProblem(reason: "datacenters are known by the objects in them")
    }
    event.foreignType = "PropertyCollector"
    event.foreignKey = "\(keyPrefix):\(object.id.isEmpty ? object.name : object.id)"
    return event
  }

  private static func vm(_ object: CollectedObject, _ subject: ObjectReference, at time: Instant) -> Event {
    var event = Event(occurredAt: time, type: .vmPlaced)
    event.vm = subject
    event.host = object.reference("runtime.host", ofType: "HostSystem")
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
    settings.add("evc_required", object["runtime.minRequiredEVCModeKey"])
    settings.add("ha_protected", object["runtime.dasVmProtection.dasProtected"])
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
    if let state = object["runtime.connectionState"]?.stringValue.flatMap({ states[$0] }) {
      members.append(.init("availability", .string(state.rawValue)))
    }
    if object["runtime.powerState"]?.stringValue == "standBy" {
      members.append(.init("mode", .string(HostMode.standby.rawValue)))
    } else if let isInMaintenance = object["runtime.inMaintenanceMode"]?.boolValue {
      members.append(.init("mode", .string((isInMaintenance ? HostMode.maintenance : .normal).rawValue)))
    }
    var settings = Settings()
    for (key, path) in [
      ("memory_bytes", "hardware.memorySize"), ("cores", "hardware.cpuInfo.numCpuCores"),
      ("sockets", "hardware.cpuInfo.numCpuPackages"), ("threads", "hardware.cpuInfo.numCpuThreads"),
      ("cpu_hz", "hardware.cpuInfo.hz"), ("cpu_mhz", "summary.hardware.cpuMhz"), ("cpu_model", "summary.hardware.cpuModel"),
      ("product", "config.product.fullName"), ("evc_max", "summary.maxEVCModeKey"),
    ] {
      settings.add(key, object[path])
    }
    settings.addEVC("evc_current", object, "summary.currentEVCModeKey")
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
    event.detail = .object(settings.members)
    return event
  }

  /// The datastore in a path such as `[LocalDS_0] web1/web1.vmx`.
  private static func datastoreName(_ path: String) -> String? {
    guard path.hasPrefix("["), let end = path.firstIndex(of: "]") else { return nil }
    let name = path[path.index(after: path.startIndex)..<end]
    return name.isEmpty ? nil : String(name)
  }
}

/// The named values of an inventory, as texts.
private struct Settings {
  private var values: [JSONValue.Member] = []

  mutating func add(_ key: String, _ value: JSONValue?) {
    switch value {
    case .string(let text): if !text.utf8.contains(0) { values.append(.init(key, .string(text))) }
    case .int(let number): values.append(.init(key, .string(String(number))))
    case .bool(let flag): values.append(.init(key, flag ? "true" : "false"))
    default: break
    }
  }

  /// An EVC mode: a property that is there and not set means that EVC is off.
  mutating func addEVC(_ key: String, _ object: CollectedObject, _ path: String) {
    if let mode = object[path] { add(key, mode) } else if object.mentions(path) { add(key, "none") }
  }

  var members: [JSONValue.Member] { values.isEmpty ? [] : [.init("settings", .object(values))] }
}
