import Inventory
import Testing

@testable import Hypervisor

/// Mirrors and passes over changed blocks, by the figures of the field.
@Suite struct DiskCopyTests {
  @Test func aMirrorTakesOnePass() throws {
    let desk = OrderDesk(StorageLab().simulator())
    desk.done(.createDisks(to: [0: "new"]))
    let pass = try #require(desk.copied(.mirror))
    #expect(pass == Copied(mib: 40960, seconds: 640, dirtyMiB: 0, mirroredMiB: 2560))
    #expect(desk.disk?.complete == [.source, .target] && desk.disk?.isMirrored == true)
    // Both stay the same while the guest writes on.
    desk.simulator.run(until: StorageLab.start.adding(seconds: 700))
    #expect(desk.disk?.complete == [.source, .target])
    desk.done(.stop, .openDisks, .resume, .removeDisks(from: [0: "old"]))
    #expect(desk.disk?.home == .target && desk.disk?.files.map(\.datastore) == ["new"])
    #expect(desk.seconds == 700)
    #expect(desk.simulator.usedMiB(on: "old") == 0 && desk.simulator.usedMiB(on: "new") == 40960)
    #expect(desk.simulator.objections.isEmpty)
  }

  @Test(arguments: [
    (8.0, [40960.0, 5120, 640, 80], 10.0, 731.40625), (16, [40960, 10240, 2560, 640, 160], 40, 853.125),
  ])
  func changedBlocks(write: Double, passes: [Double], rest: Double, seconds: Double) throws {
    let desk = OrderDesk(StorageLab(write: write).simulator())
    desk.done(.createDisks(to: [0: "new"]))
    for (index, mib) in passes.enumerated() {
      let pass = try #require(desk.copied(.diskPass))
      #expect(pass.mib == mib && pass.dirtyMiB == (index + 1 < passes.count ? passes[index + 1] : rest))
    }
    desk.done(.stop)
    #expect(desk.disk?.complete == [.source] && desk.disk?.restMiB == rest)
    let last = try #require(desk.copied(.diskRest))
    #expect(last.mib == rest && last.seconds == rest / 64 && last.dirtyMiB == 0)
    #expect(desk.disk?.complete == [.source, .target])
    desk.done(.openDisks, .resume)
    #expect(desk.seconds == seconds)
    // The guest writes at its new place: the old one is old.
    #expect(desk.disk?.complete == [.target])
    desk.done(.removeDisks(from: [0: "old"]))
    #expect(desk.simulator.objections.isEmpty)
  }

