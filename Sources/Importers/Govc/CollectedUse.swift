internal import Inventory

/// What an object of a vCenter uses and reserves, and the space that its files may take. What is not set is left out: the
/// property collector prints it as null.
enum CollectedUse {
  /// Demand and active memory as the vCenter last measured them, reservations, the overhead that it tells, and whether it is
  /// a template.
  static func addVM(_ object: CollectedObject, to settings: inout Settings) {
    let stats = "summary.quickStats."
    settings.add(
      "load",
      object: [
        // Cores where the speed of its host is known, which another file tells.
        "cpu_demand_mhz": amount(object[stats + "overallCpuUsage"]),
        "mem_active_mib": amount(object[stats + "guestMemoryUsage"]).doubleValue.map { .double($0) } ?? .null,
      ])
    let overhead = amount(object["runtime.memoryOverhead"] ?? object["summary.runtime.memoryOverhead"]).intValue
    settings.add(
      "reserved",
      object: [
        "cpu_reservation_mhz": reservation(of: "cpu", object), "mem_reservation_mib": reservation(of: "memory", object),
        // Of a part of a MiB no VM has use.
        "mem_overhead_mib": overhead.map { .int(($0 + 1_048_575) >> 20) } ?? .null,
      ])
    let template = (object["config.template"] ?? object["summary.config.template"])?.boolValue
    settings.add("needs", object: ["template": template.map { .bool($0) } ?? .null])
  }

  private static func reservation(of resource: String, _ object: CollectedObject) -> JSONValue {
    amount(
      object["resourceConfig.\(resource)Allocation.reservation"] ?? object["config.\(resource)Allocation.reservation"]
        ?? object["summary.config.\(resource)Reservation"])
  }

  /// The shares of its processors and of its memory that were used.
  static func addHost(_ object: CollectedObject, to settings: inout Settings) {
    let stats = "summary.quickStats."
    func number(_ path: String, _ summary: String? = nil) -> Double? {
      amount(object[path] ?? summary.flatMap { object[$0] }).doubleValue
    }
    func ratio(_ used: Double?, of all: Double?) -> JSONValue {
      guard let used, let all, all > 0 else { return .null }
      return .double(used / all)
    }
    let cores = number("hardware.cpuInfo.numCpuCores", "summary.hardware.numCpuCores")
    let mhz = number("hardware.cpuInfo.hz").map { $0 / 1_000_000 } ?? number("summary.hardware.cpuMhz")
    let memory = number("hardware.memorySize", "summary.hardware.memorySize").map { $0 / 1_048_576 }
    settings.add(
      "usage",
      object: [
        "cpu_ratio": ratio(number(stats + "overallCpuUsage"), of: cores.flatMap { cores in mhz.map { cores * $0 } }),
        "memory_ratio": ratio(number(stats + "overallMemoryUsage"), of: memory),
      ])
  }

  /// What the files on a datastore may become: what is used, and what thin ones have not taken yet. Nil where one of them is
  /// not known.
  static func provisionedBytes(of object: CollectedObject) -> JSONValue? {
    guard let capacity = amount(object["summary.capacity"]).intValue,
      let free = amount(object["summary.freeSpace"]).intValue,
      let promised = amount(object["summary.uncommitted"]).intValue, free <= capacity
    else { return nil }
    return .int(capacity - free + promised)
  }

  /// An amount that can be: -1 means that it is not known. Beyond all machines is none, too, so that sums fit.
  private static func amount(_ value: JSONValue?) -> JSONValue {
    guard let number = value?.intValue, (0...Int64(1) << 60).contains(number) else { return .null }
    return .int(number)
  }
}
