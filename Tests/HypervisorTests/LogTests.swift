import Inventory
import Testing

@testable import Hypervisor

/// Logs, their growth, their commits, and the datastores that they fill.
@Suite struct LogTests {
  @Test func logsGrowInSteps() {
    for (write, seconds, size) in [(7.0, 13.0, 96.0), (8, 640, 5120), (8, 640.001, 5136), (80, 1000, 40960)] {
      let desk = OrderDesk(StorageLab(write: write).simulator())
      desk.done(.createDisks(to: [0: "new"]), .freezeBase(logDatastore: "third"))
      desk.simulator.run(until: StorageLab.start.adding(seconds: seconds))
      #expect(desk.disk?.logs.map(\.sizeMiB) == [size] && desk.simulator.usedMiB(on: "third") == size)
    }
  }

  @Test(arguments: [
    (8.0, [5120.0, 1280, 320, 80], 20.0, 853.125, 6400.0),
    (16, [10240, 5120, 2560, 1280, 640, 320, 160, 80], 40, 1278.75, 15360),
  ])
  func commitsUntilLittleIsLeft(
    write: Double, commits: [Double], rest: Double, seconds: Double, peak: Double
  ) throws {
    let desk = OrderDesk(StorageLab(write: write).simulator())
    desk.done(.createDisks(to: [0: "new"]), .freezeBase(logDatastore: nil))
    #expect(desk.copied(.copyBase)?.seconds == 640)
    desk.done(.stop, .openDisks, .resume)
    #expect(desk.disk?.home == .target && desk.disk?.complete == [.source, .target])
    var highest = 0.0
    for (index, mib) in commits.enumerated() {
      let order = desk.send(.commitLog)
      let next = index + 1 < commits.count ? commits[index + 1] : rest
      desk.simulator.run(until: desk.simulator.now.adding(seconds: mib / 32 - 0.000002))
      highest = max(highest, desk.disk?.logs.reduce(0) { $0 + $1.sizeMiB } ?? 0)
      let end = desk.end(of: order)
      #expect(end == .copied(Copied(mib: mib, seconds: mib / 32, dirtyMiB: next)))
    }
    #expect(highest == peak)
    // What was committed cannot be taken out of the copy again: the source is old.
    #expect(desk.disk?.complete == [.target])
    desk.done(.stop)
    #expect(desk.copied(.lastCommit) == Copied(mib: rest, seconds: rest / 32, dirtyMiB: 0))
    desk.done(.resume, .removeDisks(from: [0: "old"]))
    #expect(desk.seconds == seconds)
    #expect(desk.disk?.logs.isEmpty == true && desk.simulator.usedMiB(on: "old") == 0)
    #expect(desk.simulator.usedMiB(on: "new") == 40960 && desk.simulator.objections.isEmpty)
  }

  /// The way back: the log goes into the file that it lies on.
  @Test func aLogCanBeCommittedBack() throws {
    let desk = OrderDesk(StorageLab().simulator())
    desk.done(.createDisks(to: [0: "new"]), .freezeBase(logDatastore: nil))
    desk.send(.copyBase)
    desk.simulator.run(until: StorageLab.start.adding(seconds: 100))
    desk.done(.endCopying)
    #expect(desk.copied(.commitLog)?.mib == 800)
    desk.done(.stop)
    #expect(desk.copied(.lastCommit)?.mib == 200)
    desk.done(.resume, .removeDisks(from: [0: "new"]))
    #expect(desk.disk?.complete == [.source] && desk.disk?.files.count == 1)
    #expect(desk.simulator.usedMiB(on: "new") == 0 && desk.simulator.objections.isEmpty)
  }