  /// It writes as fast as it is copied: the passes get no smaller.
  @Test func passesStick() throws {
    var lab = StorageLab(write: 80)
    lab.cluster.vms[0].disks[0].writeSetMiB = 2048
    let desk = OrderDesk(lab.simulator())
    desk.done(.createDisks(to: [0: "new"]))
    for _ in 1...3 { #expect(desk.copied(.diskPass)?.dirtyMiB == 2048) }
    desk.done(.stop)
    #expect(desk.copied(.diskRest)?.seconds == 32)
  }

  @Test func copiesShareTheirDatastores() throws {
    let desk = OrderDesk(StorageLab(disks: [6400], write: 0, vms: 3).simulator())
    for (vm, place) in [("vm1", "new"), ("vm2", "new"), ("vm3", "third")] {
      #expect(desk.result(.createDisks(to: [0: place]), vm: vm) == .done)
    }
    let first = desk.send(.mirror)
    desk.simulator.run(until: StorageLab.start.adding(seconds: 50))
    let others = ["vm2", "vm3"].map { desk.send(.mirror, vm: $0) }
    // Half of the first is copied; from now on each has a third of what can be read.
    #expect(desk.end(of: first) == .copied(Copied(mib: 6400, seconds: 200, dirtyMiB: 0)))
    // The other two are half done, and have half of it each.
    #expect(desk.end(of: others[0]) == .copied(Copied(mib: 6400, seconds: 250, dirtyMiB: 0)))
    #expect(desk.seconds == 300)
  }

  @Test func severalDisksGoToSeveralDatastoresAtOnce() throws {
    let desk = OrderDesk(StorageLab(disks: [6400, 3200], write: 0).simulator())
    desk.done(.createDisks(to: [0: "new", 1: "third"]))
    let pass = try #require(desk.copied(.mirror))
    #expect(pass.mib == 9600 && pass.seconds == 150)
    desk.done(.stop, .openDisks, .resume, .removeDisks(from: [0: "old", 1: "old"]))
    let homes = desk.simulator.disks(of: "vm1").map { $0.files.map(\.datastore) }
    #expect(homes == [["new"], ["third"]])
    // And the first one back again.
    desk.done(.createDisks(to: [0: "old"]))
    #expect(desk.copied(.mirror)?.mib == 6400)
    desk.done(.stop, .openDisks, .resume, .removeDisks(from: [0: "new"]))
    #expect(desk.simulator.disks(of: "vm1").map { $0.files.map(\.datastore) } == [["old"], ["third"]])
    #expect(["old", "new", "third"].map { desk.simulator.usedMiB(on: $0) } == [6400, 0, 3200])
    #expect(desk.simulator.objections.isEmpty)
  }

  @Test func theSwitchTakesItsTime() throws {
    let desk = OrderDesk(StorageLab(disks: [640], switchMilliseconds: 250).simulator())
    desk.done(.createDisks(to: [0: "new"]))
    #expect(desk.copied(.mirror)?.seconds == 10)
    desk.done(.stop, .openDisks, .resume)
    #expect(desk.seconds == 10.25)
  }

  /// Where the memory comes to the same host, the copy's start there takes it, and the files take none of their own.
  @Test func aSwitchOfMemoryAndDisksIsOne() throws {
    let desk = OrderDesk(StorageLab(disks: [640], switchMilliseconds: 250).simulator())
    desk.done(.createDisks(to: [0: "new"]))
    _ = desk.copied(.mirror)
    desk.done(.prepare(source: "a"), on: "b")
    _ = desk.copied(.copyPass(target: "b"))
    desk.done(.stop)
    _ = desk.copied(.copyRest(target: "b"))
    let copied = desk.seconds
    desk.done(.openDisks, on: "b")
    #expect(desk.seconds == copied)
    desk.done(.resume, on: "b")
    #expect(desk.seconds == copied + 0.25)
  }

  /// The VM changes its host and its disks in one go: the mirror ends with the source's run.
  @Test func aHandOverToAnotherHostCanTakeTheDisksAlong() throws {
    let desk = OrderDesk(StorageLab(disks: [640]).simulator())
    desk.done(.createDisks(to: [0: "new"]))
    #expect(desk.result(.prepare(source: "a"), to: "b") == .done)
    #expect(desk.copied(.mirror) != nil && desk.copied(.copyPass(target: "b")) != nil)
    desk.done(.stop)
    #expect(desk.copied(.copyRest(target: "b")) != nil)
    desk.done(.openDisks, .resume, on: "b")
    #expect(desk.disk?.complete == [.target])
    desk.done(.destroy, .removeDisks(from: [0: "old"]))
    #expect(desk.simulator.inventory(of: "b")?.running == ["vm1"] && desk.simulator.objections.isEmpty)
  }

  /// Handed over without the disks: nobody mirrors what the other host writes.
  @Test func aMirrorEndsWhenAnotherHostRunsIt() throws {
    let desk = OrderDesk(StorageLab(disks: [640]).simulator())
    desk.done(.createDisks(to: [0: "new"]))
    #expect(desk.copied(.mirror) != nil)
    desk.done(.stop)
    #expect(desk.disk?.complete == [.source, .target])
    desk.done(.powerOn, on: "b")
    #expect(desk.disk?.complete == [.source] && desk.disk?.isMirrored == false)
  }

  @Test func aVMThatIsOffIsCopiedInOneGo() throws {
    var lab = StorageLab(disks: [640])
    lab.cluster.vms[0].power = .off
    let desk = OrderDesk(lab.simulator())
    desk.refused(.diskPass, "does not run here")
    desk.done(.createDisks(to: [0: "new"]))
    #expect(desk.copied(.diskRest) == Copied(mib: 640, seconds: 10, dirtyMiB: 0))
    desk.done(.openDisks, .removeDisks(from: [0: "old"]), .powerOn)
    #expect(desk.disk?.files.map(\.datastore) == ["new"] && desk.simulator.objections.isEmpty)
  }

  @Test func ofAMappingOnlyItsFileMoves() throws {
    var lab = StorageLab()
    lab.cluster.vms[0].disks[0].mapping = .init(lun: "lun1", mode: .virtual)
    let desk = OrderDesk(lab.simulator())
    #expect(desk.simulator.usedMiB(on: "old") == 0)
    desk.done(.createDisks(to: [0: "new"]))
    #expect(desk.copied(.mirror) == Copied(mib: 0, seconds: 0, dirtyMiB: 0))
    // Whatever is written to the LUN, both files lead to it.
    desk.done(.endCopying)
    #expect(desk.disk?.complete == [.source, .target])
    desk.done(.stop, .openDisks, .resume, .removeDisks(from: [0: "old"]))
    #expect(desk.simulator.usedMiB(on: "new") == 0 && desk.disk?.files.map(\.datastore) == ["new"])
    #expect(desk.simulator.objections.isEmpty)
  }
}
