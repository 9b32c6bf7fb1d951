internal import Inventory

/// Which hosts could go when the others may be used more: their VMs find places on those, and failures are still provided
/// for.
package struct Retirement: Sendable, Equatable {
  /// VMs that move so that their host can go.
  package struct Move: Sendable, Equatable {
    package var vms: [String]
    package var from: String
    package var to: String
    package var memoryMiB: Int
  }

  /// A host that has to stay.
  package struct Stay: Sendable, Equatable {
    package var host: String
    package var because: String
  }

  /// How much of the cores of each host that stays the demand of its VMs may be. Of memory it is all.
  package var targetRatio: Double
  package var hosts: [String] = []
  /// In their order; those of one host after those of the host before.
  package var moves: [Move] = []
  /// Of those that were looked at.
  package var staying: [Stay] = []

  /// After so many hosts in turn that have to stay, the fuller ones are not looked at.
  private static let mostRefused = 8

  /// Looks at the hosts from the one with the least on it on, since its VMs are moved with the least effort.
  /// - Parameters:
  ///   - demand: in cores, of each VM that runs.
  ///   - failures: so many hosts of those that stay may fail.
  init(_ pool: Pool, target: Double, demand: [String: Double], keepFailures failures: Int) {
    targetRatio = target
    let used = pool.bins().map { pool.hosts[$0.host].memory - $0.memory }
    guard !pool.bins().contains(where: \.isOverfull) else { return }
    var state = Evacuated(pool, target: target, demand: demand)
    var refused = 0
    for host in pool.hosts.indices.sorted(by: { (used[$0], $0) < (used[$1], $1) }) where refused < Self.mostRefused {
      let name = pool.hosts[host].name
      switch state.empty(host, keepFailures: failures) {
      case .emptied(let places):
        refused = 0
        hosts.append(name)
        moves += places.map { load, place in
          Move(
            vms: pool.loads[load].vms, from: name, to: pool.hosts[place].name, memoryMiB: pool.loads[load].item.memory)
        }
      case .refused(let why):
        refused += 1
        staying.append(Stay(host: name, because: why))
      }
    }
  }
}
