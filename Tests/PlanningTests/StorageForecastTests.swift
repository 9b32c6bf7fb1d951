import Inventory
import Testing

@testable import Planning

@Suite struct StorageForecastTests {
  private func forecast(_ way: RelocationWay, writes: Double, writeSet: Double? = nil, disk: Double = 40960)
    -> StorageForecast
  {
    var load = StorageForecast.Load(diskMiB: disk, copyMiBPerSecond: 64, commitMiBPerSecond: 32)
    load.writeMiBPerSecond = writes
    load.writeSetMiB = writeSet ?? disk
    return StorageForecast(load, way: way)
  }

  @Test func aRedoLogIsCommittedAgainAndAgain() {
    let slow = forecast(.redoLog, writes: 8)
    #expect(slow.passes.passes.map(\.mib) == [40960, 5120, 1280, 320, 80])
    #expect(slow.passes.passes.map(\.seconds) == [640, 160, 40, 10, 2.5])
    #expect(slow.downtimeSeconds == 0.625 && slow.totalSeconds == 853.125 && slow.totalMiB == 47780)
    #expect(slow.logPeakMiB == 6400)
    let fast = forecast(.redoLog, writes: 16)
    #expect(fast.passes.passes.count == 9 && fast.passes.restMiB == 40)
    #expect(fast.downtimeSeconds == 1.25 && fast.totalSeconds == 1278.75 && fast.totalMiB == 61400)
    #expect(fast.logPeakMiB == 15360)
  }

  @Test func changedBlocksAreCopiedInPasses() {
    let slow = forecast(.changedBlocks, writes: 8)
    #expect(slow.passes.passes.map(\.mib) == [40960, 5120, 640, 80])
    #expect(slow.downtimeSeconds == 0.15625 && slow.totalSeconds == 731.40625 && slow.totalMiB == 46810)
    let fast = forecast(.changedBlocks, writes: 16)
    #expect(fast.passes.passes.count == 5)
    #expect(fast.downtimeSeconds == 0.625 && fast.totalSeconds == 853.125 && fast.totalMiB == 54600)
    #expect(slow.logPeakMiB == 0)
  }

  @Test func aMirrorCopiesOnce() throws {
    let slow = forecast(.mirror, writes: 8)
    #expect(slow.totalSeconds == 640 && slow.downtimeSeconds == 0 && slow.mirroredMiB == 2560 && slow.totalMiB == 43520)
    #expect(abs(try #require(slow.sharedMirrorSeconds) - 683.681) < 0.0005)
    let fast = forecast(.mirror, writes: 16)
    #expect(fast.totalSeconds == 640 && fast.mirroredMiB == 5120 && fast.totalMiB == 46080)
    #expect(abs(try #require(fast.sharedMirrorSeconds) - 736.466) < 0.0005)
    #expect(!fast.slowsGuest && forecast(.mirror, writes: 0).sharedMirrorSeconds == 640)
    let fastest = forecast(.mirror, writes: 80)
    #expect(fastest.converges && fastest.slowsGuest && fastest.sharedMirrorSeconds == nil)
  }

  @Test func writesThatOutrunTheCopyStick() {
    let log = forecast(.redoLog, writes: 80, writeSet: 2048)
    #expect(log.passes.ending == .sticks && log.downtimeSeconds == 64 && log.logPeakMiB == 4096)
    let blocks = forecast(.changedBlocks, writes: 80, writeSet: 2048)
    #expect(blocks.passes.ending == .sticks && blocks.downtimeSeconds == 32 && blocks.totalSeconds == 704)
  }

  @Test func commitsThatAreFasterThanTheCopyCatchUp() {
    var load = StorageForecast.Load(diskMiB: 1000, copyMiBPerSecond: 10, commitMiBPerSecond: 100)
    load.writeMiBPerSecond = 20
    let forecast = StorageForecast(load, way: .redoLog)
    #expect(forecast.converges && forecast.passes.passes.map(\.mib) == [1000, 1000, 200] && forecast.passes.restMiB == 40)
  }

  @Test func logsGrowInStepsAndNeverPastTheDisk() {
    #expect(RedoLog(diskMiB: 40960, writeMiBPerSecond: 7).sizeMiB(after: 13) == 96)
    #expect(RedoLog(diskMiB: 40960, writeMiBPerSecond: 8).sizeMiB(after: 640) == 5120)
    #expect(RedoLog(diskMiB: 100, writeMiBPerSecond: 8).sizeMiB(after: 640) == 100)
    #expect(RedoLog(diskMiB: 100, writeMiBPerSecond: 8, writeSetMiB: 40).sizeMiB(after: 640) == 48)
    #expect(RedoLog(diskMiB: 100, writeMiBPerSecond: 8).sizeMiB(after: 0) == 0)
  }

  /// 512,000 MiB of which a tenth is free, a disk of 102,400, and a database that is exported while it moves.
  @Test func aDatastoreThatIsNinetyPercentFull() {
    let (free, disk) = (51200.0, 102400.0)
    let log = RedoLog(diskMiB: disk, writeMiBPerSecond: 40)
    #expect(RedoLog.secondsUntilFull(freeMiB: free, logs: [log]) == 1280)
    #expect(64.0 * 1280 == 81920 && log.writtenMiB(after: disk / 64) == 64000)
    func base(_ writes: Double) -> Double { RedoLog(diskMiB: disk, writeMiBPerSecond: writes).writtenMiB(after: disk / 64) }
    #expect(base(32) == free && base(33) > free)
    #expect(forecast(.redoLog, writes: 19, disk: disk).logPeakMiB == 48450)
    #expect(forecast(.redoLog, writes: 20, disk: disk).logPeakMiB == 52000)
  }

  @Test func severalLogsFillADatastoreTogether() {
    let short = RedoLog(diskMiB: 100, writeMiBPerSecond: 10)
    let long = RedoLog(diskMiB: 1000, writeMiBPerSecond: 10)
    #expect(RedoLog.secondsUntilFull(freeMiB: 100, logs: [long, short]) == 5)
    #expect(RedoLog.secondsUntilFull(freeMiB: 300, logs: [long, short]) == 20)
    #expect(RedoLog.secondsUntilFull(freeMiB: 1101, logs: [long, short]) == nil)
    #expect(RedoLog.secondsUntilFull(freeMiB: -5, logs: [short]) == 0)
    #expect(RedoLog.secondsUntilFull(freeMiB: 1, logs: [RedoLog(diskMiB: 9, writeMiBPerSecond: 0)]) == nil)
  }

  @Test func nounsGiveTheLoad() {
    var (source, target) = (Datastore(name: "a", capacityMiB: 1), Datastore(name: "b", capacityMiB: 1))
    (source.copyMiBPerSecond, target.copyMiBPerSecond, target.commitMiBPerSecond) = (70, 90, 45)
    var disk = VirtualDisk(datastore: "a", sizeMiB: 1000)
    (disk.writeMiBPerSecond, disk.writeSetMiB) = (3, 5000)
    let load = StorageForecast.Load(disk, from: source, to: target, settings: MigrationSettings())
    #expect(load.copyMiBPerSecond == 70 && load.commitMiBPerSecond == 45 && load.writeMiBPerSecond == 3)
    #expect(load.writeSetMiB == 1000 && load.thresholdMiB == 64)
    disk.mapping = VirtualDisk.RawDeviceMapping(lun: "l", mode: .virtual)
    let mapped = StorageForecast(
      StorageForecast.Load(disk, from: source, to: target, settings: MigrationSettings()), way: .redoLog)
    #expect(mapped.totalMiB == 0 && mapped.totalSeconds == 0 && mapped.converges)
  }
}
