extension VirtualMachine {
  /// Everything but name, host, power, memory and vCPUs. `restart_priority` is as other inventories have it.
  package var settings: [String: String] {
    let load = SettingText.object([
      "cpu_demand": SettingText.number(cpuDemand), "mem_active_mib": SettingText.number(memoryActiveMiB),
      "dirty_mib_s": .double(dirtyMiBPerSecond), "working_set_mib": SettingText.number(workingSetMiB),
    ])
    let reserved = SettingText.object([
      "cpu_reservation_mhz": .int(Int64(cpuReservationMHz)), "mem_reservation_mib": .int(memoryReservationMiB),
      "mem_overhead_mib": .int(memoryOverheadMiB),
    ])
    let needs = SettingText.object([
      "template": .bool(isTemplate), "networks": SettingText.texts(networks), "depends_on": SettingText.texts(dependsOn),
      "requires_features": SettingText.texts(requiredFeatures), "devices": SettingText.texts(devices),
      "snapshots": .int(Int64(snapshots)),
    ])
    var settings = [
      "load": load.compactText, "reserved": reserved.compactText, "needs": needs.compactText,
      "disks": JSONValue.array(disks.map(\.json)).compactText,
      "frozen_features": SettingText.texts(frozenFeatures).compactText, "restart_priority": restartPriority.rawValue,
    ]
    settings["hardware"] = hardware.map { SettingText.object(["version": .int(Int64($0))]).compactText }
    return settings
  }

  /// Takes what settings say; the rest stays as it is.
  package mutating func take(_ settings: [String: String]) {
    let load = SettingText.value(settings["load"])
    cpuDemand = load["cpu_demand"]?.doubleValue
    memoryActiveMiB = load["mem_active_mib"]?.doubleValue
    dirtyMiBPerSecond = load["dirty_mib_s"]?.doubleValue ?? dirtyMiBPerSecond
    workingSetMiB = load["working_set_mib"]?.doubleValue
    let reserved = SettingText.value(settings["reserved"])
    cpuReservationMHz = reserved["cpu_reservation_mhz"]?.int ?? cpuReservationMHz
    hasUnknownReservation = reserved["cpu_reservation_mhz"]?.int == nil
    memoryReservationMiB = reserved["mem_reservation_mib"]?.intValue ?? memoryReservationMiB
    memoryOverheadMiB = reserved["mem_overhead_mib"]?.intValue ?? memoryOverheadMiB
    let needs = SettingText.value(settings["needs"])
    isTemplate = needs["template"]?.boolValue ?? isTemplate
    networks = needs["networks"]?.texts ?? networks
    dependsOn = needs["depends_on"]?.texts ?? dependsOn
    requiredFeatures = needs["requires_features"]?.texts.map { Set($0) } ?? requiredFeatures
    devices = needs["devices"]?.texts ?? devices
    snapshots = needs["snapshots"]?.int ?? snapshots
    disks = SettingText.value(settings["disks"]).arrayValue?.compactMap { VirtualDisk(json: $0) } ?? disks
    storage = VMStorage(json: SettingText.value(settings["storage"]))
    hardware = SettingText.value(settings["hardware"])["version"]?.int
    frozenFeatures = SettingText.value(settings["frozen_features"]).texts.map { Set($0) }
    restartPriority = settings["restart_priority"].flatMap(RestartPriority.init) ?? restartPriority
  }

  /// Takes the demand that settings tell in MHz, where they do not tell it in cores.
  /// - Parameter coreMHz: the speed of a core of its host; 0 where that is not known.
  package mutating func takeDemand(_ settings: [String: String], coreMHz: Int) {
    guard cpuDemand == nil, coreMHz > 0 else { return }
    cpuDemand = SettingText.value(settings["load"])["cpu_demand_mhz"]?.doubleValue.map { $0 / Double(coreMHz) }
  }

  /// Takes what an event sets, and keeps the rest.
  package mutating func take(changing sets: [JSONValue.Member]) {
    var settings = settings
    for set in sets { settings[set.key] = set.value.stringValue ?? settings[set.key] }
    take(settings)
  }
}
