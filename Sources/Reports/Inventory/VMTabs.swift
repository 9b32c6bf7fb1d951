internal import Inventory
internal import Ledger

/// The tabs with a row for each VM, or for each of its parts.
struct VMTabs {
  typealias VM = InventoryObjects.VM

  /// A disk of a VM, with its number.
  typealias Disk = (vm: VM, number: Int, disk: JSONValue)

  /// The vCenter's own id.
  let uuid: String?

  private func power(_ vm: VM) -> Workbook.Cell {
    switch vm.placement.power {
    case .on: .text("poweredOn")
    case .off: .text("poweredOff")
    case .suspended: .text("suspended")
    case nil: .empty
    }
  }

  private func first<Row>(_ vm: @escaping (Row) -> VM) -> [RVToolsTab<Row>.Column] {
    [
      ("VM", { .text(vm($0).placement.vm.name) }), ("Powerstate", { power(vm($0)) }),
      ("Template", { .init(vm($0).facts.json("needs")["template"]?.boolValue) }),
    ]
  }

  /// Which VM it is and where, at the end of each tab.
  private func last<Row>(_ vm: @escaping (Row) -> VM) -> [RVToolsTab<Row>.Column] {
    [
      ("Datacenter", { .init(vm($0).datacenter) }), ("Cluster", { .init(vm($0).placement.cluster?.name) }),
      ("Host", { .init(vm($0).placement.host?.name) }), ("VM ID", { .init(vm($0).placement.vm.foreignID) }),
      ("VM UUID", { .init(vm($0).facts.text("instance_uuid")) }), ("VI SDK UUID", { _ in .init(uuid) }),
    ]
  }

  private func number(_ vm: VM, _ setting: String, _ key: String) -> Double? {
    vm.facts.json(setting)[key]?.doubleValue
  }

  /// How many disks a VM has: as many as are listed, else as many as the source counts.
  private func disks(_ vm: VM) -> Double? {
    (vm.facts.json("disks").arrayValue?.count).map { Double($0) } ?? number(vm, "hardware", "disks")
  }

  /// When a VM was made: a moment, or the time of a clock whose zone is not known; a text that is neither stays one.
  private func created(_ vm: VM) -> Workbook.Cell {
    guard let text = vm.facts.text("created") else { return .empty }
    guard let at = Instant(rfc3339: text) ?? Instant(rfc3339: text.replacing(" ", with: "T") + "Z") else {
      return .text(text)
    }
    return .date(Double(at.microseconds) / 86_400_000_000 + Self.daysBefore1970)
  }

  /// Workbooks count days from 30 December 1899.
  private static let daysBefore1970 = 25_569.0

  var vInfo: RVToolsTab<VM> {
    RVToolsTab<VM>(
      name: "vInfo",
      columns: first { $0 } + [
        ("SRM Placeholder", { .init($0.facts.flag("placeholder")) }), ("Creation date", { created($0) }),
        ("CPUs", { .init($0.placement.vcpus) }), ("Memory", { .init($0.placement.memoryMiB) }),
        ("NICs", { .init(number($0, "hardware", "nics")) }), ("Disks", { .init(disks($0)) }),
        ("DAS protection", { .init($0.facts.flag("ha_protected")) }),
        ("Provisioned MiB", { .init(number($0, "storage", "provisioned_mib")) }),
        ("In Use MiB", { .init(number($0, "storage", "in_use_mib")) }),
        ("HA Restart Priority", { .init($0.facts.text("restart_priority")) }),
        ("min Required EVC Mode Key", { .init($0.facts.text("evc_required")) }),
        ("HW version", { .init(number($0, "hardware", "version")) }), ("Path", { .init($0.facts.text("vmx_path")) }),
        ("OS according to the configuration file", { .init($0.facts.text("guest_os")) }),
      ] + last { $0 })
  }

  var vCPU: RVToolsTab<VM> {
    RVToolsTab<VM>(
      name: "vCPU",
      columns: first { $0 } + [
        ("CPUs", { .init($0.placement.vcpus) }),
        (
          "Overall",
          { vm in
            .init(
              number(vm, "load", "cpu_demand_mhz")
                ?? number(vm, "load", "cpu_demand").flatMap { cores in vm.speed.map { (cores * $0).rounded() } })
          }
        ), ("Reservation", { .init(number($0, "reserved", "cpu_reservation_mhz")) }),
      ] + last { $0 })
  }

  var vMemory: RVToolsTab<VM> {
    RVToolsTab<VM>(
      name: "vMemory",
      columns: first { $0 } + [
        ("Size MiB", { .init($0.placement.memoryMiB) }),
        ("Active", { .init(number($0, "load", "mem_active_mib")) }),
        ("Reservation", { .init(number($0, "reserved", "mem_reservation_mib")) }),
      ] + last { $0 })
  }

  /// Disks of which no label is known are named by their number.
  var vDisk: RVToolsTab<Disk> {
    RVToolsTab<Disk>(
      name: "vDisk",
      columns: first { $0.vm } + [
        ("Disk", { .text($0.disk["label"]?.stringValue ?? "Hard disk \($0.number)") }),
        ("Capacity MiB", { .init($0.disk["mib"]?.doubleValue) }),
        ("Raw", { .flag($0.disk["rdm"] != nil) }),
        ("Shared Bus", { .init(sharing($0.disk["bus_sharing"]?.stringValue)) }),
        (
          "Path",
          { row in
            let datastore = row.disk["datastore"]?.stringValue ?? ""
            return datastore.isEmpty ? .empty : .text("[\(datastore)]")
          }
        ), ("Raw LUN ID", { .init($0.disk["rdm"]?["lun"]?.stringValue) }),
        ("Raw Comp. Mode", { .init($0.disk["rdm"]?["mode"]?.stringValue.map { "\($0)Mode" }) }),
      ] + last { $0.vm })
  }

  private func sharing(_ word: String?) -> String? {
    word.flatMap { ["none": "noSharing", "virtual": "virtualSharing", "physical": "physicalSharing"][$0] }
  }

  /// What is known of the partitions of a VM are their sums, which stand in one row.
  var vPartition: RVToolsTab<VM> {
    func free(_ vm: VM) -> Double? {
      guard let capacity = number(vm, "storage", "guest_capacity_mib"),
        let consumed = number(vm, "storage", "guest_consumed_mib"), consumed <= capacity
      else { return nil }
      return capacity - consumed
    }
    return RVToolsTab<VM>(
      name: "vPartition",
      columns: first { $0 } + [
        ("Disk", { _ in .empty }), ("Capacity MiB", { .init(number($0, "storage", "guest_capacity_mib")) }),
        ("Consumed MiB", { .init(number($0, "storage", "guest_consumed_mib")) }), ("Free MiB", { .init(free($0)) }),
      ] + last { $0 })
  }

  var vTools: RVToolsTab<VM> {
    RVToolsTab<VM>(
      name: "vTools",
      columns: first { $0 } + [
        ("Tools", { .init($0.facts.json("tools")["status"]?.stringValue) }),
        ("Tools Version", { .init($0.facts.json("tools")["version"]?.stringValue) }),
      ] + last { $0 })
  }
}
