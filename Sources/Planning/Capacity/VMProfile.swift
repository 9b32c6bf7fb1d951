/// The size of a VM that somebody may ask for.
package struct VMProfile: Sendable, Equatable {
  package var vcpus: Int
  package var memoryMiB: Int64

  package init(vcpus: Int, memoryMiB: Int64) { (self.vcpus, self.memoryMiB) = (vcpus, memoryMiB) }
}
