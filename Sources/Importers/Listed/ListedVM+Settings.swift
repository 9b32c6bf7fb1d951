internal import Inventory

extension ListedVM {
  /// What is known of it by name; what no tab tells is left out.
  func settings(of inventory: ListedInventory) -> Settings {
    func number(_ value: Int64?) -> JSONValue { value.map { .int($0) } ?? .null }
    func size(_ value: Int64?) -> JSONValue { value.map { .double(Double($0)) } ?? .null }
    var settings = object.settings
    // MHz are cores where the speed of the host's is known.
    let speed = host.flatMap { inventory.speeds[$0] }.map { Double($0) } ?? 0
    let demand = speed > 0 ? cpuUsage.map { Double($0) / speed } : nil
    settings.add(
      "load", object: ["cpu_demand": demand.map { .double($0) } ?? .null, "mem_active_mib": size(memoryActive)])
    settings.add(
      "reserved",
      object: ["cpu_reservation_mhz": number(cpuReservation), "mem_reservation_mib": number(memoryReservation)])
    let isWhole = !isPartial && !inventory.doubtfulNames.contains(object.name)
    let snapshots = isWhole && inventory.tabs.contains(.vSnapshot) ? snapshots : nil
    settings.add(
      "needs", object: ["template": isTemplate.map { .bool($0) } ?? .null, "snapshots": number(snapshots)])
    settings.add("hardware", object: ["nics": number(nics), "disks": number(diskCount), "version": number(hardware)])
    settings.add(
      "storage",
      object: [
        "provisioned_mib": number(provisioned), "in_use_mib": number(inUse),
        "guest_capacity_mib": number(isWhole ? guestCapacity : nil),
        "guest_consumed_mib": number(isWhole ? guestConsumed : nil),
      ])
    if isWhole, inventory.tabs.contains(.vDisk) {
      settings.add("disks", .string(JSONValue.array(disks.map(\.json)).compactText))
    }
    settings.add("tools", object: ["status": JSONValue(toolsStatus), "version": JSONValue(toolsVersion)])
    return settings
  }
}
