internal import Inventory

/// The forms of vCenter's messages in English from which places, moves and failures can be read.
///
/// They differ by version: what is in no list is kept as it is, and nothing is read from it. Of the forms below those that
/// the fixtures hold are measured; the others follow VMware's published lists of events.
enum MessagePatterns {
  static let all: [MessagePattern] = [
    // Where VMs are
    MessagePattern("VmPoweredOnEvent", "{vm} on {host} in {datacenter} is powered on"),
    MessagePattern("VmPoweredOnEvent", "Virtual machine {vm} on host {host} in {datacenter} is powered on"),
    MessagePattern("DrsVmPoweredOnEvent", "DRS powered on {vm} on {host} in {datacenter}"),
    MessagePattern("VmPoweredOffEvent", "{vm} on {host} in {datacenter} is powered off"),
    MessagePattern("VmPoweredOffEvent", "Virtual machine {vm} on host {host} in {datacenter} is powered off"),
    MessagePattern("VmPoweredOnEvent", "{vm} on {host} in {datacenter} has powered on"),
    MessagePattern("VmPoweredOffEvent", "{vm} on {host} in {datacenter} has powered off"),
    MessagePattern("VmSuspendedEvent", "{vm} on {host} in {datacenter} is suspended"),
    MessagePattern("VmStartingEvent", "{vm} on host {host} in {datacenter} is starting"),
    MessagePattern("VmStoppingEvent", "{vm} on host {host} in {datacenter} is stopping"),
    MessagePattern("VmResumingEvent", "{vm} on {host} in {datacenter} is resumed"),
    MessagePattern("VmSuspendingEvent", "{vm} on {host} in {datacenter} is being suspended"),
    MessagePattern("VmResettingEvent", "{vm} on {host} in {datacenter} is reset"),
    MessagePattern("VmGuestRebootEvent", "Guest OS reboot for {vm} on {host} in {datacenter}"),
    MessagePattern("VmGuestShutdownEvent", "Guest OS shut down for {vm} on {host} in {datacenter}"),
    MessagePattern("VmFailedToPowerOnEvent", "Cannot power on {vm} on {host} in {datacenter}. {rest}"),
    MessagePattern("VmBeingCreatedEvent", "Creating {vm} on host {host} in {datacenter}"),
    MessagePattern("VmBeingCreatedEvent", "Creating {vm} on host {host}, {datastore} in {datacenter}"),
    MessagePattern("VmCreatedEvent", "Created virtual machine {vm} on {host} in {datacenter}"),
    MessagePattern("VmCreatedEvent", "New virtual machine {vm} created on {host}, {datastore} in {datacenter}"),
    MessagePattern("VmRegisteredEvent", "Registered {vm} on {host} in {datacenter}"),
    MessagePattern("VmRegisteredEvent", "Registered {vm} on {host}, {datastore} in {datacenter}"),
    MessagePattern("VmRemovedEvent", "Removed {vm} on {host} from {datacenter}"),
    MessagePattern("VmUuidAssignedEvent", "Assigned new BIOS UUID ({uuid}) to {vm} on {host} in {datacenter}"),
    MessagePattern("VmMacAssignedEvent", "New MAC address ({mac}) assigned to adapter {adapter} for {vm}"),
    MessagePattern("VmInstanceUuidAssignedEvent", "Assign a new instance UUID ({instance_uuid}) to {vm}"),
    MessagePattern("VmReconfiguredEvent", "Reconfigured {vm} on {host} in {datacenter}"),
    MessagePattern("VmReconfiguredEvent", "Reconfigured {vm} on {host} in {datacenter}. {rest}"),
    MessagePattern("VmRenamedEvent", "Renamed {vm} from {old_name} to {new_name} in {datacenter}"),
    // Moves
    MessagePattern("VmBeingHotMigratedEvent", "Migrating {vm} off host {host} in {datacenter}"),
    MessagePattern("VmBeingHotMigratedEvent", "Migrating {vm} from {host} to {other_host} in {datacenter}"),
    MessagePattern(
      "VmBeingHotMigratedEvent",
      "Migrating {vm} from {host}, {datastore} in {datacenter} to {other_host}, {other_datastore} in {other_datacenter}"),
    MessagePattern(
      "VmBeingRelocatedEvent",
      "Relocating {vm} from {host}, {datastore} in {datacenter} to {other_host}, {other_datastore} in {other_datacenter}"),
    MessagePattern(
      "VmMigratedEvent",
      "Migration of virtual machine {vm} from {other_host}, {other_datastore} to {host}, {datastore} completed"),
    MessagePattern(
      "VmMigratedEvent",
      "Virtual machine {vm} was migrated from host {other_host}, {other_datastore} in {other_datacenter} to "
        + "{host}, {datastore} in {datacenter}"),
    MessagePattern(
      "VmMigratedEvent",
      "Virtual machine {vm} was migrated from host {other_host}, {other_datastore} to host {host}, {datastore}"),
    MessagePattern(
      "VmMigratedEvent",
      "Virtual machine {vm} was migrated from host {other_host}, {other_datastore} in {other_datacenter} to "
        + "host {host}, {datastore} in {datacenter}"),
    MessagePattern("VmMigratedEvent", "Migration of virtual machine {vm} from {other_host} to {host} completed"),
    MessagePattern(
      "VmBeingHotMigratedEvent", "Hot migrating {vm} from {host}, {datastore} to {other_host}, {other_datastore}"),
    MessagePattern(
      "VmBeingHotMigratedEvent",
      "Hot migrating {vm} from {host}, {datastore} in {datacenter} to {other_host}, {other_datastore} in "
        + "{other_datacenter}"),
    MessagePattern(
      "VmRelocatedEvent",
      "Completed the relocation of the virtual machine {vm} from {other_host}, {other_datastore} to {host}, {datastore}"),
    MessagePattern(
      "DrsVmMigratedEvent", "DRS migrated {vm} from {other_host} to {host} in cluster {cluster} in {datacenter}"),
    MessagePattern("VmFailedMigrateEvent", "Cannot migrate {vm} from {host} to {other_host}"),
    MessagePattern(
      "VmFailedMigrateEvent",
      "Cannot migrate {vm} from {host}, {datastore} to {other_host}, {other_datastore} in {datacenter}"),
    MessagePattern("VmFailedMigrateEvent", "Cannot migrate {vm} from {host} to {other_host} in {datacenter}"),
    MessagePattern("VmFailedMigrateEvent", "Cannot migrate {vm} from {host} to {other_host} in {datacenter}. {rest}"),
    MessagePattern("VmFailedMigrateEvent", "Failed to migrate {vm} from {host} to {other_host} in {datacenter}"),
    // Hosts
    MessagePattern("HostConnectionLostEvent", "Host {host} in {datacenter} is not responding"),
    MessagePattern("HostConnectedEvent", "Connected to {host} in {datacenter}"),
    MessagePattern("HostDisconnectedEvent", "Disconnected from {host} in {datacenter}. Reason: {rest}"),
    MessagePattern("HostDisconnectedEvent", "Host {host} in {datacenter} is disconnected. Reason: {rest}"),
    MessagePattern("EnteringMaintenanceModeEvent", "Host {host} in {datacenter} has started to enter maintenance mode"),
    MessagePattern("EnteredMaintenanceModeEvent", "Host {host} in {datacenter} has entered maintenance mode"),
    MessagePattern("ExitMaintenanceModeEvent", "Host {host} in {datacenter} has exited maintenance mode"),
    MessagePattern("DrsEnteredStandbyModeEvent", "The host {host} is in standby mode"),
    MessagePattern("EnteredStandbyModeEvent", "Host {host} is in standby mode"),
    MessagePattern("HostAddedEvent", "Added host {host} to datacenter {datacenter}"),
    MessagePattern("HostRemovedEvent", "Removed host {host} in {datacenter}"),
    // High availability
    MessagePattern(
      "com.vmware.vc.HA.DasHostFailedEvent",
      "vSphere HA detected that host {host} in cluster {cluster} in datacenter {datacenter} has failed"),
    MessagePattern(
      "com.vmware.vc.HA.DasHostFailedEvent",
      "vSphere HA detected that host {host} in cluster {cluster} in {datacenter} has failed"),
    MessagePattern(
      "DasHostFailedEvent",
      "A possible host failure has been detected by vSphere HA on {host} in cluster {cluster} in {datacenter}"),
    MessagePattern(
      "DasHostFailedEvent",
      "A possible host failure has been detected by HA on {host} in cluster {cluster} in {datacenter}"),
    MessagePattern(
      "com.vmware.vc.HA.DasHostIsolatedEvent",
      "vSphere HA detected that host {host} is isolated from cluster {cluster} in {datacenter}"),
    MessagePattern(
      "com.vmware.vc.HA.DasHostIsolatedEvent",
      "vSphere HA detected that host {host} is in a network isolated state in cluster {cluster} in {datacenter}"),
    MessagePattern(
      "com.vmware.vc.HA.ClusterFailoverActionInitiatedEvent",
      "vSphere HA initiated a virtual machine failover action in cluster {cluster} in datacenter {datacenter}"),
    MessagePattern(
      "DasHostIsolatedEvent",
      "Host {host} has been isolated from cluster {cluster} in {datacenter}"),
    MessagePattern(
      "com.vmware.vc.HA.HostStateChangedEvent",
      "The vSphere HA availability state of the host {host} in cluster {cluster} in {datacenter} has changed to {state}"),
    MessagePattern(
      "com.vmware.vc.HA.ClusterFailoverActionInitiatedEvent",
      "vSphere HA initiated a failover action on {count} virtual machines in cluster {cluster} in datacenter {datacenter}"),
    MessagePattern(
      "com.vmware.vc.HA.ClusterFailoverActionCompletedEvent",
      "vSphere HA completed a virtual machine failover action in cluster {cluster} in datacenter {datacenter}"),
    MessagePattern(
      "com.vmware.vc.ha.VmRestartedByHAEvent",
      "vSphere HA restarted virtual machine {vm} on host {host} in cluster {cluster}"),
    MessagePattern("com.vmware.vc.ha.VmRestartedByHAEvent", "vSphere HA restarted virtual machine {vm} on host {host}"),
    MessagePattern(
      "com.vmware.vc.ha.VmRestartedByHAEvent",
      "vSphere HA restarted virtual machine {vm} on host {host} in cluster {cluster} in datacenter {datacenter}"),
    MessagePattern(
      "com.vmware.vc.ha.VmRestartedByHAEvent",
      "vSphere HA restarted virtual machine {vm} on host {host} in cluster {cluster} in {datacenter}"),
    MessagePattern(
      "VmRestartedOnAlternateHostEvent",
      "Virtual machine {vm} was restarted on {host} since {other_host} failed"),
    MessagePattern(
      "com.vmware.vc.HA.VMIsHADisabledRestartEvent", "vSphere HA did not attempt to restart {vm} because {rest}"),
    MessagePattern(
      "VmFailoverFailed",
      "vSphere HA unsuccessfully failed over {vm} on {host} in cluster {cluster} in {datacenter}"),
    MessagePattern(
      "VmFailoverFailed",
      "vSphere HA unsuccessfully failed over {vm} on {host} in cluster {cluster} in {datacenter}. {rest}"),
    MessagePattern(
      "NotEnoughResourcesToStartVmEvent",
      "Insufficient resources to fail over {vm} in {cluster} that recides in {datacenter}"),
    MessagePattern(
      "NotEnoughResourcesToStartVmEvent",
      "Insufficient resources to fail over {vm} in {cluster} that recides in {datacenter}. {rest}"),
    MessagePattern(
      "NotEnoughResourcesToStartVmEvent",
      "Insufficient resources to fail over {vm} in {cluster} that resides in {datacenter}. {rest}"),
    MessagePattern(
      "NotEnoughResourcesToStartVmEvent",
      "Insufficient resources to fail over {vm} in {cluster} that resides in {datacenter}"),
    MessagePattern(
      "com.vmware.vc.HA.VmMaxRestartCountReached",
      "vSphere HA stopped trying to restart {vm} in cluster {cluster} in datacenter {datacenter} because {rest}"),
    MessagePattern(
      "com.vmware.vc.HA.VmMaxRestartCountReached",
      "vSphere HA stopped trying to restart virtual machine {vm} in cluster {cluster} in datacenter {datacenter} because "
        + "{rest}"
    ),
    MessagePattern(
      "com.vmware.vc.HA.VmMaxRestartCountReached", "vSphere HA stopped trying to restart virtual machine {vm} because {rest}"
    ),
  ]

  /// The forms that records of a type may have: those of all types that mean the same to us, since versions print the text
  /// of one for the other.
  static func forms(ofType foreignType: String) -> [MessagePattern] {
    let type = VCenterTypes.type(of: foreignType)
    return (type == .foreignOther ? byKey[VCenterTypes.key(foreignType)] : byMeaning[type]) ?? []
  }

  private static let byKey = Dictionary(grouping: all) { VCenterTypes.key($0.foreignType) }
  private static let byMeaning = Dictionary(grouping: all) { VCenterTypes.type(of: $0.foreignType) }
}
