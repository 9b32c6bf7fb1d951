extension MessagePatterns {
  private static let there = "{vm} on[ host] {host} in[ datacenter] {datacenter}"

  /// Where VMs are, and whether they run.
  static let virtualMachines: [MessagePattern] = [
    MessagePattern("VmPoweredOnEvent", "[Virtual machine ]\(there) <is|has|was> powered on"),
    MessagePattern("DrsVmPoweredOnEvent", "DRS powered on \(there)"),
    MessagePattern("VmPoweredOffEvent", "[Virtual machine ]\(there) <is|has|was> powered off"),
    MessagePattern("VmSuspendedEvent", "[Virtual machine ]\(there) is suspended"),
    MessagePattern("VmStartingEvent", "[Virtual machine ]\(there) is starting"),
    MessagePattern("VmStoppingEvent", "[Virtual machine ]\(there) is stopping"),
    MessagePattern("VmResumingEvent", "[Virtual machine ]\(there) is <resumed|resuming>"),
    MessagePattern("VmSuspendingEvent", "[Virtual machine ]\(there) is being suspended"),
    MessagePattern("VmResettingEvent", "[Virtual machine ]\(there) is reset"),
    MessagePattern("VmGuestRebootEvent", "Guest OS reboot for \(there)"),
    MessagePattern("VmGuestShutdownEvent", "Guest OS shut down for \(there)"),
    MessagePattern("VmGuestStandbyEvent", "Guest OS standby for \(there)"),
    MessagePattern("VmFailedToPowerOnEvent", "<Cannot|Failed to> power on \(there)\(tail)"),
    MessagePattern("VmFailedToPowerOffEvent", "<Cannot|Failed to> power off \(there)\(tail)"),
    MessagePattern("VmBeingCreatedEvent", "Creating {vm} on[ host] {host}[, {datastore}] in {datacenter}"),
    MessagePattern("VmCreatedEvent", "Created virtual machine \(there)"),
    MessagePattern("VmCreatedEvent", "New virtual machine {vm} created on {host}, {datastore} in {datacenter}"),
    MessagePattern("VmRegisteredEvent", "Registered {vm} on {host}[, {datastore}] in {datacenter}"),
    MessagePattern("VmClonedEvent", "{source} cloned to {vm} on {host}[, {datastore}] in {datacenter}"),
    MessagePattern("VmDiscoveredEvent", "Discovered \(there)"),
    MessagePattern("VmRemovedEvent", "Removed {vm} on[ host] {host} <from|in>[ datacenter] {datacenter}"),
    MessagePattern("VmUuidAssignedEvent", "Assigned new BIOS UUID ({uuid}) to \(there)"),
    MessagePattern("VmMacAssignedEvent", "New MAC address ({mac}) assigned to adapter {adapter} for {vm}"),
    MessagePattern("VmInstanceUuidAssignedEvent", "Assign a new instance UUID ({instance_uuid}) to {vm}"),
    MessagePattern("VmReconfiguredEvent", "Reconfigured \(there)[. {rest}]"),
    MessagePattern("VmRenamedEvent", "Renamed {vm} from {old_name} to {new_name}[ in[ datacenter] {datacenter}]"),
    MessagePattern(
      "VmRequirementsExceedCurrentEVCModeEvent", "{vm} is using features that exceed the[ capabilities of the] EVC mode"),
    MessagePattern("VmDisconnectedEvent", "[Virtual machine ]\(there) is disconnected"),
    MessagePattern("VmConnectedEvent", "Virtual machine {vm} is connected"),
  ]

  private static let source = "from[ host] {host}, {datastore}[ in {datacenter}]"
  private static let target = "to[ host] {other_host}, {other_datastore}[ in {other_datacenter}]"
  private static let left = "from[ host] {other_host}, {other_datastore}[ in {other_datacenter}]"
  private static let reached = "to[ host] {host}, {datastore}[ in {datacenter}]"

  /// Moves, whether they begin, are done or fail.
  static let moves: [MessagePattern] = [
    MessagePattern("VmBeingHotMigratedEvent", "Migrating {vm} off host {host} in {datacenter}"),
    MessagePattern("VmBeingHotMigratedEvent", "Migrating {vm} from {host} to {other_host}[ in {datacenter}]"),
    MessagePattern("VmBeingHotMigratedEvent", "<Migrating|Hot migrating> {vm} \(source) \(target)[ with encryption]"),
    MessagePattern("VmBeingRelocatedEvent", "Relocating {vm} \(source) \(target)[ with encryption]"),
    MessagePattern(
      "VmBeingRelocatedEvent",
      "Relocating {vm} in {datacenter} from[ host] {host}, {datastore} to[ host] {other_host}, {other_datastore}"
        + "[ in {other_datacenter}]"),
    MessagePattern("VmMigratedEvent", "Migration of virtual machine {vm} \(left) \(reached) completed"),
    MessagePattern("VmMigratedEvent", "Migration of virtual machine {vm} from {other_host} to {host} completed"),
    MessagePattern("VmMigratedEvent", "Virtual machine {vm} was migrated \(left) \(reached)"),
    MessagePattern("VmRelocatedEvent", "Virtual machine {vm} was relocated \(left) \(reached)"),
    MessagePattern("VmRelocatedEvent", "Completed the relocation of the virtual machine {vm} \(left) \(reached)"),
    MessagePattern(
      "DrsVmMigratedEvent", "DRS migrated {vm} from {other_host} to {host} in cluster {cluster} in {datacenter}"),
    MessagePattern(
      "VmFailedMigrateEvent", "<Cannot|Failed to> migrate {vm} from {host} to {other_host}[ in {datacenter}]\(tail)"),
    MessagePattern("VmFailedMigrateEvent", "<Cannot|Failed to> migrate {vm} \(source) \(target)\(tail)"),
    MessagePattern("VmRelocateFailedEvent", "<Cannot|Failed to> relocate {vm} \(source) \(target)\(tail)"),
    MessagePattern("VmRelocateFailedEvent", "Cannot relocate virtual machine '{vm}' in {datacenter}\(tail)"),
  ]
}
