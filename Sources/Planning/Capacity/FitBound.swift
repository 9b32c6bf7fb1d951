/// How many VMs of a profile no placement can pass, and which resource says so.
package struct FitBound: Sendable, Equatable {
  /// What limits how many fit.
  package enum Resource: String, Sendable {
    case memory, vcpus
    /// CPU that VMs reserve: new VMs reserve nothing, but those that are there may find no place when hosts fail.
    case cpuReservation = "cpu_reservation"
  }

  package var count: Int
  package var resource: Resource
  /// The argument, in words.
  package var argument: String

  /// How many fit on each host when none fails. Exact, since each host is filled by itself.
  static func room(for profile: VMProfile, in bins: [PackingBin]) -> [Int] {
    bins.map { bin in
      let memory = max(0, bin.memory) / max(1, Int(profile.memoryMiB))
      return bin.cpu.map { min(memory, max(0, $0) / max(1, profile.vcpus)) } ?? memory
    }
  }

  /// None, where the pool does not survive the failures as it is, and that is proved.
  static func none(because obstacle: SetVerdict) -> FitBound {
    FitBound(count: 0, resource: obstacle.resource ?? .memory, argument: obstacle.argument)
  }

  /// The least of three: what fits when no host fails, and for memory and vCPUs what all hosts but the largest so many
  /// have, less what is used, in units of the profile.
  static func keeping(_ profile: VMProfile, _ pool: Pool, failures: Int) -> FitBound {
    let bins = pool.bins()
    let room = room(for: profile, in: bins)
    let byMemory = bins.map { FitBound.room(for: profile, in: [PackingBin(host: 0, memory: $0.memory)])[0] }
    let isCPU = room.reduce(0, +) < byMemory.reduce(0, +)
    var least = FitBound(
      count: room.reduce(0, +), resource: isCPU ? .vcpus : .memory,
      argument: failures == 0 ? "every host is filled by itself" : "no more fit when no host fails")
    guard failures > 0 else { return least }
    func ask(_ capacities: [Int], used: Int, size: Int, _ resource: Resource, _ name: String) {
      let left = capacities.sorted(by: >).dropFirst(failures).reduce(0, +)
      let count = max(0, left - used) / max(1, size)
      guard count < least.count else { return }
      let without = failures == 1 ? "the largest host" : "the \(failures) largest hosts"
      least = FitBound(count: count, resource: resource, argument: "the \(name) of all but \(without), less what is used")
    }
    let items = pool.loads.map(\.item)
    ask(pool.hosts.map(\.memory), used: items.reduce(0) { $0 + $1.memory }, size: Int(profile.memoryMiB), .memory, "memory")
    let limits = pool.hosts.compactMap(pool.mostVCPUs)
    if limits.count == pool.hosts.count {
      ask(limits, used: items.reduce(0) { $0 + $1.cpu }, size: profile.vcpus, .vcpus, "vCPUs")
    }
    return least
  }
}
