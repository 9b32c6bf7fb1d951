extension MessagePatterns {
  private static let isolated =
    "<is|was|has been|has become> <isolated|network isolated|network-isolated|in a network isolated state"
    + "|in an isolated state>"

  /// What high availability says of hosts.
  static let failures: [MessagePattern] = [
    MessagePattern(
      "com.vmware.vc.HA.DasHostFailedEvent",
      "\(ha) detected[ that][ the][ failover] host {host}\(place) <has failed|failed>\(place)\(tail)"
    ),
    MessagePattern(
      "com.vmware.vc.HA.DasHostFailedEvent",
      "\(ha) detected a[ possible][ host] failure of[ the][ failover][ host] {host}\(place)\(tail)"),
    MessagePattern(
      "com.vmware.vc.HA.DasHostFailedEvent", "\(ha) detected a[ possible][ host] failure of this host[ {_}]"),
    MessagePattern(
      "DasHostFailedEvent", "[A ]possible host failure <has been|was> detected by \(ha) on[ host] {host}\(place)\(tail)"),
    MessagePattern(
      "com.vmware.vc.HA.DasHostIsolatedEvent",
      "\(ha) detected[ that][ the][ failover] host {host}\(place) \(isolated)[ from the network]"
        + "[ from cluster[ in] {cluster}]\(place)\(tail)"),
    MessagePattern(
      "DasHostIsolatedEvent",
      "[The ]Host {host} \(isolated)[ from the network] from cluster[ in] {cluster}"
        + "[ in[ datacenter] {datacenter}]\(tail)"),
    MessagePattern(
      "com.vmware.vc.HA.HostStateChangedEvent",
      "\(ha) availability state of[ the] host {host}\(place) has changed[ from {old_state}] to {state}"),
    MessagePattern(
      "com.vmware.vc.HA.HostPartitionedFromMasterEvent",
      "\(ha) detected that[ the] host {host} is in a different network partition than the master[ {_}]"),
    MessagePattern(
      "com.vmware.vc.HA.DasHostCompleteDatastoreFailureEvent",
      "All shared datastores failed on[ the] host {host}\(place)\(tail)"),
    MessagePattern(
      "com.vmware.vc.HA.DasHostCompleteNetworkFailureEvent", "All VM networks failed on[ the] host {host}\(place)\(tail)"),
    MessagePattern(
      "com.vmware.vc.HA.ClusterFailoverActionInitiatedEvent",
      "\(ha) initiated a[ virtual machine] failover action[ on[ {count}] virtual machine<s|>]"
        + " in cluster[ in] {cluster}[ in[ datacenter] {datacenter}]"),
    MessagePattern(
      "com.vmware.vc.HA.ClusterFailoverActionCompletedEvent",
      "\(ha) completed a[ virtual machine] failover action in cluster[ in] {cluster}[ in[ datacenter] {datacenter}]"),
  ]

  private static let ended = "<is|was|had been|has been> powered off"

  /// What high availability does to VMs.
  static let restarts: [MessagePattern] = [
    MessagePattern(
      "com.vmware.vc.ha.VmRestartedByHAEvent",
      "\(ha) restarted[ the][ virtual machine| VM] {vm} on[ the][ host] {host}\(place)\(tail)"),
    MessagePattern(
      "com.vmware.vc.ha.VmRestartedByHAEvent",
      "[The ][virtual machine |VM ]{vm} was restarted <by \(ha) on[ host] {host}|on[ host] {host} by \(ha)>\(place)\(tail)"),
    MessagePattern(
      "com.vmware.vc.ha.VmRestartedByHAEvent", "\(ha) restarted this virtual machine[ on[ host] {host}]\(place)\(tail)"),
    MessagePattern(
      "com.vmware.vc.ha.VmRestartedByHAEvent", "\(ha) restarted[ virtual machine| VM] {vm} on this host\(place)\(tail)"),
    MessagePattern(
      "VmRestartedOnAlternateHostEvent",
      "[Virtual machine ]{vm} was restarted on[ host] {host}[ in cluster {cluster}] since[ host] {other_host} failed"),
    MessagePattern(
      "com.vmware.vc.HA.VMIsHADisabledRestartEvent",
      "\(ha) did not attempt to restart[ virtual machine] {vm}[ on[ host] {host}]\(place) <because|since|as|after> {why}"),
    MessagePattern(
      "com.vmware.vc.HA.VMIsHADisabledIsolationEvent",
      "\(ha) did not <perform an isolation response for|<attempt to |><power off|shut down>>[ virtual machine] {vm}"
        + "[ on[ the][ isolated][ host] {host}]\(place)[ <because|since|as|after|due to|in response to> {why}]\(tail)"),
    MessagePattern(
      "VmFailoverFailed",
      "\(ha) unsuccessfully failed over[ virtual machine] {vm} on[ host] {host}\(place)\(tail)"),
    MessagePattern(
      "VmFailoverFailed", "\(ha) unsuccessfully failed over this virtual machine[ on[ host] {host}]\(place)\(tail)"),
    MessagePattern(
      "VmFailoverFailed",
      "\(ha) <was unable|failed> to <restart|fail over|failover>[ virtual machine] {vm}[ on[ host] {host}]\(place)\(tail)"),
    MessagePattern(
      "com.vmware.vc.HA.FailedRestartAfterIsolationEvent",
      "\(ha) <was unable|failed> to restart[ virtual machine] {vm}[ on[ host] {host}]\(place) after it \(ended) {why}"),
    MessagePattern(
      "NotEnoughResourcesToStartVmEvent",
      "<Insufficient|Not enough> resources to <fail over|failover|restart>[ virtual machine] {vm} in[ cluster[ in]]"
        + " {cluster} that <recides|resides> in[ datacenter] {datacenter}\(tail)"),
    MessagePattern(
      "NotEnoughResourcesToStartVmEvent",
      "<Insufficient|Not enough> resources to <fail over|failover|restart> this virtual machine\(tail)"),
    MessagePattern(
      "com.vmware.vc.HA.VmMaxRestartCountReached",
      "\(ha) stopped trying to restart this virtual machine[ on[ host] {host}]\(place)[ because {why}]\(tail)"),
    MessagePattern(
      "com.vmware.vc.HA.VmMaxRestartCountReached",
      "\(ha) stopped trying to restart[ virtual machine| VM] {vm}[ on[ host] {host}]\(place)[ because {why}]\(tail)"),
    MessagePattern(
      "VmMaxFTRestartCountReached",
      "\(ha) stopped trying to restart Secondary VM {vm}[ on[ host] {host}]\(place)[ because {why}]\(tail)"),
    MessagePattern(
      "VmPowerOffOnIsolationEvent",
      "\(ha) powered off[ virtual machine] {vm}[ was powered off] on the isolated host {host}\(place)\(tail)"),
    MessagePattern(
      "VmShutdownOnIsolationEvent",
      "\(ha) shut down[ virtual machine] {vm}[ was shut down] on the isolated host {host}\(place)\(tail)"),
    MessagePattern(
      "com.vmware.vc.HA.VmcpTerminatingVm",
      "\(ha) attempted to terminate[ VM| virtual machine] {vm} on[ host] {host}\(place) because {why}"),
    MessagePattern(
      "com.vmware.vc.HA.VmcpStorageFailureDetectedForVm",
      "\(ha) detected that a datastore mounted on[ host] {host}\(place) was inaccessible[ due to {why}]."
        + " This affected[ VM| virtual machine] {vm} with files on the datastore"),
    MessagePattern(
      "com.vmware.vc.HA.VmcpStorageFailureCleared",
      "Datastore {datastore} mounted on[ host] {host} was inaccessible. {_}condition was cleared{_} accessible"),
    MessagePattern(
      "com.vmware.vc.HA.VmcpTerminateVmAborted", "\(ha) was unable to terminate[ VM| virtual machine] {vm} affected {why}"),
    MessagePattern(
      "com.vmware.vc.HA.VmcpNotTerminateVmWithInaccessibleDatastore",
      "\(ha) did not terminate[ VM| virtual machine] {vm} affected {why}"),
    MessagePattern(
      "com.vmware.vc.HA.RemediatedDupVMs",
      "\(ha) <found|detected|remediated>[ and remediated] duplicate<s| copies> of[ VM| virtual machine] {vm}"
        + "[ in cluster[ in] {cluster}][ and powered off {why}]\(tail)"),
    MessagePattern(
      "VmDasBeingResetEvent", "{vm} on[ host] {host}\(place) reset by \(ha)\(tail)"),
    MessagePattern("VmDasResetFailedEvent", "\(ha) cannot reset {vm}[ on[ host] {host}]\(place)\(tail)"),
  ]

  /// Whether high availability looks after a VM or a cluster.
  static let protection: [MessagePattern] = [
    MessagePattern(
      "com.vmware.vc.HA.VmProtectedEvent",
      "[Virtual machine ]{vm}\(place) is <vSphere |VMware |>HA Protected[ and HA will attempt to restart it after a failure]"
    ),
    MessagePattern(
      "com.vmware.vc.HA.VmUnprotectedEvent", "[Virtual machine ]{vm}\(place) is not <vSphere |VMware |>HA Protected\(tail)"),
    MessagePattern(
      "com.vmware.vc.HA.VmNotProtectedEvent",
      "[Virtual machine ]{vm}\(place) failed to become <vSphere |VMware |>HA Protected"
        + "[ and HA may not attempt to restart it after a failure]\(tail)"),
    MessagePattern(
      "DasEnabledEvent", "\(ha)[ has been| was] enabled <for|on> cluster[ in] {cluster}[ in[ datacenter] {datacenter}]"),
    MessagePattern(
      "DasDisabledEvent", "\(ha)[ has been| was] disabled <for|on> cluster[ in] {cluster}[ in[ datacenter] {datacenter}]"),
  ]
}
