/// The answers of a processor to CPUID, and the model-specific registers that tell of features.
package struct ProcessorID: Sendable, Equatable {
  /// One answer: leaf and subleaf, then the four registers.
  package struct Leaf: Sendable, Equatable {
    package var leaf, subleaf: UInt32
    package var eax, ebx, ecx, edx: UInt32

    package init(leaf: UInt32, subleaf: UInt32, eax: UInt32, ebx: UInt32, ecx: UInt32, edx: UInt32) {
      (self.leaf, self.subleaf) = (leaf, subleaf)
      (self.eax, self.ebx, self.ecx, self.edx) = (eax, ebx, ecx, edx)
    }
  }

  /// A model-specific register.
  package struct Register: Sendable, Equatable {
    package var index: UInt32
    package var value: UInt64

    package init(index: UInt32, value: UInt64) { (self.index, self.value) = (index, value) }
  }

  /// As leaf 0 spells it, such as `GenuineIntel`.
  package var vendor: String
  package var leaves: [Leaf] = []
  package var registers: [Register] = []

  package init(vendor: String) { self.vendor = vendor }
}
