import Foundation
import Inventory
import Testing

@testable import Hypervisor

/// What hosts refuse to do with disks, what they do only once, and what the checker sees.
@Suite struct DiskRefusalTests {
  @Test func copiesThatCannotBeMade() {
    var lab = StorageLab(capacity: 50000, used: 45000)
    lab.cluster.datastores[2].hosts = ["b"]
    lab.cluster.datastores[1].usedMiB = 20000
    let desk = OrderDesk(lab.simulator())
    desk.refused(.createDisks(to: [:]), "no disk")
    desk.refused(.createDisks(to: [1: "new"]), "it has no disk 1")
    desk.refused(.createDisks(to: [0: "elsewhere"]), "there is no datastore elsewhere")
    desk.refused(.createDisks(to: [0: "old"]), "disk 0 is on old already")
    desk.refused(.createDisks(to: [0: "third"]), "a does not see third")
    desk.refused(
      .createDisks(to: [0: "new"]), "its disks need 40960 MiB on new, where 50000 less 20000 used leave 30000")
    #expect(desk.simulator.usedMiB(on: "new") == 20000 && desk.disk?.files.count == 1)
  }

  @Test func allDisksCountTogether() {
    var lab = StorageLab(disks: [600, 600], capacity: 1200)
    lab.cluster.datastores[1].usedMiB = 16
    let desk = OrderDesk(lab.simulator())
    desk.done(.createDisks(to: [0: "new"]), .removeDisks(from: [0: "new"]))
    desk.refused(
      .createDisks(to: [0: "new", 1: "new"]), "its disks need 1200 MiB on new, where 1200 less 16 used leave 1184")
  }

  @Test func usedSpaceHoldsTheDisks() {
    #expect(StorageLab(disks: [100], used: 300).simulator().usedMiB(on: "old") == 300)
    #expect(StorageLab(disks: [100, 100, 200], used: 300).simulator().usedMiB(on: "old") == 400)
    #expect(StorageLab().simulator().usedMiB(on: "elsewhere") == nil)
    let full = StorageLab(disks: [100], capacity: 60).simulator()
    #expect(full.objections.count == 1 && full.objections[0].contains("datastore overfull: 100.0 MiB are on old"))
  }

  @Test func nothingIsCopiedWithoutAPlaceForIt() {
    let desk = OrderDesk(StorageLab().simulator())
    for action in [Order.Action.mirror, .diskPass, .freezeBase(logDatastore: nil), .copyBase, .openDisks] {
      desk.refused(action, "there is no copy")
    }
    #expect(desk.copied(.commitLog)?.mib == 0)
  }

  @Test func oneWayAtATime() {
    let desk = OrderDesk(StorageLab().simulator())
    desk.done(.createDisks(to: [0: "new"]))
    desk.refused(.createDisks(to: [0: "third"]), "a copy of disk 0 is on new already")
    desk.refused(.copyBase, "its disks are not frozen")
    desk.refused(.diskRest, "stopped first")
    desk.refused(.openDisks, "stopped first")
    let pass = desk.send(.diskPass)
    desk.refused(.mirror, "its disks are being copied")
    desk.refused(.removeDisks(from: [0: "new"]), "disk 0 is still being copied")
    #expect(desk.end(of: pass) == .copied(Copied(mib: 40960, seconds: 640, dirtyMiB: 5120)))
    desk.refused(.freezeBase(logDatastore: nil), "in another way")
    desk.done(.endCopying, .freezeBase(logDatastore: "third"), .freezeBase(logDatastore: "third"))
    #expect(desk.disk?.logs.count == 1)
    desk.refused(.mirror, "logs take what it writes")
    desk.refused(.diskPass, "logs take what it writes")
    desk.refused(.lastCommit, "stopped first")
    desk.done(.stop)
    desk.refused(.diskRest, "logs take what it writes")
    desk.refused(.openDisks, "the copy of disk 0 is not complete")
  }

  @Test func aMirrorIsNoPass() {
    let desk = OrderDesk(StorageLab().simulator())
    desk.done(.createDisks(to: [0: "new"]))
    #expect(desk.copied(.mirror)?.mib == 40960)
    desk.refused(.diskPass, "its disks are mirrored")
    // It is done once.
    #expect(desk.copied(.mirror)?.mib == 0)
  }

