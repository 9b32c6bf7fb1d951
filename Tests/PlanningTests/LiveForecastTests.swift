import Inventory
import Testing

@testable import Planning

@Suite struct LiveForecastTests {
  private func forecast(link: Double, dirty: Double, workingSet: Double = 4096, maxPasses: Int = 30) -> LiveForecast {
    var load = LiveForecast.Load(
      memoryMiB: 4096, linkMiBPerSecond: link, dirtyMiBPerSecond: dirty, workingSetMiB: workingSet, thresholdMiB: 32)
    load.maxPasses = maxPasses
    return LiveForecast(load)
  }

  private func near(_ value: Double, _ expected: Double) -> Bool { abs(value - expected) <= 1e-9 * abs(expected) }

  @Test func threePassesOverAGigabitLink() {
    let forecast = forecast(link: 110, dirty: 20)
    #expect(forecast.converges)
    let passes: [(Double, Double)] = [
      (4096, 2048.0 / 55), (8192.0 / 11, 4096.0 / 605), (16384.0 / 121, 8192.0 / 6655),
    ]
    #expect(forecast.precopy.passes.count == 3)
    for (pass, expected) in zip(forecast.precopy.passes, passes) {
      #expect(near(pass.mib, expected.0) && near(pass.seconds, expected.1), "\(pass)")
    }
    #expect(near(forecast.precopy.restMiB, 32768.0 / 1331))
    #expect(near(forecast.downtimeSeconds, 16384.0 / 73205))
    #expect(near(forecast.totalMiB, 6_656_000.0 / 1331))
    #expect(near(forecast.totalSeconds, 665_600.0 / 14641))
  }

  @Test func fourPassesWhereAQuarterIsWrittenAgain() {
    let forecast = forecast(link: 128, dirty: 32)
    #expect(forecast.precopy.passes.map(\.mib) == [4096, 1024, 256, 64])
    #expect(forecast.precopy.passes.map(\.seconds) == [32, 8, 2, 0.5])
    #expect(forecast.precopy.restMiB == 16 && forecast.downtimeSeconds == 0.125)
    #expect(forecast.totalMiB == 5456 && forecast.totalSeconds == 42.625)
  }

  @Test func aSmallWorkingSetIsHandedOverHoweverFastItIsWritten() {
    let small = forecast(link: 128, dirty: 256, workingSet: 24)
    #expect(small.converges && small.precopy.passes.count == 1 && small.downtimeSeconds == 0.1875)
    let large = forecast(link: 128, dirty: 256, workingSet: 48)
    #expect(large.precopy.ending == .sticks && large.precopy.passes.map(\.mib) == [4096, 48])
    #expect(large.downtimeSeconds == 0.375)
  }

  @Test func passesEndWhereTheyAreUsedUp() {
    let forecast = forecast(link: 128, dirty: 127, maxPasses: 5)
    #expect(forecast.precopy.ending == .passesUsedUp && forecast.precopy.passes.count == 5)
    #expect(!forecast.converges)
  }

  @Test func theThresholdItselfIsTooMuch() {
    let threshold = LiveForecast.thresholdMiB(linkMiBPerSecond: 110, downtimeLimitMilliseconds: 300)
    #expect(threshold == 33)
    #expect(LiveForecast.mayHandOver(pendingMiB: 32, thresholdMiB: threshold))
    #expect(!LiveForecast.mayHandOver(pendingMiB: 33, thresholdMiB: threshold))
    #expect(LiveForecast.mayHandOver(pendingMiB: 0, thresholdMiB: 0))
  }

  @Test func nothingMovesOverNoLink() {
    let forecast = forecast(link: 0, dirty: 1)
    #expect(!forecast.converges && forecast.precopy.passes.isEmpty && forecast.precopy.restMiB == 4096)
    #expect(forecast.totalSeconds == .infinity)
  }

  @Test func aVMAndItsClusterGiveTheLoad() {
    var vm = VirtualMachine(name: "a", host: "h", memoryMiB: 2048, vcpus: 1)
    vm.dirtyMiBPerSecond = 5
    var settings = MigrationSettings()
    (settings.downtimeLimitMilliseconds, settings.switchMilliseconds, settings.maxPasses) = (200, 50, 7)
    let load = LiveForecast.Load(vm, linkMiBPerSecond: 100, settings: settings)
    #expect(load.workingSetMiB == 2048 && load.thresholdMiB == 20 && load.switchSeconds == 0.05 && load.maxPasses == 7)
    vm.memoryActiveMiB = 512
    #expect(LiveForecast.Load(vm, linkMiBPerSecond: 100, settings: settings).workingSetMiB == 512)
    vm.workingSetMiB = 64
    #expect(LiveForecast.Load(vm, linkMiBPerSecond: 100, settings: settings).workingSetMiB == 64)
  }
}
