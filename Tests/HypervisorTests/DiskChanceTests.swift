import Inventory
import TestSupport
import Testing

@testable import Hypervisor

/// Orders and faults by chance: whatever is ordered, space is accounted for and nobody runs on half a disk.
@Suite struct DiskChanceTests {
  private static let places = ["old", "new", "third"]

  private func action(_ chance: inout SplitMix64) -> Order.Action {
    let disk = Int(chance.next() % 2)
    let place = Self.places[Int(chance.next() % 3)]
    let actions: [Order.Action] = [
      .createDisks(to: [disk: place]), .createDisks(to: [0: place, 1: place]), .mirror, .diskPass, .diskRest, .openDisks,
      .removeDisks(from: [0: "old"]), .removeDisks(from: [0: "new"]), .freezeBase(logDatastore: nil),
      .freezeBase(logDatastore: place),
      .copyBase, .commitLog, .lastCommit, .stop, .resume, .powerOn, .powerOff, .endCopying, .throttle(percent: 50), .report,
      .openDisks, .resume, .powerOn, .copyBase, .lastCommit, .stop,
    ]
    return actions[Int(chance.next() % UInt64(actions.count))]
  }

  private func fault(_ chance: inout SplitMix64) -> TimelineAction {
    let host = chance.next() % 2 == 0 ? "a" : "b"
    let faults: [TimelineAction] = [
      .hostPowerCut(host: host), .hostPowerRestore(host: host), .hostStorageCut(host: host),
      .hostStorageRestore(host: host), .hostNetworkCut(host: host), .hostNetworkRestore(host: host), .hostHang(host: host),
      .datastoreFill(datastore: "third", percent: 80), .hostPowerRestore(host: host), .hostStorageRestore(host: host),
    ]
    return faults[Int(chance.next() % UInt64(faults.count))]
  }

  @Test(arguments: 1...300) func nothingIsLostSilently(seed: Int) {
    var chance = SplitMix64(seed: UInt64(seed))
    var lab = StorageLab(disks: [640, 320], write: 4, vms: 2, capacity: 3500)
    lab.cluster.datastores[2].capacityMiB = 1200
    lab.timeline = (0..<8).map { TimelineEntry(at: 200 * Double($0) + 150, action: fault(&chance)) }
    let simulator = lab.simulator()
    var seconds = 0.0
    for number in 1...120 {
      let order = Order(
        number: number, epoch: 1, host: chance.next() % 4 == 0 ? "b" : "a", vm: chance.next() % 4 == 0 ? "vm2" : "vm1",
        action: action(&chance))
      simulator.send(order)
      seconds += Double(chance.next() % 20)
      simulator.run(until: StorageLab.start.adding(seconds: seconds))
      check(simulator, seed)
    }
  }

  private func check(_ simulator: Simulator, _ seed: Int) {
    let storage = simulator.storage
    for (number, volume) in storage.volumes.enumerated() {
      let files = storage.disks.joined().reduce(0.0) { sum, disk in
        let bases = [disk.source, disk.target].count { $0?.volume == number }
        return sum + Double(bases) * disk.sizeMiB + disk.logs.filter { $0.volume == number }.reduce(0) { $0 + $1.sizeMiB }
      }
      #expect(abs(files - volume.filesMiB) < 0.001 && !volume.isOverfull, "seed \(seed): \(volume.name)")
    }
    for vm in storage.disks.indices where simulator.copies[vm].contains(where: { $0.stint != nil }) {
      #expect(storage.disks[vm].allSatisfy { $0.isComplete($0.home) }, "seed \(seed)")
    }
    for objection in simulator.objections { #expect(objection.contains("was removed from"), "seed \(seed): \(objection)") }
    let used = Set(simulator.diskJobs.values.flatMap(\.left))
    #expect(used == Set(simulator.diskTransfers.keys), "seed \(seed)")
  }
}