  @Test func physicalMappingsHaveNoLogs() {
    var lab = StorageLab(disks: [640, 640])
    lab.cluster.vms[0].disks[1].mapping = .init(lun: "lun1", mode: .physical)
    let desk = OrderDesk(lab.simulator())
    desk.done(.createDisks(to: [0: "new", 1: "new"]))
    desk.refused(.freezeBase(logDatastore: nil), "disk 1 is a LUN that is passed through")
    #expect(desk.copied(.mirror)?.mib == 640)
  }

  @Test func aLogNeedsAPlace() {
    var lab = StorageLab(disks: [640], capacity: 1000)
    lab.cluster.datastores[2].usedMiB = 990
    let desk = OrderDesk(lab.simulator())
    desk.done(.createDisks(to: [0: "new"]))
    desk.refused(.freezeBase(logDatastore: "elsewhere"), "there is no datastore elsewhere")
    desk.refused(.freezeBase(logDatastore: "third"), "its logs need 16 MiB on third, where 1000 less 990 used leave 10")
  }

  @Test func whatIsOpenIsNotRemoved() {
    let desk = OrderDesk(StorageLab(disks: [640]).simulator())
    desk.done(.createDisks(to: [0: "new"]), .createDisks(to: [0: "new"]))
    #expect(desk.simulator.usedMiB(on: "new") == 640)
    desk.refused(.removeDisks(from: [0: "old"]), "it has disk 0 open there")
    desk.refused(.removeDisks(from: [0: "old"]), "it has disk 0 open there", on: "b")
    desk.done(.removeDisks(from: [0: "new"]), .removeDisks(from: [0: "new"]))
    #expect(desk.simulator.usedMiB(on: "new") == 0)
    desk.done(.createDisks(to: [0: "new"]))
    #expect(desk.copied(.mirror)?.mib == 640)
    desk.done(.stop, .openDisks, .openDisks, .resume)
    desk.refused(.removeDisks(from: [0: "new"]), "it has disk 0 open there")
    desk.refused(.createDisks(to: [0: "third"]), "is on new already")
    desk.done(.removeDisks(from: [0: "old"]), .removeDisks(from: [0: "old"]))
    #expect(desk.simulator.objections.isEmpty)
  }

  @Test func theCheckerSeesTheOnlyCopyGo() {
    let desk = OrderDesk(StorageLab(disks: [640]).simulator())
    desk.done(.createDisks(to: [0: "new"]), .stop, .removeDisks(from: [0: "old"]))
    #expect(desk.simulator.objections.count == 1)
    #expect(desk.simulator.objections[0].contains("the only complete copy of disk 0 of vm1 was removed from old"))
    desk.refused(.resume, "the file of disk 0 is gone")
    desk.refused(.diskRest, "the file of disk 0 is gone")
  }

  @Test func theCheckerSeesALinkOfTheChainGo() {
    let desk = OrderDesk(StorageLab(disks: [640]).simulator())
    desk.done(.createDisks(to: [0: "new"]), .freezeBase(logDatastore: nil))
    #expect(desk.copied(.copyBase)?.mib == 640)
    desk.done(.stop, .removeDisks(from: [0: "old"]))
    #expect(desk.simulator.objections.count == 1)
    #expect(desk.simulator.objections[0].contains("disk 0 of vm1 was removed from old, where its logs"))
    // The other one is complete: the VM can have it.
    desk.done(.openDisks, .resume)
  }

  @Test func anOldEpochIsRefused() {
    let simulator = StorageLab().simulator()
    simulator.send(Order(number: 1, epoch: 2, host: "a", vm: "vm1", action: .report))
    simulator.send(Order(number: 2, epoch: 1, host: "a", vm: "vm1", action: .createDisks(to: [0: "new"])))
    simulator.send(Order(number: 3, epoch: 2, host: "a", vm: "vm1", action: .createDisks(to: [0: "new"])))
    _ = simulator.next(until: StorageLab.start)
    #expect(simulator.next(until: StorageLab.start) == .answer(order: 2, .outdated(known: 2)))
    #expect(simulator.next(until: StorageLab.start) == .answer(order: 3, .done))
  }

  @Test(arguments: [
    Order.Action.createDisks(to: [0: "new", 1: "third"]), .mirror, .diskPass, .diskRest, .openDisks,
    .removeDisks(from: [0: "old"]),
    .freezeBase(logDatastore: nil), .freezeBase(logDatastore: "x"), .copyBase, .commitLog, .lastCommit,
  ])
  func ordersAreWrittenDownAndRead(action: Order.Action) throws {
    let order = Order(number: 1, epoch: 2, host: "a", vm: "vm1", action: action)
    let read = try JSONDecoder().decode(Order.self, from: JSONEncoder().encode(order))
    #expect(read == order)
  }
}
