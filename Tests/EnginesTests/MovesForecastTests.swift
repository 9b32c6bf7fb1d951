import Inventory
import PlayLab
import TestSupport
import Testing

@testable import Planning

/// What was predicted of moves, held against what they took.
@Suite struct MovesForecastTests {
  @Test func look() async throws {
    for seed in 1...60 as ClosedRange<UInt64> {
      for (name, lab) in [
        ("live", MovesLab(seed: seed, kinds: [.live], hasLimits: true)),
        ("all", MovesLab(seed: seed, kinds: [.live, .storage, .liveStorage], hasLimits: false)),
      ] {
        let forecast = lab.forecast
        let played = name == "live" ? try await EnginePlay.run(lab) : try OrderPlay.run(lab)
        #expect(forecast.count == lab.moves.count)
        for (index, (f, p)) in zip(forecast, played).enumerated() {
          let d = p.deviation(of: f)
          if d.time > 0.001 || d.bytes > 0.001 || d.passes > 0 || !d.hasSameEnding || d.downtime > 0.01 {
            print(
              "seed", seed, name, lab.moves[index].request.kind, lab.moves[index].request.way,
              lab.cluster.clusters[0].migration, "\n   ", f, "\n   ", p)
          }
        }
      }
    }
  }
}
