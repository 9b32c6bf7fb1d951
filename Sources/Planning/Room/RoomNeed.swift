package import Inventory

/// What a VM takes of a host while it runs, and what several take together: one model for plans of moves and for packings.
///
/// Memory is what was granted, with overhead where that is known; a memory reservation is within it. CPU is what is
/// reserved. What VMs use at the moment takes no room.
package struct RoomNeed: Sendable, Equatable {
  /// Memory in MiB, with overhead where it is known.
  package var memoryMiB: Int64 = 0
  /// CPU that is reserved, in MHz.
  package var reservedMHz: Int64 = 0

  /// The need of no VM.
  package init() {}

  /// No VM has more; sums of what is wrong must not overflow.
  private static let most: Int64 = 1 << 40

  /// The need of a VM that runs. Amounts below 0 count as 0.
  package init(of vm: VirtualMachine) {
    memoryMiB = Self.amount(vm.memoryMiB) + Self.amount(vm.memoryOverheadMiB)
    reservedMHz = Self.amount(Int64(vm.cpuReservationMHz))
  }

  private static func amount(_ value: Int64) -> Int64 { max(0, min(value, most)) }

  /// Adds what other VMs take.
  package mutating func add(_ other: RoomNeed) {
    memoryMiB += other.memoryMiB
    reservedMHz += other.reservedMHz
  }
}
