/// What becomes of the VMs when a set of hosts fails that leaves some of them without a place.
package struct SetVerdict: Sendable, Equatable {
  /// What VMs lack that find no place.
  package enum Cause: String, Sendable {
    /// There is less than they need in all.
    case sum
    /// There would be enough in all, but not where it is needed.
    case fragmentation
  }

  /// The failed hosts.
  package var hosts: [String]
  /// Whether it is proved that there is no placement; else only none was found.
  package var isProved: Bool
  /// VMs that the best attempt left over.
  package var unplaced: [String]
  package var cause: Cause
  /// How much memory is short, in MiB: in sum, or where the sum suffices, the least that hosts would need in addition so
  /// that every VM had a place. 0 where more room does not help, or where it was not asked for.
  package var shortMemory: Int
  /// How many vCPUs are short, counted as the memory is.
  package var shortVCPUs: Int
  /// How much reserved CPU is short, in MHz, counted as the memory is.
  package var shortMHz: Int
  /// The argument, in words.
  package var argument: String

  private init(argument: String) {
    (hosts, isProved, unplaced, cause, self.argument) = ([], true, [], .sum, argument)
    (shortMemory, shortVCPUs, shortMHz) = (0, 0, 0)
  }

  /// Which resource is short; nil where none is.
  package var resource: FitBound.Resource? {
    shortMemory > 0 ? .memory : shortVCPUs > 0 ? .vcpus : shortMHz > 0 ? .cpuReservation : nil
  }

  /// A host that holds more than it has: nobody has to fail.
  static func overfull(_ bin: PackingBin, in pool: Pool) -> SetVerdict {
    var verdict = SetVerdict(argument: "\(pool.hosts[bin.host].name) holds more than it has as it is")
    (verdict.shortMemory, verdict.shortVCPUs) = (max(0, -bin.memory), max(0, -(bin.cpu ?? 0)))
    verdict.shortMHz = max(0, -(bin.mhz ?? 0))
    return verdict
  }

  /// - Parameter isMeasured: whether it is asked how much is short.
  /// - Returns: nil where all find a place.
  init?(
    _ verdict: PackingVerdict, of failed: [Int], _ evacuation: Evacuation, new: [Int], in pool: Pool, isMeasured: Bool = true
  ) {
    let moved = evacuation.moved(of: failed, new)
    let left: [Int]
    (cause, isProved, shortMemory, shortVCPUs, shortMHz) = (.fragmentation, true, 0, 0, 0)
    switch verdict {
    case .placed: return nil
    case .impossible(.sum(let memory, let cpu, let mhz), let unplaced):
      (left, cause, shortMemory, shortVCPUs, shortMHz) = (unplaced, .sum, memory, cpu, mhz)
      argument = "what they need is more than what is free on all other hosts"
    case .impossible(.noHost(let item), _):
      left = [item]
      argument = "no other host has the room for it, or may take it"
    case .impossible(.reachable(let short), let unplaced):
      left = unplaced
      argument = "even if every host were filled as well as sums of their sizes can fill it, \(short) MiB find no place"
    case .impossible(.reachableReservations(let short), let unplaced):
      left = unplaced
      argument = "even if as much were reserved on every host as sums of their reservations can, \(short) MHz find no place"
    case .impossible(.exhausted, let unplaced):
      left = unplaced
      argument = "every way to place them was tried"
    case .unknown(let unplaced):
      (left, isProved) = (unplaced, false)
      argument = "no way to place them was found in the steps that a search may take"
    }
    if failed.count == pool.hosts.count { argument = "no host is left" }
    hosts = failed.map { pool.hosts[$0].name }
    unplaced = left.flatMap { moved[$0].load.map { pool.loads[$0].vms } ?? ["new VM"] }
    if isMeasured, cause == .fragmentation, let least = evacuation.shortfall(of: failed, new) {
      (shortMemory, shortVCPUs, shortMHz) = (least.memory, least.cpu, least.mhz)
    }
  }
}
