import Inventory
import PlayLab
import Testing

@testable import Planning

/// What was predicted of moves that share links and datastores, held against what they took on simulated hardware.
///
/// Planner, engine and hardware are written apart and divide links, queue and decide by the same rules. Whether a guest may be stopped after a pass is
/// a comparison that either may decide otherwise where its sides differ by less than a microsecond of copying: then one of
/// them makes a pass more. Hence a pass of tolerance, and 5 % for all else.
@Suite struct MovesForecastTests {
  private func hold(_ lab: MovesLab, _ played: [PlayedMove]) {
    let forecast = lab.forecast
    #expect(forecast.count == lab.moves.count && played.count == lab.moves.count, "seed \(lab.seed)")
    for (move, (predicted, real)) in zip(lab.moves, zip(forecast, played)) {
      let deviation = real.deviation(of: predicted)
      #expect(
        deviation.time <= 0.05 && deviation.bytes <= 0.05 && deviation.downtime <= 0.05 && deviation.passes <= 1
          && deviation.hasSameEnding,
        "seed \(lab.seed), \(move.request) at \(move.at): \(predicted) was predicted, and it was \(real)")
    }
  }

  /// The engine makes them, and they wait for their turn; here and below.
  @Test(arguments: 1...80 as ClosedRange<UInt64>) func liveMoves(seed: UInt64) async throws {
    let lab = MovesLab(seed: seed, kinds: [.live], hasLimits: true)
    hold(lab, try await EnginePlay.run(lab))
  }

  @Test(arguments: 1...80 as ClosedRange<UInt64>) func storageMoves(seed: UInt64) async throws {
    let lab = MovesLab(seed: seed, kinds: [.storage], hasLimits: true)
    hold(lab, try await EnginePlay.run(lab))
  }

  @Test(arguments: 1...80 as ClosedRange<UInt64>) func movesOfAllKinds(seed: UInt64) async throws {
    let lab = MovesLab(seed: seed, kinds: [.live, .storage, .liveStorage], hasLimits: true)
    hold(lab, try await EnginePlay.run(lab))
  }

  @Test(arguments: 1...80 as ClosedRange<UInt64>) func movesThatNeverWait(seed: UInt64) async throws {
    let lab = MovesLab(seed: seed, kinds: [.live, .storage, .liveStorage], hasLimits: false)
    hold(lab, try await EnginePlay.run(lab))
  }

  /// The labs are what they are for: moves of files wait for hosts and datastores, and later ones go first.
  @Test func movesWait() {
    var (all, waiting, overtaken) = (0, 0, 0)
    for seed in 1...80 as ClosedRange<UInt64> {
      let lab = MovesLab(seed: seed, kinds: [.storage], hasLimits: true)
      let begins = lab.forecast.map { $0.begins ?? .distantFuture }
      for (number, move) in lab.moves.enumerated() {
        all += 1
        if begins[number] > MovesLab.start.adding(seconds: move.at) { waiting += 1 }
        if begins.dropFirst(number + 1).contains(where: { $0 < begins[number] }) { overtaken += 1 }
      }
    }
    #expect(waiting * 3 > all && overtaken * 20 > all, "\(all), \(waiting), \(overtaken)")
  }

  /// Many moves take longer than each would by itself, and they end in all ways.
  @Test func movesGetInEachOthersWay() {
    var (all, slowed) = (0, 0)
    var endings: Set<MoveForecast.Ending> = []
    for seed in 1...80 as ClosedRange<UInt64> {
      let lab = MovesLab(seed: seed, kinds: [.live, .storage, .liveStorage], hasLimits: false)
      for (together, alone) in zip(lab.forecast, lab.forecastOfEach) {
        all += 1
        endings.insert(together.ending)
        if let long = together.seconds, let short = alone.seconds, long > 1.2 * short { slowed += 1 }
      }
    }
    #expect(slowed * 3 > all && endings == [.completed, .givenUp])
  }
}
