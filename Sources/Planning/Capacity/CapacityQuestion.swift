/// What is asked about the capacity of a cluster.
package struct CapacityQuestion: Sendable {
  /// How many hosts may fail at one time.
  package var keepFailures = 1
  /// How many vCPUs a core may carry; nil where nothing limits them.
  package var vcpusPerCore: Double?
  /// The sizes of VMs of which it is asked how many fit.
  package var profiles = [
    VMProfile(vcpus: 2, memoryMiB: 4096), VMProfile(vcpus: 4, memoryMiB: 16_384), VMProfile(vcpus: 8, memoryMiB: 32_768),
    VMProfile(vcpus: 16, memoryMiB: 65_536),
  ]
  /// How much of a host's cores the demand of its VMs may be when others are retired.
  package var targets = [0.7, 0.8, 0.9]

  package init() {}
}