  /// 90 % full, and a guest that writes 40 MiB/s while its base is copied.
  @Test func aGuestWithoutSpaceStandsStill() throws {
    let desk = OrderDesk(StorageLab(disks: [102_400], write: 40, used: 460_800).simulator())
    desk.done(.createDisks(to: [0: "new"]), .freezeBase(logDatastore: nil))
    let base = desk.send(.copyBase)
    let why = "old has no space for the log of disk 0"
    #expect(
      desk.simulator.next(until: StorageLab.start.adding(seconds: 2000))
        == .vmStopped(vm: "vm1", host: "a", because: why))
    #expect(abs(desk.seconds - 1280) < 0.00001)
    #expect(desk.simulator.usedMiB(on: "old") == 512_000 && desk.simulator.objections.isEmpty)
    #expect(
      desk.simulator.field.remaining(desk.simulator.diskJobs[0]?.left.first ?? 0, at: desk.simulator.now)
        .map { abs(102_400 - $0 - 81920) < 0.01 } == true)
    guard case .report(let report)? = desk.result(.report) else { Issue.record("no report"); return }
    #expect(report.state == .paused && report.lacksSpace && report.owner == "a")
    #expect(report.disks.first?.isOpen == true)
    desk.refused(.resume, "the log of disk 0 needs 16 MiB on old, where 512000 less 512000 used leave 0")
    // The base is copied all the same, and the log committed: then there is space.
    #expect(desk.end(of: base) == .copied(Copied(mib: 102_400, seconds: 1600, dirtyMiB: 0)))
    #expect(desk.copied(.copyBase)?.mib == 0)
    desk.refused(.lastCommit, "stopped first")
    desk.done(.stop, .openDisks)
    #expect(desk.copied(.lastCommit)?.mib == 51200)
    desk.done(.resume)
    guard case .report(let after)? = desk.result(.report) else { Issue.record("no report"); return }
    #expect(after.state == .running && !after.lacksSpace)
    #expect(desk.simulator.objections.isEmpty)
  }

  /// The whole run on a datastore that is 90 % full: 19 MiB/s fit, 20 do not.
  @Test(arguments: [(19.0, true), (20, false)])
  func theWholeRunHasToFit(write: Double, fits: Bool) throws {
    let desk = OrderDesk(StorageLab(disks: [102_400], write: write, used: 460_800).simulator())
    desk.done(.createDisks(to: [0: "new"]), .freezeBase(logDatastore: nil))
    #expect(desk.copied(.copyBase)?.seconds == 1600)
    desk.done(.stop, .openDisks, .resume)
    _ = desk.copied(.commitLog)
    #expect(desk.simulator.inventory(of: "a")?.running == (fits ? ["vm1"] : []))
    #expect(desk.simulator.objections.isEmpty)
  }

  @Test func aDatastoreThatSomethingElseFillsStopsTheGuest() {
    var lab = StorageLab()
    lab.timeline = [TimelineEntry(at: 100, action: .datastoreFill(datastore: "third", percent: 100))]
    let desk = OrderDesk(lab.simulator())
    desk.done(.createDisks(to: [0: "new"]), .freezeBase(logDatastore: "third"))
    guard case .vmStopped("vm1", "a", _)? = desk.simulator.next(until: StorageLab.start.adding(seconds: 200)) else {
      Issue.record("it runs on")
      return
    }
    #expect(abs(desk.seconds - 100) < 2.001)
    #expect(desk.simulator.usedMiB(on: "third") == 512_000 && desk.simulator.objections.isEmpty)
  }

  /// A slowed guest fills its log more slowly; one that stands still not at all.
  @Test func theGuestsSpeedCounts() {
    let desk = OrderDesk(StorageLab().simulator())
    desk.done(.createDisks(to: [0: "new"]), .freezeBase(logDatastore: nil))
    desk.simulator.run(until: StorageLab.start.adding(seconds: 100))
    desk.done(.throttle(percent: 50))
    desk.simulator.run(until: StorageLab.start.adding(seconds: 200))
    #expect(desk.disk?.restMiB == 1200)
    desk.done(.stop)
    desk.simulator.run(until: StorageLab.start.adding(seconds: 900))
    #expect(desk.disk?.restMiB == 1200 && desk.disk?.logs.map(\.sizeMiB) == [1200])
  }
}
