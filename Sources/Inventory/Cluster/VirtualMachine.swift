/// A virtual machine as it stands in a cluster.
package struct VirtualMachine: Sendable, Equatable {
  /// In which order HA restarts VMs.
  package enum RestartPriority: String, Sendable, CaseIterable {
    case agent, high, medium, low, disabled
  }

  package var name: String
  package var host: String
  /// Of a VM whose host is not among the hosts; nil for the cluster of its host.
  package var cluster: String?
  package var power = PowerState.on
  package var memoryMiB: Int64
  package var vcpus: Int
  /// In cores; nil where nobody measured it.
  package var cpuDemand: Double?
  package var cpuReservationMHz = 0
  /// Whether its source does not say how much CPU it reserves; then it counts as nothing.
  package var hasUnknownReservation = false
  package var memoryReservationMiB: Int64 = 0
  /// What the hypervisor needs for it besides.
  package var memoryOverheadMiB: Int64 = 0
  package var isTemplate = false
  package var memoryActiveMiB: Double?
  /// How much of its memory the guest writes.
  package var dirtyMiBPerSecond = 0.0
  /// The part of its memory that the guest writes again and again; nil for what is active, or all.
  package var workingSetMiB: Double?
  package var networks: [String] = []
  package var disks: [VirtualDisk] = []
  /// Nil where its source does not say it.
  package var storage: VMStorage?
  package var restartPriority = RestartPriority.medium
  /// VMs that must run before it is started.
  package var dependsOn: [String] = []
  /// Names of CPU features without which it does not run.
  package var requiredFeatures: Set<String> = []
  /// What it saw of the processor when it was powered on; nil where that was not recorded.
  package var frozenFeatures: Set<String>?
  /// The version of its virtual hardware; nil where its source does not say it.
  package var hardware: Int?
  /// How many snapshots it has.
  package var snapshots = 0
  /// What binds it to its host, such as `local_cd`.
  package var devices: [String] = []

  package init(name: String, host: String, memoryMiB: Int64, vcpus: Int) {
    self.name = name
    self.host = host
    self.memoryMiB = memoryMiB
    self.vcpus = vcpus
  }
}
