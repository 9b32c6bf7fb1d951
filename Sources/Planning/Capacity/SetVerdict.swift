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
  /// How much is short, MiB and vCPUs: in sum, or what those need that were left over.
  package var shortMemory: Int
  package var shortVCPUs: Int
  /// The argument, in words.
  package var argument: String

  private init(argument: String) {
    (hosts, isProved, unplaced, cause, self.argument) = ([], true, [], .sum, argument)
    (shortMemory, shortVCPUs) = (0, 0)
  }

  /// A host that holds more than it has: nobody has to fail.
  static func overfull(_ bin: PackingBin, in pool: Pool) -> SetVerdict {
    var verdict = SetVerdict(argument: "\(pool.hosts[bin.host].name) holds more than it has as it is")
    (verdict.shortMemory, verdict.shortVCPUs) = (max(0, -bin.memory), max(0, -(bin.cpu ?? 0)))
    return verdict
  }

  /// - Returns: nil where all find a place.
  init?(_ verdict: PackingVerdict, of failed: [Int], _ evacuation: Evacuation, new: [Int], in pool: Pool) {
    let moved = evacuation.moved(of: failed, new)
    let left: [Int]
    (cause, isProved, shortMemory, shortVCPUs) = (.fragmentation, true, 0, 0)
    switch verdict {
    case .placed: return nil
    case .impossible(.sum(let memory, let cpu), let unplaced):
      (left, cause, shortMemory, shortVCPUs) = (unplaced, .sum, memory, cpu)
      argument = "what they need is more than what is free on all other hosts"
    case .impossible(.noHost(let item), _):
      left = [item]
      argument = "no other host has the room for it, or may take it"
    case .impossible(.reachable(let short), let unplaced):
      (left, shortMemory) = (unplaced, short)
      argument = "even if every host were filled as well as sums of their sizes can fill it, this much is short"
    case .impossible(.exhausted, let unplaced):
      left = unplaced
      argument = "every way to place them was tried"
    case .unknown(let unplaced):
      (left, isProved) = (unplaced, false)
      argument = "no way to place them was found in the steps that a search may take"
    }
    hosts = failed.map { pool.hosts[$0].name }
    unplaced = left.flatMap { moved[$0].load.map { pool.loads[$0].vms } ?? ["new VM"] }
    if cause == .fragmentation, shortMemory == 0 {
      for item in left.compactMap({ moved[$0].load }).map({ pool.loads[$0].item }) {
        shortMemory += item.memory
        if pool.vcpusPerCore != nil { shortVCPUs += item.cpu }
      }
    }
  }
}
