internal import Inventory

/// What is used of a host: by the VMs that run there and those on their way.
struct HostUse: Sendable, Equatable {
  var room = RoomNeed()
  /// Whether the source does not say of some of them what they reserve.
  var isReservationUnknown = false
  /// In cores, of the VMs of which it is known.
  var demand = 0.0
  /// Moves in which it takes part.
  var moves = 0
  /// Those of them that use its link.
  var linkMoves = 0

  mutating func add(_ vm: VirtualMachine) {
    room.add(RoomNeed(of: vm))
    if vm.hasUnknownReservation { isReservationUnknown = true }
    demand += vm.cpuDemand ?? 0
  }
}

extension HostUse {
  /// By the number of the host. A VM that moves takes room at both ends.
  static func all(_ snapshot: ClusterSnapshot, _ situation: Situation, _ hosts: [String: Int]) -> [HostUse] {
    var uses = [HostUse](repeating: HostUse(), count: snapshot.hosts.count)
    let targets = Dictionary(situation.moves.map { ($0.vm, $0.to) }) { first, _ in first }
    for vm in snapshot.vms where vm.power == .on {
      if let number = hosts[vm.host] { uses[number].add(vm) }
      if let target = targets[vm.name], target != vm.host, let number = hosts[target] { uses[number].add(vm) }
    }
    for move in situation.moves {
      for host in Set([move.from, move.to]) {
        guard let number = hosts[host] else { continue }
        uses[number].moves += 1
        if move.from != move.to { uses[number].linkMoves += 1 }
      }
    }
    return uses
  }
}
