extension Host {
  /// Everything but name, cluster and whether it is connected. `memory_bytes`, `cores`, `sockets`, `cpu_mhz` and `product`
  /// are as other inventories have them.
  package var settings: [String: String] {
    let facility = SettingText.object([
      "watts_idle": SettingText.number(wattsIdle), "watts_full": SettingText.number(wattsFull),
      "rack_units": SettingText.number(rackUnits), "licence": JSONValue(licence),
    ])
    return [
      "memory_bytes": String(memoryMiB << 20), "cores": String(cores), "sockets": String(sockets), "cpu_mhz": String(mhz),
      "product": product, "node_mem_mib": String(nodeMemoryMiB), "link_mib_s": String(linkMiBPerSecond),
      "networks": SettingText.texts(networks).compactText, "features": SettingText.texts(features).compactText,
      "cpuid": (processor?.json ?? .null).compactText, "facility": facility.compactText,
    ]
  }

  /// A host out of its settings: what they do not say is at its default, its cores, their speed, its sockets and its memory
  /// 0.
  package init(name: String, cluster: String, settings: [String: String]) {
    func number(_ key: String) -> Int64? { settings[key].flatMap { Int64($0) } }
    // Nobody has a million cores; sums of what is wrong must not overflow.
    func count(_ key: String) -> Int? { number(key).map { Int(clamping: max(0, min($0, 1_000_000))) } }
    self.init(name: name, cluster: cluster, cores: count("cores") ?? 0, memoryMiB: (number("memory_bytes") ?? 0) >> 20)
    let megahertz = number("cpu_hz").map { Int(clamping: max(0, min($0, 1 << 40)) + 500_000) / 1_000_000 }
    mhz = count("cpu_mhz") ?? megahertz ?? 0
    nodeMemoryMiB = number("node_mem_mib") ?? nodeMemoryMiB
    sockets = count("sockets") ?? 0
    threads = count("threads")
    let usage = SettingText.value(settings["usage"])
    cpuUsedRatio = usage["cpu_ratio"]?.doubleValue
    memoryUsedRatio = usage["memory_ratio"]?.doubleValue
    product = settings["product"] ?? product
    networks = SettingText.value(settings["networks"]).texts ?? networks
    features = SettingText.value(settings["features"]).texts.map { Set($0) }
    processor = ProcessorID(json: SettingText.value(settings["cpuid"]))
    let facility = SettingText.value(settings["facility"])
    wattsIdle = facility["watts_idle"]?.doubleValue
    wattsFull = facility["watts_full"]?.doubleValue
    rackUnits = facility["rack_units"]?.doubleValue
    licence = facility["licence"]?.stringValue
    linkMiBPerSecond = settings["link_mib_s"].flatMap { Double($0) } ?? linkMiBPerSecond
  }
}
