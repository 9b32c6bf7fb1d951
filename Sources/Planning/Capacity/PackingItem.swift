/// Something that has to find a place on one host: a VM, or VMs that a rule keeps together.
package struct PackingItem: Sendable, Equatable {
  /// MiB.
  package var memory: Int
  /// vCPUs, or thousandths of a core, as the bins count.
  package var cpu: Int
  /// The host from which it comes.
  package var origin: Int
  /// Which hosts can take it, by their number; nil for all.
  package var allowed: [Bool]?
  /// The groups whose members stay apart.
  package var groups: [Int] = []

  package init(memory: Int, cpu: Int, origin: Int) {
    (self.memory, self.cpu, self.origin) = (memory, cpu, origin)
  }

  /// Whether any host with room can take it, whoever else is there.
  var isPlain: Bool { allowed == nil && groups.isEmpty }
}
