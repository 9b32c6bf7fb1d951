internal import Inventory

/// What happens if all VMs start that are off or suspended.
enum StartOfAll {
  /// Those that find no host with room, the biggest first, when each goes to the fullest host that takes it.
  static func unplaced(_ idle: [VirtualMachine], in pool: Pool) -> [String] {
    var (bins, left) = (pool.bins(), [String]())
    for vm in idle.sorted(by: { ($0.memoryMiB, $1.name) > ($1.memoryMiB, $0.name) }) {
      let item = PackingItem(RoomNeed(of: vm), cpu: vm.vcpus, origin: -1)
      if let bin = bins.indices.filter({ bins[$0].takes(item) }).min(by: { (bins[$0].memory, $0) < (bins[$1].memory, $1) }) {
        bins[bin].add(item)
      } else {
        left.append(vm.name)
      }
    }
    return left
  }
}
