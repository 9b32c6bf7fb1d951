internal import Inventory

extension TimelineAction {
  /// The verbs that name a host alone.
  private static let ofHosts: [String: @Sendable (String) -> TimelineAction] = [
    "host.power_cut": { .hostPowerCut(host: $0) }, "host.power_restore": { .hostPowerRestore(host: $0) },
    "host.network_cut": { .hostNetworkCut(host: $0) }, "host.network_restore": { .hostNetworkRestore(host: $0) },
    "host.storage_cut": { .hostStorageCut(host: $0) }, "host.storage_restore": { .hostStorageRestore(host: $0) },
    "host.hang": { .hostHang(host: $0) },
    "host.enter_maintenance": { .hostEnterMaintenance(host: $0) },
    "host.exit_maintenance": { .hostExitMaintenance(host: $0) },
    "host.bmc_fail": { .hostBMCFail(host: $0) }, "host.bmc_restore": { .hostBMCRestore(host: $0) },
  ]

  /// The verbs that name a VM alone.
  private static let ofVMs: [String: @Sendable (String) -> TimelineAction] = [
    "vm.power_on": { .vmPowerOn(vm: $0) }, "vm.power_off": { .vmPowerOff(vm: $0) },
    "migration.cancel": { .migrationCancel(vm: $0) },
  ]

  /// The verbs that name nothing.
  private static let ofService: [String: TimelineAction] = [
    "service.crash": .serviceCrash, "service.start": .serviceStart, "service.network_cut": .serviceNetworkCut,
    "service.network_restore": .serviceNetworkRestore,
  ]

  /// The verbs that name more than one thing, and their keys.
  private static let keys: [String: [String]] = [
    "host.clock_jump": ["host", "by_s"], "vm.migrate": ["vm", "to", "datastore", "priority"],
    "vm.migrate_storage": ["vm", "datastore", "way", "disks", "log_datastore"],
    "vm.upgrade_migrate": ["vm", "to", "datastore"], "vm.upgrade_schedule": ["vm", "when_s"],
    "vm.start_fails": ["vm", "host", "times"],
    "datastore.fill": ["datastore", "percent"],
  ]

  /// Reads an entry of the timeline.
  init(_ fields: ClusterFileObject, _ names: ClusterFileNames) throws {
    let verb = try fields.required("do")
    let text = try verb.text()
    func allow(_ keys: String...) throws { try fields.allowOnly(["at_s", "do"] + keys) }
    func host(_ key: String = "host") throws -> String { try fields.required(key).name(in: names.hosts, "host") }
    func vm() throws -> String { try fields.required("vm").name(in: names.vms, "VM") }
    func datastore() throws -> String { try fields.required("datastore").name(in: names.datastores, "datastore") }

    if let make = Self.ofHosts[text] {
      try allow("host")
      self = make(try host())
    } else if let make = Self.ofVMs[text] {
      try allow("vm")
      self = make(try vm())
    } else if let action = Self.ofService[text] {
      try allow()
      self = action
    } else if let keys = Self.keys[text] {
      try fields.allowOnly(["at_s", "do"] + keys)
      switch text {
      case "host.clock_jump":
        self = .hostClockJump(host: try host(), seconds: try fields.required("by_s").number(from: -1e9, to: 1e9))
      case "vm.migrate":
        self = .vmMigrate(
          vm: try vm(), host: try host("to"),
          datastore: try fields.known("datastore")?.name(in: names.datastores, "datastore"),
          priority: try fields.known("priority")?.word() ?? .normal)
      case "vm.migrate_storage":
        self = .vmMigrateStorage(
          vm: try vm(), datastore: try datastore(), way: try fields.known("way")?.word(),
          disks: try fields.known("disks")?.list().map { try $0.name(in: names.datastores, "datastore") } ?? [],
          logDatastore: try fields.known("log_datastore")?.name(in: names.datastores, "datastore"))
      case "vm.upgrade_migrate":
        self = .vmUpgradeMigrate(vm: try vm(), host: try host("to"), datastore: try datastore())
      case "vm.upgrade_schedule":
        self = .vmUpgradeSchedule(vm: try vm(), when: try fields.required("when_s").number(from: 0, to: 1e9))
      case "vm.start_fails":
        self = .vmStartFails(vm: try vm(), host: try host(), times: try fields.required("times").count(from: 1))
      default:
        self = .datastoreFill(
          datastore: try datastore(), percent: try fields.required("percent").number(from: 0, to: 100))
      }
    } else {
      let verbs = Array(Self.ofHosts.keys) + Array(Self.ofVMs.keys) + Array(Self.ofService.keys) + Array(Self.keys.keys)
      throw verb.error("no such verb: \(text); there are \(verbs.sorted().joined(separator: ", "))")
    }
  }
}
