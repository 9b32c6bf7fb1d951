import Foundation
import Inventory
import TestSupport
import Testing

@testable import Hypervisor

/// Copies of disks that are broken off, and what is left then.
@Suite struct DiskFaultTests {
  private static let ways: [[Order.Action]] = [[.mirror], [.diskPass], [.freezeBase(logDatastore: "third"), .copyBase]]

  private func failed(_ result: Message.Result?) -> String? {
    guard case .failed(let why)? = result else { return nil }
    return why
  }

  @Test(arguments: ways) func aHostWithoutStorageCopiesNothing(way: [Order.Action]) {
    var lab = StorageLab()
    lab.timeline = [
      TimelineEntry(at: 100, action: .hostStorageCut(host: "a")),
      TimelineEntry(at: 200, action: .hostStorageRestore(host: "a")),
    ]
    let desk = OrderDesk(lab.simulator())
    desk.done(.createDisks(to: [0: "new"]))
    var last: Message.Result?
    for action in way { last = desk.result(action) }
    #expect(failed(last) == "a has lost its storage" && desk.seconds == 100)
    #expect(failed(desk.result(.commitLog)) == "a has lost its storage")
    guard case .report(let blind)? = desk.result(.report) else { Issue.record("no report"); return }
    #expect(blind.state == .running && blind.disks.isEmpty && blind.generation == nil)
    let rest = desk.disk?.restMiB
    desk.simulator.run(until: StorageLab.start.adding(seconds: 199))
    // Without storage nothing is written either.
    #expect(desk.disk?.restMiB == rest && desk.disk?.complete == [.source] && desk.disk?.isCopying == false)
    desk.simulator.run(until: StorageLab.start.adding(seconds: 200))
    guard case .report(let seeing)? = desk.result(.report) else { Issue.record("no report"); return }
    #expect(seeing.disks == desk.simulator.disks(of: "vm1"))
    #expect(desk.simulator.objections.isEmpty)
  }

  @Test(arguments: ways) func aHostWithoutPowerLeavesWhatThereIs(way: [Order.Action]) {
    var lab = StorageLab()
    lab.timeline = [TimelineEntry(at: 100, action: .hostPowerCut(host: "a"))]
    let desk = OrderDesk(lab.simulator())
    desk.done(.createDisks(to: [0: "new"]))
    for action in way { desk.send(action) }
    desk.simulator.run(until: StorageLab.start.adding(seconds: 150))
    #expect(desk.disk?.complete == [.source] && desk.disk?.home == .source && desk.disk?.isOpen == false)
    #expect(desk.simulator.usedMiB(on: "new") == 40960 && desk.disk?.logs.map(\.sizeMiB) == (way.count == 1 ? [] : [800]))
    // It is started elsewhere on what there is; an incomplete copy goes.
    desk.done(.removeDisks(from: [0: "new"]), .powerOn, on: "b")
    #expect(desk.simulator.inventory(of: "b")?.running == ["vm1"] && desk.simulator.objections.isEmpty)
  }

  /// A mirror that was in sync: both are the same until one of them is written.
  @Test func afterAPowerCutBothSidesOfAMirrorAreComplete() {
    var lab = StorageLab(disks: [640])
    lab.timeline = [TimelineEntry(at: 100, action: .hostPowerCut(host: "a"))]
    let desk = OrderDesk(lab.simulator())
    desk.done(.createDisks(to: [0: "new"]))
    #expect(desk.copied(.mirror) != nil)
    desk.simulator.run(until: StorageLab.start.adding(seconds: 150))
    #expect(desk.disk?.complete == [.source, .target] && desk.disk?.isMirrored == false)
    desk.done(.powerOn, on: "b")
    #expect(desk.disk?.complete == [.source])
  }

  /// A frozen file is copied on from what was flushed.
  @Test func aFrozenFileIsCopiedOn() {
    var lab = StorageLab()
    lab.timeline = [TimelineEntry(at: 100.1, action: .hostPowerCut(host: "a"))]
    let desk = OrderDesk(lab.simulator())
    desk.done(.createDisks(to: [0: "new"]), .freezeBase(logDatastore: nil))
    desk.send(.copyBase)
    desk.simulator.run(until: StorageLab.start.adding(seconds: 150))
    desk.done(.powerOn, on: "b")
    #expect(desk.copied(.copyBase, to: "b")?.mib == 34560)
    #expect(desk.disk?.complete == [.source, .target])
  }

