package import Inventory

/// What a VM takes of a host while it runs, and what several take together: one model for plans of moves and for packings.
///
/// Memory is what was granted, with overhead where that is known; a memory reservation is within it. CPU is what is
/// reserved. What VMs use at the moment takes no room.
package struct RoomNeed: Sendable, Equatable {
  package var memoryMiB: Int64 = 0
  package var reservedMHz: Int64 = 0

  package init() {}

  /// No VM has more; sums of what is wrong must not overflow.
  private static let most: Int64 = 1 << 40

  package init(of vm: VirtualMachine) {
    memoryMiB = Self.amount(vm.memoryMiB) + Self.amount(vm.memoryOverheadMiB)
    reservedMHz = Self.amount(Int64(vm.cpuReservationMHz))
  }

  private static func amount(_ value: Int64) -> Int64 { max(0, min(value, most)) }

  package mutating func add(_ other: RoomNeed) {
    memoryMiB += other.memoryMiB
    reservedMHz += other.reservedMHz
  }
}
