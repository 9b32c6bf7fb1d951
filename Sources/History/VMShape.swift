/// The size of a virtual machine. A field is nil where no record tells it.
package struct VMShape: Sendable, Equatable {
  package var vcpus: Int64?
  package var memoryMiB: Int64?

  package init(vcpus: Int64?, memoryMiB: Int64?) {
    self.vcpus = vcpus
    self.memoryMiB = memoryMiB
  }
}
