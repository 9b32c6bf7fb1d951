/// Something that has to find a place on one host: a VM, or VMs that a rule keeps together.
package struct PackingItem: Sendable, Equatable {
  /// MiB.
  package var memory: Int
  /// vCPUs, or thousandths of a core, as the bins count.
  package var cpu: Int
  /// What it reserves of CPU, MHz.
  package var mhz = 0
  /// The host from which it comes.
  package var origin: Int
  /// Which hosts can take it, by their number; nil for all.
  package var allowed: [Bool]?
  /// The groups whose members stay apart.
  package var groups: [Int] = []

  package init(memory: Int, cpu: Int, origin: Int) {
    (self.memory, self.cpu, self.origin) = (memory, cpu, origin)
  }

  init(_ need: RoomNeed, cpu: Int, origin: Int) {
    self.init(memory: Int(clamping: need.memoryMiB), cpu: cpu, origin: origin)
    mhz = Int(clamping: need.reservedMHz)
  }

  /// Whether any host with room can take it, whatever else is there.
  var isFree: Bool { allowed == nil && groups.isEmpty }

  /// Whether it is free and reserves no CPU, so that memory alone counts where vCPUs have no limit.
  var isPlain: Bool { isFree && mhz == 0 }

  /// Whether two that may go everywhere are the same to every host.
  func isLike(_ other: PackingItem) -> Bool {
    isFree && other.isFree && (memory, cpu, mhz) == (other.memory, other.cpu, other.mhz)
  }
}
