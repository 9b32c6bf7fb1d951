/// A host that lives on, and the room on it.
package struct PackingBin: Sendable, Equatable {
  /// The number of the host.
  package var host: Int
  /// MiB that are free.
  package var memory: Int
  /// What may be added of vCPUs, or of thousandths of a core; nil where nothing limits it.
  package var cpu: Int?
  /// MHz that may still be reserved; nil where nothing limits that.
  package var mhz: Int?
  /// The groups whose members stay apart and of which one is there, each with the host from which it came.
  var members: [Member] = []

  struct Member: Sendable, Equatable {
    var group: Int
    var origin: Int
  }

  /// An empty bin.
  /// - Parameters:
  ///   - host: its place among the hosts of the pool.
  ///   - memory: what it has, in MiB.
  ///   - cpu: the vCPUs that it takes; nil where nothing limits them.
  ///   - mhz: what VMs may reserve; nil where nothing limits it.
  package init(host: Int, memory: Int, cpu: Int? = nil, mhz: Int? = nil) {
    (self.host, self.memory, self.cpu, self.mhz) = (host, memory, cpu, mhz)
  }

  /// Whether it holds more than it has.
  var isOverfull: Bool { memory < 0 || cpu ?? 0 < 0 || mhz ?? 0 < 0 }

  /// Whether an item finds room here and may be here. Two of a group that were together before may stay so: that makes
  /// nothing worse.
  func takes(_ item: PackingItem) -> Bool {
    guard item.memory <= memory else { return false }
    if let cpu, item.cpu > cpu { return false }
    // What reserves nothing finds nothing short.
    if let mhz, item.mhz > 0, item.mhz > mhz { return false }
    return mayBeHere(item)
  }

  /// Whether an item may be here, room or not.
  func mayBeHere(_ item: PackingItem) -> Bool {
    if let allowed = item.allowed, !allowed[host] { return false }
    for group in item.groups where members.contains(where: { $0.group == group && $0.origin != item.origin }) {
      return false
    }
    return true
  }

  mutating func add(_ item: PackingItem) {
    memory -= item.memory
    if let limit = cpu { cpu = limit - item.cpu }
    if let limit = mhz { mhz = limit - item.mhz }
    for group in item.groups { members.append(Member(group: group, origin: item.origin)) }
  }

  mutating func remove(_ item: PackingItem) {
    memory += item.memory
    if let limit = cpu { cpu = limit + item.cpu }
    if let limit = mhz { mhz = limit + item.mhz }
    if !item.groups.isEmpty { members.removeLast(item.groups.count) }
  }
}