  /// The log stays until all of it is in the file under it: the commit is done again.
  @Test func aCommitThatWasBrokenOffIsDoneAgain() {
    var lab = StorageLab()
    lab.timeline = [TimelineEntry(at: 700, action: .hostPowerCut(host: "a"))]
    let desk = OrderDesk(lab.simulator())
    desk.done(.createDisks(to: [0: "new"]), .freezeBase(logDatastore: nil))
    #expect(desk.copied(.copyBase) != nil)
    desk.done(.stop, .openDisks, .resume)
    desk.send(.commitLog)
    desk.simulator.run(until: StorageLab.start.adding(seconds: 750))
    #expect(desk.disk?.logs.count == 2 && desk.disk?.complete == [.source, .target])
    // Stopped, both logs go; started, the first one.
    desk.done(.powerOn, on: "b")
    #expect(desk.copied(.commitLog, to: "b")?.mib == 5120)
    #expect(desk.disk?.logs.count == 1 && desk.disk?.complete == [.target])
    desk.done(.removeDisks(from: [0: "old"]), on: "b")
    #expect(desk.simulator.objections.isEmpty)
  }

  @Test func copyingEndsWhenItIsToldTo() {
    let desk = OrderDesk(StorageLab().simulator())
    desk.done(.createDisks(to: [0: "new"]))
    #expect(desk.copied(.mirror) != nil)
    desk.done(.endCopying)
    #expect(desk.disk?.complete == [.source] && desk.disk?.isMirrored == false)
    desk.done(.removeDisks(from: [0: "new"]))
    #expect(desk.simulator.usedMiB(on: "new") == 0)
  }

  /// The link to a host is lost, not its storage: what it copies goes on, and whoever asks again gets its end.
  @Test func whatGoesOnCanBeTakenUpAgain() {
    var lab = StorageLab()
    lab.timeline = [
      TimelineEntry(at: 100, action: .hostNetworkCut(host: "a")),
      TimelineEntry(at: 300, action: .hostNetworkRestore(host: "a")),
    ]
    let desk = OrderDesk(lab.simulator())
    desk.done(.createDisks(to: [0: "new"]))
    desk.send(.mirror)
    desk.simulator.run(until: StorageLab.start.adding(seconds: 300))
    #expect(desk.disk?.isCopying == true)
    #expect(desk.copied(.mirror) == Copied(mib: 40960, seconds: 640, dirtyMiB: 0, mirroredMiB: 2560))
    #expect(desk.seconds == 640)
  }

  @Test func aRestThatIsOvertakenIsNone() {
    let desk = OrderDesk(StorageLab().simulator())
    desk.done(.createDisks(to: [0: "new"]))
    #expect(desk.copied(.diskPass)?.dirtyMiB == 5120)
    desk.done(.stop)
    let rest = desk.send(.diskRest)
    desk.done(.resume)
    #expect(desk.end(of: rest) == .copied(Copied(mib: 5120, seconds: 80, dirtyMiB: 640)))
    #expect(desk.disk?.complete == [.source])
  }

  @Test func aLastCommitThatIsOvertakenFails() {
    let desk = OrderDesk(StorageLab().simulator())
    desk.done(.createDisks(to: [0: "new"]), .freezeBase(logDatastore: nil))
    desk.simulator.run(until: StorageLab.start.adding(seconds: 100))
    desk.done(.stop)
    let commit = desk.send(.lastCommit)
    desk.done(.resume)
    #expect(failed(desk.end(of: commit)) == "it ran meanwhile")
    #expect(desk.disk?.logs.count == 1 && desk.disk?.restMiB == 1000 && desk.disk?.complete == [.source])
  }

  /// Played again from its record, the hardware is what it was.
  @Test func theRecordGivesTheSameHardware() throws {
    let folder = try ScratchFolder()
    let database = folder.path("lab")
    var lab = StorageLab(disks: [4096, 2048])
    lab.timeline = [TimelineEntry(at: 90, action: .hostStorageCut(host: "b"))]
    let first = lab.simulator()
    let record = try HardwareRecord(besides: database, scenario: "{}", file: "lab.json")
    withExtendedLifetime(record) {
      record.listen(to: first)
      let desk = OrderDesk(first)
      desk.done(.createDisks(to: [0: "new", 1: "third"]), .freezeBase(logDatastore: nil))
      #expect(desk.copied(.copyBase) != nil)
      desk.done(.stop, .openDisks, .resume)
      #expect(desk.copied(.commitLog) != nil)
      desk.send(.commitLog)
    }
    let again = lab.simulator()
    let reopened = try HardwareRecord(continuing: HardwareRecord.path(besides: database))
    try reopened.resume(again)
    withExtendedLifetime(reopened) {
      #expect(again.now == first.now && again.disks(of: "vm1") == first.disks(of: "vm1"))
      #expect(again.disks(of: "vm1").allSatisfy { $0.isCopying })
      for simulator in [first, again] { simulator.run(until: StorageLab.start.adding(seconds: 400)) }
      #expect(again.disks(of: "vm1") == first.disks(of: "vm1") && again.steps == first.steps)
      #expect(again.disks(of: "vm1").allSatisfy { $0.logs.count == 1 && $0.home == .target })
      for name in ["old", "new", "third"] { #expect(again.usedMiB(on: name) == first.usedMiB(on: name)) }
    }
  }
}
