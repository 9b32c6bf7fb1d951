extension MessagePatterns {
  private static let host = "[The ]Host {host}[ in[ datacenter] {datacenter}]"

  /// What becomes of hosts without a failure, and that they do not answer.
  static let hosts: [MessagePattern] = [
    MessagePattern("HostConnectionLostEvent", "\(host) is <not responding|no longer responding>\(tail)"),
    MessagePattern("HostConnectedEvent", "<Connected|Reconnected> to[ host] {host} in[ datacenter] {datacenter}"),
    MessagePattern("HostConnectedEvent", "<Connected|Reconnected> to host {host}"),
    MessagePattern("HostConnectedEvent", "\(host) <is|has been|was> <connected|reconnected>"),
    MessagePattern("HostDisconnectedEvent", "Disconnected from[ host] {host} in[ datacenter] {datacenter}[. Reason: {why}]"),
    MessagePattern("HostDisconnectedEvent", "Disconnected from host {host}[. Reason: {why}]"),
    MessagePattern("HostDisconnectedEvent", "\(host) <is|has been|was> disconnected[. Reason: {why}]"),
    MessagePattern("EnteringMaintenanceModeEvent", "\(host) <has started to enter|is entering> maintenance mode"),
    MessagePattern("EnteredMaintenanceModeEvent", "\(host) <has entered|entered|is in> maintenance mode"),
    MessagePattern("ExitMaintenanceModeEvent", "\(host) <has exited|exited|has left> maintenance mode"),
    MessagePattern("DrsEnteredStandbyModeEvent", "DRS put {host} into standby mode"),
    MessagePattern("EnteringStandbyModeEvent", "<\(host) is entering|DRS is putting {host} into> standby mode"),
    MessagePattern("EnteredStandbyModeEvent", "\(host) <is in|has entered> standby mode"),
    MessagePattern("ExitedStandbyModeEvent", "\(host) is no longer in standby mode"),
    MessagePattern("DrsExitedStandbyModeEvent", "DRS moved {host} out of standby mode"),
    MessagePattern("HostAddedEvent", "Added host {host} to[ datacenter] {datacenter}"),
    MessagePattern("HostAddedEvent", "Added host {host} to cluster {cluster}[ in[ datacenter] {datacenter}]"),
    MessagePattern(
      "HostAddedEvent",
      "[The ]Host {host} <was added|has been added|added>[ to cluster {cluster}][ <in|to>[ datacenter] {datacenter}]"),
    MessagePattern(
      "HostRemovedEvent", "Removed host {host}[ from cluster {cluster}][ <in|from>[ datacenter] {datacenter}]"),
    MessagePattern(
      "HostRemovedEvent",
      "[The ]Host {host}[ in[ datacenter] {datacenter}] <was removed|has been removed|removed>[ from cluster {cluster}]"
        + "[ from[ datacenter] {datacenter}]"),
    MessagePattern("HostShutdownEvent", "Shut down of {host} in {datacenter}: {why}"),
  ]
}
