/// A unit of a storage array that a VM uses without a file system between.
package struct LUN: Sendable, Equatable {
  package var id: String
  package var sizeMiB: Double
  /// The hosts that see it, each under its number: the same unit under another number is another path to a host.
  package var numbers: [String: Int] = [:]

  package init(id: String, sizeMiB: Double) {
    self.id = id
    self.sizeMiB = sizeMiB
  }
}
